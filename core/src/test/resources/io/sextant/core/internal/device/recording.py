  # The sum of squares of x W, and its gradient on W.
  def square(self: __torch__.Model, x: Tensor) -> Tensor:
    y = torch.linear(x, self.weights["w"])
    loss = torch.sum(torch.mul(y, y))
    torch.backward(loss)
    return torch.detach(loss)

  def gradient(self: __torch__.Model, name: str) -> Tensor:
    found = self.weights[name].grad
    if torch.__isnot__(found, None):
      result = unchecked_cast(Tensor, found)
    else:
      result = torch.zeros([0])
    return result
