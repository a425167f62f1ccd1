  # Products with named weights, in every kind that a weight may be kept in.
  #
  # O = outputs, I = inputs, R = rows of a call, S = inputs of a group, G = groups of a row, P = outputs that lie packed together.
  # A weight W is (O, I). Each kind has two methods: open_… takes the bytes that Java's rounding made, …_product multiplies with them.
  # The kinds:
  #
  # - as it is: the numbers of the file, in the type that is computed in;
  # - int8: whole numbers from -127 to 127, in steps of the row's own size. Activations are rounded the same way, each row by its
  #   largest number, and the product is one of whole numbers: exact, so that a row's result is its own whoever else is in the call;
  # - int4: 0 to 15 in groups of S inputs, each with its own zero and a whole number of the row's int8 steps. So every int4 weight is
  #   an int8 weight too: few rows take libtorch's int4 product, which reads least, and many rows that of int8, which computes fastest.

  # A product with a weight of any kind. x: (..., I) -> (..., O), in the type of x
  def linear(self: __torch__.Model, x: Tensor, name: str, bias: Optional[Tensor]) -> Tensor:
    if name in self.weights:
      result = torch.linear(x, self.weights[name], bias)
    else:
      rows = torch.reshape(x, [-1, torch.size(x, -1)])
      if (name + ":int4") in self.weights:
        product = self.int4_product(rows, name)
      else:
        product = self.int8_product(rows, self.weights[name + ":int8"], self.weights[name + ":step"])
      if torch.__isnot__(bias, None):
        product = torch.add(product, unchecked_cast(Tensor, bias))
      sizes = torch.slice(torch.size(x), 0, -1)
      result = torch.reshape(torch.to(product, x), torch.add(sizes, [torch.size(product, 1)]))
    return result

  # Outputs of a weight of any kind, and its inputs.
  def linear_inputs(self: __torch__.Model, name: str) -> int:
    if name in self.weights:
      inputs = torch.size(self.weights[name], 1)
    else:
      inputs = int(self.weights[name + ":inputs"].item())
    return inputs

  # Largest difference that the number of rows in a call makes to a row of a product: calls of multiple, 2 * multiple, … rows against one of
  # "many", until one differs. 0 where each row's result is its own.
  def row_difference(self: __torch__.Model, name: str, multiple: int, many: int, like: str) -> Tensor:
    inputs = self.linear_inputs(name)
    table = self.weights[like]
    numbers = torch.arange(many * inputs, dtype=6, device=table.device)
    x = torch.to(torch.reshape(torch.sin(numbers), [many, inputs]), table)
    all_rows = torch.to(self.linear(x, name, None), 6)
    largest = torch.zeros([1])
    same = True
    for index in range(many // multiple - 1):
      if same:
        rows = (index + 1) * multiple
        few_rows = torch.to(self.linear(torch.contiguous(torch.slice(x, 0, 0, rows)), name, None), 6)
        largest = torch.max(torch.abs(torch.sub(torch.slice(all_rows, 0, 0, rows), few_rows)))
        same = float(largest.item()) == 0.
    return largest

  # ---- int8

  # Packs the numbers of Int8Rounding, name:int8 (O, I), for oneDNN; the steps are name:step (O).
  def open_int8(self: __torch__.Model, name: str) -> NoneType:
    whole = self.weights[name + ":int8"]
    self.weights[name + ":int8"] = ops.onednn.qlinear_prepack(whole, None)
    self.weights[name + ":inputs"] = torch.tensor(torch.size(whole, 1))
    return None

  # x: (R, I), whole: the packed weight, steps: (O) -> (R, O), float32
  def int8_product(self: __torch__.Model, x: Tensor, whole: Tensor, steps: Tensor) -> Tensor:
    wide = torch.to(x, 6)
    step = torch.div(torch.clamp_min(torch.amax(torch.abs(wide), [1], True), 1.e-30), 127.)
    stepped = torch.to(torch.add(torch.round(torch.div(wide, step)), 128.), 0)
    zeros = torch.zeros([1], dtype=3)
    product = ops.onednn.qlinear_pointwise(stepped, 1., 128, whole, steps, zeros, None, 1., 0, 6, "none", [], "")
    return torch.mul(product, step)

  # ---- int4

  # How many outputs libtorch packs together on this processor, found by looking; 0 if it packs in a way that is not known here.
  def int4_block(self: __torch__.Model) -> int:
    numbers = torch.to(torch.randint(0, 16, [64, 64]), 3)
    packed = torch._convert_weight_to_int4pack_for_cpu(numbers, 1)
    found = 0
    for block in [64, 32]:
      same = torch.equal(torch.to(self.int4_numbers(packed, block, 64), 3), torch.reshape(torch.transpose(torch.reshape(numbers, [64 // block, block, 64]), 1, 2), [64 // block, 64, block]))
      if same:
        found = block
    return found

  # The same as a tensor.
  def int4_packed(self: __torch__.Model) -> Tensor:
    return torch.tensor(self.int4_block())

  # The numbers 0 to 15 of a packed weight. packed: (O, I / 2) bytes -> (O / P, I, P)
  def int4_numbers(self: __torch__.Model, packed: Tensor, block: int, inputs: int) -> Tensor:
    bytes = torch.reshape(packed, [torch.size(packed, 0) // block, inputs, block // 2])
    return torch.cat([torch.bitwise_and(bytes, 15), torch.bitwise_right_shift(bytes, 4)], 2)

  # Takes the numbers of Int4Rounding as they are: name:step (O), name:int4 (O, I / 2), name:scales (G, O, 2), with outputs filled up to a
  # multiple of 64 and inputs to one of the group. block: P.
  def open_int4(self: __torch__.Model, name: str, outputs: int, inputs: int, block: int) -> NoneType:
    self.weights[name + ":outputs"] = torch.tensor(outputs)
    self.weights[name + ":inputs"] = torch.tensor(inputs)
    self.weights["int4.block"] = torch.tensor(block)
    return None

  # Some outputs of the weight as int8, (I, T). packed: (T, I / 2), scales: (G, T, 2), steps: (T). Sums and products of bytes wrap around, so
  # that (number - zero) * width may be added up in any order.
  def int4_as_int8(self: __torch__.Model, packed: Tensor, scales: Tensor, steps: Tensor, block: int) -> Tensor:
    groups = torch.size(scales, 0)
    outputs = torch.size(scales, 1)
    inputs = torch.size(packed, 1) * 2
    blocks = outputs // block
    wide = torch.to(scales, 6)
    scale = torch.select(wide, 2, 0)
    width = torch.round(torch.div(scale, steps))
    zero = torch.mul(torch.add(torch.neg(torch.round(torch.div(torch.select(wide, 2, 1), scale))), 8.), width)
    widths = torch.unsqueeze(torch.transpose(torch.reshape(torch.to(width, 1), [groups, blocks, block]), 0, 1), 2)
    zeros = torch.unsqueeze(torch.transpose(torch.reshape(torch.to(torch.to(torch.neg(zero), 2), 1), [groups, blocks, block]), 0, 1), 2)
    numbers = torch.reshape(torch.to(self.int4_numbers(packed, block, inputs), 1), [blocks, groups, inputs // groups, block])
    whole = torch.reshape(torch.addcmul(zeros, numbers, widths), [blocks, inputs, block])
    return torch.reshape(torch.contiguous(torch.transpose(whole, 0, 1)), [inputs, outputs])

  # The product for many rows: of whole numbers, some outputs at a time, so that what is unpacked stays in the processor's cache.
  # x: (R, I) -> (R, O), float32
  def int4_many(self: __torch__.Model, x: Tensor, name: str) -> Tensor:
    packed = self.weights[name + ":int4"]
    scales = self.weights[name + ":scales"]
    steps = self.weights[name + ":step"]
    block = int(self.weights["int4.block"].item())
    wide = torch.to(x, 6)
    step = torch.div(torch.clamp_min(torch.amax(torch.abs(wide), [1], True), 1.e-30), 127.)
    rounded = torch.to(torch.round(torch.div(wide, step)), 1)
    outputs = torch.size(packed, 0)
    tile = max(1, 4194304 // torch.size(x, 1) // block) * block
    parts = annotate(List[Tensor], [])
    for index in range((outputs + tile - 1) // tile):
      start = index * tile
      end = min(outputs, start + tile)
      own = torch.slice(steps, 0, start, end)
      whole = self.int4_as_int8(torch.slice(packed, 0, start, end), torch.slice(scales, 1, start, end), own, block)
      added = torch.append(parts, torch.mul(torch.to(torch._int_mm(rounded, whole), 6), own))
    return torch.mul(torch.cat(parts, 1), step)

  # x: (R, I) -> (R, O), in the type of x or float32
  def int4_product(self: __torch__.Model, x: Tensor, name: str) -> Tensor:
    packed = self.weights[name + ":int4"]
    scales = self.weights[name + ":scales"]
    inputs = torch.size(packed, 1) * 2
    filled = x
    if inputs > torch.size(x, 1):
      filled = torch.constant_pad_nd(x, [0, inputs - torch.size(x, 1)])
    if self.many_rows:
      product = self.int4_many(filled, name)
    else:
      product = torch._weight_int4pack_mm_for_cpu(torch.contiguous(filled), packed, inputs // torch.size(scales, 0), scales)
    return torch.slice(product, 1, 0, int(self.weights[name + ":outputs"].item()))
