  # x: (R, I) -> (R, O)
  def product(self: __torch__.Model, x: Tensor, name: str, many: bool) -> Tensor:
    self.many_rows = many
    return self.linear(x, name, None)

  def biased(self: __torch__.Model, x: Tensor, name: str, bias: Tensor) -> Tensor:
    return self.linear(x, name, bias)

  # The block that int4 is packed in, as a tensor.
  def block(self: __torch__.Model) -> Tensor:
    return torch.tensor(self.int4_block())
