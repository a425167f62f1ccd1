  # Products to be timed, of weights that mean nothing. O = outputs, I = inputs, R = rows, P = outputs of a part.

  # Makes a weight (O, I) in float32 and in bfloat16, parts (P, I) of both, and rows (R, I) to multiply with. The weights are large, so that
  # one row takes its time from memory, as in a decoder; the part is small, so that many rows do not take long.
  def make_products(self: __torch__.Model, outputs: int, inputs: int, part: int, rows: int) -> Tensor:
    numbers = torch.reshape(torch.sin(torch.arange(inputs, dtype=6)), [1, inputs])
    weight = torch.contiguous(torch.expand(numbers, [outputs, inputs]))
    narrow = torch.to(weight, 15)
    self.weights["FLOAT32"] = weight
    self.weights["FLOAT32:part"] = torch.slice(weight, 0, 0, part)
    self.weights["FLOAT32:rows"] = torch.slice(weight, 0, 0, rows)
    self.weights["BFLOAT16"] = narrow
    self.weights["BFLOAT16:part"] = torch.slice(narrow, 0, 0, part)
    self.weights["BFLOAT16:rows"] = torch.slice(narrow, 0, 0, rows)
    return numbers

  # One product. type: of the weight; what: the whole weight, "", or ":part" of it
  def product(self: __torch__.Model, type: str, what: str, rows: int) -> Tensor:
    return self.linear(torch.slice(self.weights[type + ":rows"], 0, 0, rows), type + what, None)
