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

  # As on a processor whose products of bytes saturate.
  def saturate(self: __torch__.Model) -> NoneType:
    self.weights["bytes.saturate"] = torch.tensor(True)
    return None

  # The type of the whole numbers that few rows are multiplied as: that of x with int4 itself.
  def type_of_few(self: __torch__.Model, x: Tensor, name: str) -> Tensor:
    self.many_rows = False
    return torch.tensor(self.prepared(x, name)[1].dtype)

  # The product with a weight of what was prepared for another. x: (R, I) -> (R, O)
  def shared(self: __torch__.Model, x: Tensor, first: str, second: str) -> Tensor:
    return self.prepared_product(self.prepared(x, first), second, None)
