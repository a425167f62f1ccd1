  # Products with named weights, in every kind that a weight may be kept in.
  #
  # O = outputs, I = inputs, R = rows of a call, S = inputs of a group, G = groups of a row, P = outputs that lie packed together.
  # A weight W is (O, I). open_… takes the bytes of a kind that Java's rounding made; products with them begin in prepared_product.
  # The kinds:
  #
  # - as it is: the numbers of the file, in the type that is computed in;
  # - int8: whole numbers from -127 to 127, in steps of the row's own size. Activations are rounded the same way, each row by its
  #   largest number, and the product is one of whole numbers: exact, so that a row's result is its own whoever else is in the call.
  #   Where the processor's products of bytes saturate, two take the place of one;
  # - int4: 0 to 15 in groups of S inputs, each with its own zero and a width that is a whole number of the output's int8 steps. So every
  #   int4 weight is an int8 weight too, and its products are those of whole numbers: few rows take libtorch's int4 product, which reads
  #   least, and many rows that of int8, which computes fastest. Both give the same results to the last bit, for sums below 2 to the
  #   power of 24 do not round in float32 either, whatever their order; a call with a row whose sums might be larger takes that of int8.

  # A product with a weight of any kind. x: (..., I) -> (..., O), in the type of x
  def linear(self: __torch__.Model, x: Tensor, name: str, bias: Optional[Tensor]) -> Tensor:
    return self.prepared_product(self.prepared(x, name), name, bias)

  # What a product takes instead of x; made once for several weights of one kind and one input. x: (..., I) -> x itself; where the
  # product is one of whole numbers, also x as whole numbers, (R, I), and the steps they are in, (R, 1). Whole numbers are of the type that
  # the product takes: that of x for int4 itself.
  def prepared(self: __torch__.Model, x: Tensor, name: str) -> List[Tensor]:
    result = [x]
    if not (name in self.weights):
      rows = torch.reshape(x, [-1, torch.size(x, -1)])
      is_int4 = (name + ":int4") in self.weights
      if is_int4:
        rows = self.int4_filled(rows, name)
      numbers, step = self.whole_rows(rows)
      if is_int4 and not self.many_rows and self.adds_up_exactly(numbers):
        whole = torch.contiguous(torch.to(numbers, x))
      elif (name + ":packed") in self.weights:
        whole = torch.to(torch.add_(numbers, 128.), 0)
      else:
        whole = torch.to(numbers, 1)
      result = [x, whole, step]
    return result

  # A product with what was prepared for a weight of the same kind. input: of (..., I) -> (..., O)
  def prepared_product(self: __torch__.Model, input: List[Tensor], name: str, bias: Optional[Tensor]) -> Tensor:
    x = input[0]
    if name in self.weights:
      result = torch.linear(x, self.weights[name], bias)
    else:
      if (name + ":int4") in self.weights:
        product = self.int4_product(input[1], input[2], name, x)
      elif (name + ":packed") in self.weights:
        product = self.packed_product(input[1], self.weights[name + ":step"], name)
        product = torch.mul_(product, input[2])
      else:
        product = self.int8_product(input[1], input[2], name)
      if torch.__isnot__(bias, None):
        product = torch.add_(product, torch.to(unchecked_cast(Tensor, bias), product))
      sizes = torch.slice(torch.size(x), 0, -1)
      result = torch.reshape(torch.to(product, x), torch.add(sizes, [torch.size(product, 1)]))
    return result

  # Rows as whole numbers from -127 to 127, each in steps of its own largest number. x: (R, I) -> (R, I), (R, 1), float32
  def whole_rows(self: __torch__.Model, x: Tensor) -> Tuple[Tensor, Tensor]:
    largest = torch.to(torch.amax(torch.abs(x), [1], True), 6)
    step = torch.div(torch.clamp_min(largest, 1.e-30), 127.)
    return (torch.round_(torch.div(x, step)), step)

  # Whether float32 adds up each row's products with whole numbers of 8 bits without rounding, in any order. x: (R, I), whole numbers
  def adds_up_exactly(self: __torch__.Model, x: Tensor) -> bool:
    largest = torch.amax(torch.sum(torch.abs(x), [1]))
    return float(largest.item()) * 127. < 16777216.

  # Outputs of a weight of any kind, and its inputs.
  def linear_inputs(self: __torch__.Model, name: str) -> int:
    if name in self.weights:
      inputs = torch.size(self.weights[name], 1)
    else:
      inputs = int(self.weights[name + ":inputs"].item())
    return inputs

  # A product to be timed, as few or as many rows are multiplied, whatever the call before was.
  def timed_product(self: __torch__.Model, name: str, rows: int, many: bool) -> Tensor:
    self.many_rows = many
    like = self.weights["model.embed_tokens.weight"]
    return self.linear(torch.zeros([rows, self.linear_inputs(name)], dtype=like.dtype, device=like.device), name, None)

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

  # ---- whole numbers

  # Finds out once whether this processor's products of bytes add up. Without instructions for them oneDNN adds pairs of products in 16 bits,
  # which saturate: a byte from 0 to 255 times -127 to 127, twice, is too large for them.
  def look_for_saturation(self: __torch__.Model) -> NoneType:
    if not ("bytes.saturate" in self.weights):
      largest = torch.full([64, 64], 127, dtype=1)
      packed = ops.onednn.qlinear_prepack(largest, None)
      saturate = False
      for rows in [1, 64]:
        sums = torch._int_mm(torch.slice(largest, 0, 0, rows), torch.transpose(largest, 0, 1))
        packed_sums = self.packed_sums(torch.full([rows, 64], 255, dtype=0), 128, packed, torch.ones([1]))
        saturate = saturate or bool(torch.any(torch.ne(sums, 1032256)).item()) or bool(torch.any(torch.ne(packed_sums, 1032256.)).item())
      self.weights["bytes.saturate"] = torch.tensor(saturate)
    return None

  def bytes_saturate(self: __torch__.Model) -> bool:
    return bool(self.weights["bytes.saturate"].item())

  # Numbers as they are multiplied where weights are not packed. whole: -127 to 127, or 1 to 255 as packed numbers take them -> -127 to 127
  def signed(self: __torch__.Model, whole: Tensor) -> Tensor:
    numbers = whole
    if whole.dtype == 0:
      numbers = torch.to(torch.bitwise_xor(whole, 128), 1)
    return numbers

  # A number as twice one part, from -64 to 63, and another, 0 or 1. As bytes from 0 to 127 they do not saturate. whole: (R, I) -> (2 R, I)
  def parted(self: __torch__.Model, whole: Tensor) -> Tensor:
    return torch.cat([torch.bitwise_right_shift(whole, 1), torch.bitwise_and(whole, 1)], 0)

  # Sums of both parts as those of the numbers, float32; the same as without parts below 2 to the power of 24. sums: (2 R, O) -> (R, O)
  def joined(self: __torch__.Model, sums: Tensor) -> Tensor:
    rows = torch.size(sums, 0) // 2
    wide = torch.to(sums, 6)
    return torch.add(torch.slice(wide, 0, rows), torch.mul(torch.slice(wide, 0, 0, rows), 2.))

  # Sums of products with numbers as they lie. oneDNN adds 128 to each number of the rows for itself. whole: (R, I), -127 to 127, weight: (I, O)
  # -> (R, O), int32 or float32
  def whole_sums(self: __torch__.Model, whole: Tensor, weight: Tensor) -> Tensor:
    if self.bytes_saturate():
      rows = torch.size(whole, 0) * 2
      below = torch.sub(torch.cat([self.parted(whole), torch.zeros([1, torch.size(whole, 1)], dtype=1)], 0), 64)
      sums = torch._int_mm(below, weight)
      result = self.joined(torch.sub(torch.slice(sums, 0, 0, rows), torch.slice(sums, 0, rows)))
    else:
      result = torch._int_mm(whole, weight)
    return result

  # Sums of products with packed numbers. bytes: (R, I), zero: the one that stands for 0; steps of the outputs: (O) or (1) -> (R, O), float32
  def packed_sums(self: __torch__.Model, bytes: Tensor, zero: int, packed: Tensor, steps: Tensor) -> Tensor:
    zeros = torch.zeros([1], dtype=3)
    return ops.onednn.qlinear_pointwise(bytes, 1., zero, packed, steps, zeros, None, 1., 0, 6, "none", [], "")

  # ---- int8

  # Takes the numbers of Int8Rounding as they are: name:step (O), name:int8 (O, I).
  def open_int8(self: __torch__.Model, name: str, inputs: int) -> NoneType:
    self.weights[name + ":inputs"] = torch.tensor(inputs)
    self.look_for_saturation()
    return None

  # Keeps the numbers as oneDNN packs them, in place of those that lie in rows: products of few rows take a fraction of the time then.
  # The results are the same.
  def pack_int8(self: __torch__.Model, name: str) -> NoneType:
    self.weights[name + ":packed"] = ops.onednn.qlinear_prepack(self.weights[name + ":int8"], None)
    gone = self.weights.pop(name + ":int8")
    return None

  # With the numbers as they lie. whole: (R, I), -127 to 127, or 1 to 255 as packed numbers take them; step: (R, 1) -> (R, O), float32
  def int8_product(self: __torch__.Model, whole: Tensor, step: Tensor, name: str) -> Tensor:
    product = self.whole_sums(self.signed(whole), torch.transpose(self.weights[name + ":int8"], 0, 1))
    return torch.mul_(torch.mul(product, self.weights[name + ":step"]), step)

  # With packed numbers. whole: (R, I), 1 to 255, or -127 to 127 as numbers take them that are not packed; steps of the outputs: (O) or (1)
  # -> (R, O), float32, in steps of the rows
  def packed_product(self: __torch__.Model, whole: Tensor, steps: Tensor, name: str) -> Tensor:
    packed = self.weights[name + ":packed"]
    if self.bytes_saturate():
      bytes = torch.to(torch.add(self.parted(self.signed(whole)), 64), 0)
      result = torch.mul_(self.joined(self.packed_sums(bytes, 64, packed, torch.ones([1]))), steps)
    else:
      bytes = whole
      if whole.dtype == 1:
        bytes = torch.bitwise_xor(torch.to(whole, 0), 128)
      result = self.packed_sums(bytes, 128, packed, steps)
    return result

  # ---- int4

  # How many outputs libtorch packs together on this processor, found by looking; 0 if it packs in a way that is not known here.
  def int4_block(self: __torch__.Model) -> Tensor:
    numbers = torch.to(torch.randint(0, 16, [64, 64]), 3)
    packed = torch._convert_weight_to_int4pack_for_cpu(numbers, 1)
    found = 0
    for block in [64, 32]:
      bytes = torch.reshape(packed, [64 // block, 64, block // 2])
      halves = torch.cat([torch.bitwise_and(bytes, 15), torch.bitwise_right_shift(bytes, 4)], 2)
      same = torch.equal(torch.to(halves, 3), torch.reshape(torch.transpose(torch.reshape(numbers, [64 // block, block, 64]), 1, 2), [64 // block, 64, block]))
      if same:
        found = block
    return torch.tensor(found)

  # Takes the numbers of Int4Rounding as they are: name:step (O), name:int4 (O, I / 2), name:scales (G, O, 2), with outputs filled up to a
  # multiple of 64 and inputs to one of the group. block: P.
  def open_int4(self: __torch__.Model, name: str, outputs: int, inputs: int, block: int) -> NoneType:
    self.weights[name + ":outputs"] = torch.tensor(outputs)
    self.weights[name + ":inputs"] = torch.tensor(inputs)
    self.weights["int4.block"] = torch.tensor(block)
    self.look_for_saturation()
    return None

  # Rows filled up to the inputs of a packed weight. x: (R, I)
  def int4_filled(self: __torch__.Model, x: Tensor, name: str) -> Tensor:
    missing = torch.size(self.weights[name + ":int4"], 1) * 2 - torch.size(x, 1)
    filled = x
    if missing > 0:
      filled = torch.constant_pad_nd(x, [0, missing])
    return filled

  # What numbers of a tile are multiplied with, and what is added then, so that whole numbers of 8 bits come out: number * width + start. Sums
  # and products of bytes wrap around, so that they may be taken in any order. scales: (G, T, 2) -> (2, G, T / 2), int8, halves first
  def int4_widths(self: __torch__.Model, scales: Tensor, block: int) -> Tuple[Tensor, Tensor]:
    groups = torch.size(scales, 0)
    outputs = torch.size(scales, 1)
    apart = torch.contiguous(torch.permute(torch.to(scales, 6), [2, 0, 1]))
    width = torch.select(apart, 0, 0)
    start = torch.sub(torch.select(apart, 0, 1), torch.mul(width, 8.))
    whole = torch.to(torch.to(torch.stack([width, start], 0), 2), 1)
    halves = torch.permute(torch.reshape(whole, [2, groups, outputs // block, 2, block // 2]), [0, 3, 1, 2, 4])
    both = torch.reshape(halves, [2, 2, groups, 1, outputs // 2])
    return (torch.select(both, 0, 0), torch.select(both, 0, 1))

  # The whole numbers of 8 bits that packed numbers of T outputs stand for. The halves of the bytes are outputs of their own, so that each is
  # unpacked along long rows. packed: (T, I / 2), scales: (G, T, 2) -> those of the low and of the high halves, (I, T / 2) each, int8
  def int4_halves(self: __torch__.Model, packed: Tensor, scales: Tensor, block: int) -> List[Tensor]:
    outputs = torch.size(packed, 0)
    inputs = torch.size(packed, 1) * 2
    groups = torch.size(scales, 0)
    half = outputs // 2
    widths, starts = self.int4_widths(scales, block)
    bytes = torch.reshape(packed, [outputs // block, inputs, block // 2])
    numbers = torch.reshape(torch.to(torch.contiguous(torch.transpose(bytes, 0, 1)), 1), [groups, inputs // groups, half])
    first = torch.addcmul(starts[0], torch.bitwise_and(numbers, 15), widths[0])
    second = torch.addcmul(starts[1], torch.bitwise_and(torch.bitwise_right_shift(numbers, 4), 15), widths[1])
    return [torch.reshape(first, [inputs, half]), torch.reshape(second, [inputs, half])]

  # Outputs that are unpacked together, so that what comes out stays in the processor's cache.
  def int4_tile(self: __torch__.Model, inputs: int, block: int) -> int:
    return max(1, 4194304 // inputs // block) * block

  # Keeps all of a weight's whole numbers of 8 bits too, as oneDNN packs them, for products of many rows. The results are the same.
  def copy_int8(self: __torch__.Model, name: str) -> NoneType:
    packed = self.weights[name + ":int4"]
    scales = self.weights[name + ":scales"]
    block = int(self.weights["int4.block"].item())
    outputs = torch.size(packed, 0)
    inputs = torch.size(packed, 1) * 2
    tile = self.int4_tile(inputs, block)
    copy = torch.empty([outputs // block, 2, block // 2, inputs], dtype=1)
    for index in range((outputs + tile - 1) // tile):
      start = index * tile
      end = min(outputs, start + tile)
      halves = self.int4_halves(torch.slice(packed, 0, start, end), torch.slice(scales, 1, start, end), block)
      own = torch.slice(copy, 0, start // block, end // block)
      for half in range(2):
        numbers = torch.reshape(halves[half], [inputs, (end - start) // block, block // 2])
        copied = torch.copy_(torch.select(own, 1, half), torch.permute(numbers, [1, 2, 0]))
    self.weights[name + ":packed"] = ops.onednn.qlinear_prepack(torch.reshape(copy, [outputs, inputs]), None)
    return None

  # whole: (R, I), halves: (I, T / 2) each -> (R, T), sums as they come
  def halves_product(self: __torch__.Model, whole: Tensor, halves: List[Tensor], block: int) -> Tensor:
    rows = torch.size(whole, 0)
    outputs = torch.size(halves[0], 1) * 2
    sizes = [rows, outputs // block, 1, block // 2]
    both = torch.cat([torch.reshape(self.whole_sums(whole, halves[0]), sizes), torch.reshape(self.whole_sums(whole, halves[1]), sizes)], 2)
    return torch.reshape(both, [rows, outputs])

  # Sums of many rows, unpacking some outputs at a time. whole: (R, I), 1 to 255 as packed numbers take them, or -127 to 127 -> (R, O), sums as they come
  def int4_unpacked(self: __torch__.Model, whole: Tensor, name: str) -> Tensor:
    packed = self.weights[name + ":int4"]
    scales = self.weights[name + ":scales"]
    block = int(self.weights["int4.block"].item())
    outputs = torch.size(packed, 0)
    numbers = self.signed(whole)
    parts = annotate(List[Tensor], [])
    tile = self.int4_tile(torch.size(packed, 1) * 2, block)
    for index in range((outputs + tile - 1) // tile):
      start = index * tile
      end = min(outputs, start + tile)
      halves = self.int4_halves(torch.slice(packed, 0, start, end), torch.slice(scales, 1, start, end), block)
      added = torch.append(parts, self.halves_product(numbers, halves, block))
    return torch.cat(parts, 1)

  # The product with an int4 weight, by the form of what was prepared: in the type of x with int4 itself, else as bytes with its whole numbers
  # of 8 bits. Sums are rounded to the type of x, as libtorch's int4 product gives them. whole: (R, I), step: (R, 1) -> (R, O), float32
  def int4_product(self: __torch__.Model, whole: Tensor, step: Tensor, name: str, x: Tensor) -> Tensor:
    scales = self.weights[name + ":scales"]
    if whole.dtype == x.dtype:
      sums = torch._weight_int4pack_mm_for_cpu(whole, self.weights[name + ":int4"], torch.size(whole, 1) // torch.size(scales, 0), scales)
    elif (name + ":packed") in self.weights:
      sums = torch.to(self.packed_product(whole, torch.ones([1]), name), x)
    else:
      sums = torch.to(torch.to(self.int4_unpacked(whole, name), 6), x)
    own = torch.slice(torch.mul(sums, self.weights[name + ":step"]), 1, 0, int(self.weights[name + ":outputs"].item()))
    return torch.mul_(own, step)
