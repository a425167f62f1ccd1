  # What every device program has: named weights, and probes that tests read intermediate tensors from.

  # Puts a number on a device; fails, in libtorch's words, where that cannot be reached.
  def reach_device(self: __torch__.Model, device: str) -> Tensor:
    return torch.to(torch.zeros([1], dtype=6), torch.device(device), 6)

  # Asks a device for more than any has. It fails, and where that device tells, in words that say what it has free.
  def ask_too_much(self: __torch__.Model, device: str) -> Tensor:
    return torch.empty([1125899906842624], dtype=0, device=torch.device(device))

  # Maps a tensor of a file into memory and keeps it under a name. Nothing is read until it is used, unless the
  # numbers have to be converted or the device is not the CPU. offset and strides count elements.
  def map_weight(self: __torch__.Model, name: str, path: str, elements_in_file: int, file_dtype: int, sizes: List[int], strides: List[int], offset: int, dtype: int, device: str) -> NoneType:
    mapping = "file:" + str(file_dtype) + ":" + path
    if not (mapping in self.weights):
      self.weights[mapping] = torch.from_file(path, False, elements_in_file, dtype=file_dtype)
    stored = torch.as_strided(self.weights[mapping], sizes, strides, offset)
    self.weights[name] = torch.contiguous(torch.to(stored, torch.device(device), dtype))
    return None

  # Forgets the files as such once all weights are mapped; a file stays mapped as long as a weight lies in it.
  def finish_mapping(self: __torch__.Model) -> NoneType:
    for name in list(self.weights.keys()):
      if name.startswith("file:"):
        gone = self.weights.pop(name)
    return None

  # Keeps a copy of a tensor that the host made; the host's own memory goes when it is done with it.
  def put_weight(self: __torch__.Model, name: str, value: Tensor, dtype: int, device: str) -> NoneType:
    self.weights[name] = torch.to(value, torch.device(device), dtype, False, True)
    return None

  def weight(self: __torch__.Model, name: str) -> Tensor:
    return self.weights[name]

  # Starts or stops keeping intermediate tensors.
  def set_probing(self: __torch__.Model, on: bool) -> NoneType:
    self.probing = on
    self.probes.clear()
    return None

  def probe(self: __torch__.Model, name: str, value: Tensor) -> NoneType:
    if self.probing:
      self.probes[name] = torch.to(value, 6)
    return None

  def probed(self: __torch__.Model, name: str) -> Tensor:
    return self.probes[name]

  def probe_names(self: __torch__.Model) -> List[str]:
    return list(self.probes.keys())

  # The numbers as float32 on the CPU, for the host to read.
  def to_host(self: __torch__.Model, value: Tensor) -> Tensor:
    return torch.contiguous(torch.to(value, torch.device("cpu"), 6))

  # Two tensors one after another along a dimension.
  def join(self: __torch__.Model, first: Tensor, second: Tensor, dim: int) -> Tensor:
    return torch.cat([first, second], dim)

  def copy(self: __torch__.Model, value: Tensor) -> Tensor:
    return torch.clone(value)

  # Softmax attention, (B, H, T, D), (B, H, S, D), (B, H, S, D) -> (B, H, T, D); bias is added to the scores, (B, 1, T, S).
  # On a CPU the fused product is slow in bfloat16, and its gradient too, so that the products are written out there, for as many heads at
  # a time as keep the scores in the processor's cache.
  def attention_product(self: __torch__.Model, query: Tensor, keys: Tensor, values: Tensor, bias: Optional[Tensor]) -> Tensor:
    if query.dtype == 15 and not query.is_cuda:
      scaled = torch.contiguous(torch.mul(query, 1. / torch.sqrt(float(torch.size(query, 3)))))
      keys_down = torch.transpose(keys, 2, 3)
      if not torch.is_contiguous(keys_down):
        keys_down = torch.transpose(torch.contiguous(keys), 2, 3)
      values_down = torch.contiguous(values)
      heads = torch.size(query, 1)
      together = max(1, 3145728 // (torch.size(query, 0) * torch.size(query, 2) * torch.size(keys, 2)))
      parts = annotate(List[Tensor], [])
      for index in range((heads + together - 1) // together):
        first = index * together
        end = min(heads, first + together)
        scores = torch.matmul(torch.slice(scaled, 1, first, end), torch.slice(keys_down, 1, first, end))
        if torch.__isnot__(bias, None):
          scores = torch.add(scores, unchecked_cast(Tensor, bias))
        added = torch.append(parts, torch.matmul(torch.softmax(scores, -1), torch.slice(values_down, 1, first, end)))
      result = torch.cat(parts, 1)
    else:
      if torch.stride(keys, 3) == 1:
        result = torch.scaled_dot_product_attention(query, keys, values, bias)
      else:
        result = torch.scaled_dot_product_attention(query, torch.contiguous(keys), values, bias)
    return result
