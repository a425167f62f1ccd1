  # The sum of squares of x W, and its gradient on W.
  def square(self: __torch__.Model, x: Tensor) -> Tensor:
    y = torch.linear(x, self.weights["master.w"])
    loss = torch.sum(torch.mul(y, y))
    torch.backward(loss)
    return torch.detach(loss)
