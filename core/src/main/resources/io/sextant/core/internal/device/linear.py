  # Products with named weights, in every kind that a weight may be kept in.
  #
  # O = outputs, I = inputs, R = rows of a call, S = inputs of a group, G = groups of a row, P = outputs that lie packed together.
  # A weight W is (O, I). Each kind has two methods: keep_… puts the weight in its place, …_product multiplies with it. The kinds:
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

  # Largest difference that the number of rows in a call makes to a row of a product: in a call of "few" rows against one of
  # "many". 0 where each row's result is its own.
  def row_difference(self: __torch__.Model, name: str, few: int, many: int, like: str) -> Tensor:
    inputs = self.linear_inputs(name)
    table = self.weights[like]
    numbers = torch.arange(many * inputs, dtype=6, device=table.device)
    x = torch.to(torch.reshape(torch.sin(numbers), [many, inputs]), table)
    all_rows = torch.slice(self.linear(x, name, None), 0, 0, few)
    few_rows = self.linear(torch.contiguous(torch.slice(x, 0, 0, few)), name, None)
    return torch.max(torch.abs(torch.sub(torch.to(all_rows, 6), torch.to(few_rows, 6))))

  # Forgets the weight as it was, and keeps how many inputs it has.
  def take_weight(self: __torch__.Model, name: str) -> Tensor:
    weight = self.weights.pop(name)
    self.weights[name + ":inputs"] = torch.tensor(torch.size(weight, 1))
    return weight

  # ---- int8

  # The step of each output's weights, (O): 127 of them reach its largest weight. It has four binary digits, so that a whole number
  # of steps is exact in bfloat16.
  def row_steps(self: __torch__.Model, weight: Tensor) -> Tensor:
    exact = torch.div(torch.clamp_min(torch.amax(torch.abs(weight), [1]), 1.e-30), 127.)
    digit = torch.pow(2., torch.sub(torch.floor(torch.log2(exact)), 3.))
    return torch.mul(torch.ceil(torch.div(exact, digit)), digit)

  def keep_int8(self: __torch__.Model, name: str) -> NoneType:
    weight = self.take_weight(name)
    parts = annotate(List[Tensor], [])
    steps = annotate(List[Tensor], [])
    for part in torch.split(weight, 256, 0):
      wide = torch.to(part, 6)
      step = self.row_steps(wide)
      stepped = torch.append(steps, step)
      added = torch.append(parts, torch.to(torch.round(torch.div(wide, torch.unsqueeze(step, 1))), 1))
    self.weights[name + ":int8"] = ops.onednn.qlinear_prepack(torch.cat(parts, 0), None)
    self.weights[name + ":step"] = torch.cat(steps, 0)
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

  # The numbers 0 to 15 of a packed weight. packed: (O, I / 2) bytes -> (O / P, I, P)
  def int4_numbers(self: __torch__.Model, packed: Tensor, block: int, inputs: int) -> Tensor:
    bytes = torch.reshape(packed, [torch.size(packed, 0) // block, inputs, block // 2])
    return torch.cat([torch.bitwise_and(bytes, 15), torch.bitwise_right_shift(bytes, 4)], 2)

  # Rounds some outputs. weight: (O, I) -> packed (O, I / 2); scale and zero, (G, O, 2), as libtorch's product wants them; steps (O).
  # Of three widths of a group, the one is taken that leaves the smallest squares of what is lost.
  def int4_round(self: __torch__.Model, weight: Tensor, group: int) -> Tuple[Tensor, Tensor, Tensor]:
    rows = torch.size(weight, 0)
    steps = self.row_steps(weight)
    across = torch.contiguous(torch.transpose(torch.div(weight, torch.unsqueeze(steps, 1)), 0, 1))
    exact = torch.reshape(across, [-1, group, rows])
    low = torch.clamp_max(torch.amin(exact, [1], True), 0.)
    high = torch.clamp_min(torch.amax(exact, [1], True), 0.)
    widest = torch.clamp_min(torch.ceil(torch.div(torch.sub(high, low), 15.)), 1.)
    middle = torch.mul(torch.add(low, high), 0.5)
    numbers = torch.zeros_like(exact)
    width = widest
    zero = widest
    least = torch.full_like(low, 1.e30)
    for narrower in range(3):
      tried = torch.clamp_min(torch.sub(widest, float(narrower)), 1.)
      origin = torch.clamp(torch.round(torch.add(torch.neg(torch.div(middle, tried)), 7.5)), 0., 15.)
      reach = torch.floor(torch.mul(torch.reciprocal(tried), 127.))
      first = torch.clamp_min(torch.sub(origin, reach), 0.)
      last = torch.clamp_max(torch.add(origin, reach), 15.)
      rounded = torch.minimum(torch.maximum(torch.add(torch.round(torch.div(exact, tried)), origin), first), last)
      lost = torch.sub(torch.mul(torch.sub(rounded, origin), tried), exact)
      error = torch.sum(torch.mul(lost, lost), [1], True)
      better = torch.lt(error, least)
      least = torch.where(better, error, least)
      numbers = torch.where(better, rounded, numbers)
      width = torch.where(better, tried, width)
      zero = torch.where(better, origin, zero)
    whole = torch.to(torch.transpose(torch.reshape(numbers, [-1, rows]), 0, 1), 3)
    packed = torch._convert_weight_to_int4pack_for_cpu(torch.contiguous(whole), 1)
    scale = torch.mul(torch.squeeze(width, 1), steps)
    shift = torch.mul(torch.add(torch.neg(torch.squeeze(zero, 1)), 8.), scale)
    return (packed, torch.stack([scale, shift], 2), steps)

  # dtype: what is computed in. Outputs are filled up to a multiple of 64, inputs to one of the group.
  def keep_int4(self: __torch__.Model, name: str, group: int, dtype: int) -> NoneType:
    weight = self.take_weight(name)
    outputs = torch.size(weight, 0)
    inputs = torch.size(weight, 1)
    packed = annotate(List[Tensor], [])
    scales = annotate(List[Tensor], [])
    steps = annotate(List[Tensor], [])
    for part in torch.split(weight, 64, 0):
      filled = torch.constant_pad_nd(torch.to(part, 6), [0, (group - inputs % group) % group, 0, 64 - torch.size(part, 0)])
      part_packed, part_scales, part_steps = self.int4_round(filled, group)
      a = torch.append(packed, part_packed)
      b = torch.append(scales, torch.to(part_scales, dtype))
      c = torch.append(steps, part_steps)
    self.weights[name + ":int4"] = torch.cat(packed, 0)
    self.weights[name + ":scales"] = torch.cat(scales, 1)
    self.weights[name + ":step"] = torch.cat(steps, 0)
    self.weights[name + ":outputs"] = torch.tensor(outputs)
    if not ("int4.block" in self.weights):
      self.weights["int4.block"] = torch.tensor(self.int4_block())
    return None

  # The same weight as int8, (O, I).
  def int4_as_int8(self: __torch__.Model, name: str, block: int) -> Tensor:
    packed = self.weights[name + ":int4"]
    scales = torch.to(self.weights[name + ":scales"], 6)
    groups = torch.size(scales, 0)
    inputs = torch.size(packed, 1) * 2
    blocks = torch.size(packed, 0) // block
    scale = torch.select(scales, 2, 0)
    width = torch.round(torch.div(scale, self.weights[name + ":step"]))
    zero = torch.add(torch.neg(torch.round(torch.div(torch.select(scales, 2, 1), scale))), 8.)
    widths = torch.unsqueeze(torch.transpose(torch.reshape(torch.to(width, 1), [groups, blocks, block]), 0, 1), 2)
    zeros = torch.unsqueeze(torch.transpose(torch.reshape(torch.to(zero, 1), [groups, blocks, block]), 0, 1), 2)
    numbers = torch.to(torch.reshape(self.int4_numbers(packed, block, inputs), [blocks, groups, inputs // groups, block]), 1)
    whole = torch.mul(torch.sub(numbers, zeros), widths)
    return torch.contiguous(torch.reshape(torch.transpose(torch.reshape(whole, [blocks, inputs, block]), 1, 2), [blocks * block, inputs]))

  # x: (R, I) -> (R, O), in the type of x or float32
  def int4_product(self: __torch__.Model, x: Tensor, name: str) -> Tensor:
    packed = self.weights[name + ":int4"]
    scales = self.weights[name + ":scales"]
    inputs = torch.size(packed, 1) * 2
    filled = x
    if inputs > torch.size(x, 1):
      filled = torch.constant_pad_nd(x, [0, inputs - torch.size(x, 1)])
    block = int(self.weights["int4.block"].item())
    if self.many_rows and block > 0:
      whole = ops.onednn.qlinear_prepack(self.int4_as_int8(name, block), None)
      product = self.int8_product(filled, whole, self.weights[name + ":step"])
    else:
      product = torch._weight_int4pack_mm_for_cpu(torch.contiguous(filled), packed, inputs // torch.size(scales, 0), scales)
    return torch.slice(product, 1, 0, int(self.weights[name + ":outputs"].item()))
