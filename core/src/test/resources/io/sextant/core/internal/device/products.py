  # x: (R, I) -> (R, O)
  def multiplied(self: __torch__.Model, x: Tensor, name: str, many: bool) -> Tensor:
    self.many_rows = many
    return self.linear(x, name, None)

  def biased(self: __torch__.Model, x: Tensor, name: str, bias: Tensor) -> Tensor:
    return self.linear(x, name, bias)

  def forget(self: __torch__.Model, name: str) -> NoneType:
    if name in self.weights:
      gone = self.weights.pop(name)
    return None
