  # The language decoder (Llama), with a key/value cache and an optional LoRA adapter on q and v.
  #
  # B = batch, T = new positions, S = positions so far and new, C = width, L = layers, H = heads, K = key/value heads,
  # D = width of a head, V = vocabulary. Source: transformers 4.29.2, models/llama/modeling_llama.py.

  # Rotary tables for all positions: rope.cos and rope.sin, (positions, D), halves repeated; built in float32.
  def build_rope(self: __torch__.Model, head_dim: int, positions: int, theta: float, dtype: int, device: str) -> NoneType:
    exponent = torch.div(torch.to(torch.arange(0, head_dim, 2), 6), float(head_dim))
    inverse = torch.reciprocal(torch.pow(theta, exponent))
    angles = torch.outer(torch.to(torch.arange(positions), 6), inverse)
    both = torch.cat([angles, angles], 1)
    self.weights["rope.inv_freq"] = inverse
    self.weights["rope.cos"] = torch.to(torch.cos(both), torch.device(device), dtype)
    self.weights["rope.sin"] = torch.to(torch.sin(both), torch.device(device), dtype)
    return None

  # Adds the adapter to a weight once: W + scaling * B A, computed in float32.
  def merge_adapter(self: __torch__.Model, name: str, down: Tensor, up: Tensor, scaling: float) -> NoneType:
    weight = self.weights[name]
    change = torch.mul(torch.matmul(torch.to(up, 6), torch.to(down, 6)), scaling)
    self.weights[name] = torch.to(torch.add(torch.to(weight, 6), torch.to(change, torch.device(str(weight.device)), 6)), weight)
    return None

  # Token ids (B, T) -> embeddings (B, T, C).
  def embed(self: __torch__.Model, ids: Tensor) -> Tensor:
    table = self.weights["model.embed_tokens.weight"]
    return torch.embedding(table, torch.to(ids, torch.device(str(table.device)), 4))

  # Room for keys or values of all sequences: blocks of S positions each, (L, K, P, S, D). Nothing is written yet.
  def new_blocks(self: __torch__.Model, layers: int, key_value_heads: int, blocks: int, block_size: int, head_dim: int) -> Tensor:
    table = self.weights["model.embed_tokens.weight"]
    return torch.empty([layers, key_value_heads, blocks, block_size, head_dim], dtype=table.dtype, device=table.device)

  # Copies whole blocks; sources and targets are numbers of blocks, as many of each.
  def copy_blocks(self: __torch__.Model, pool: Tensor, sources: Tensor, targets: Tensor) -> NoneType:
    copied = torch.index_copy_(pool, 2, targets, torch.index_select(pool, 2, sources))
    return None

  # Puts visual tokens in place of embeddings. x: (1, N, C), visual: (1, M, C); its tokens first..first+count go to x from offset on.
  def place_visual(self: __torch__.Model, x: Tensor, offset: int, visual: Tensor, first: int, count: int) -> NoneType:
    place = torch.slice(x, 1, offset, offset + count)
    copied = torch.copy_(place, torch.slice(visual, 1, first, first + count))
    return None

  # Root-mean-square norm: statistics in float32, the weight multiplied in the precision of the products.
  def norm(self: __torch__.Model, x: Tensor, name: str, eps: float) -> Tensor:
    wide = torch.to(x, 6)
    mean = torch.mean(torch.mul(wide, wide), [-1], True)
    scaled = torch.mul(wide, torch.rsqrt(torch.add(mean, eps)))
    weight = self.weights[name]
    return torch.mul(weight, torch.to(scaled, weight))

  # A projection of what was prepared; where an adapter of that name is kept apart, it is applied beside it.
  def project(self: __torch__.Model, input: List[Tensor], name: str, scaling: float) -> Tensor:
    y = self.prepared_product(input, name + ".weight", None)
    if (name + ".lora_A.weight") in self.weights:
      low = torch.linear(input[0], self.weights[name + ".lora_A.weight"])
      y = torch.add(y, torch.mul(torch.linear(low, self.weights[name + ".lora_B.weight"]), scaling))
    return y

  # Rotates the two halves of each head (B, H, T, D) by its position.
  def rotate(self: __torch__.Model, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    half = torch.size(x, 3) // 2
    turned = torch.cat([torch.neg(torch.slice(x, 3, half)), torch.slice(x, 3, 0, half)], 3)
    return torch.add(torch.mul(x, cos), torch.mul(turned, sin))

  # Queries, keys and values of one layer with positions rotated in. x: (B, T, C)
  # -> (B, H, T, D), (B, K, T, D), (B, K, T, D)
  def attention_heads(self: __torch__.Model, x: Tensor, layer: int, heads: int, groups: int, cos: Tensor, sin: Tensor, scaling: float) -> Tuple[Tensor, Tensor, Tensor]:
    name = "model.layers." + str(layer) + ".self_attn."
    batch = torch.size(x, 0)
    length = torch.size(x, 1)
    head_dim = torch.size(cos, 3)
    input = self.prepared(x, name + "q_proj.weight")
    q = self.project(input, name + "q_proj", scaling)
    k = self.project(input, name + "k_proj", scaling)
    v = self.project(input, name + "v_proj", scaling)
    query = self.rotate(torch.transpose(torch.reshape(q, [batch, length, heads, head_dim]), 1, 2), cos, sin)
    key = self.rotate(torch.transpose(torch.reshape(k, [batch, length, groups, head_dim]), 1, 2), cos, sin)
    value = torch.transpose(torch.reshape(v, [batch, length, groups, head_dim]), 1, 2)
    if self.probing and layer == 0:
      self.probe("layer0.q_proj", q)
      self.probe("layer0.k_proj", k)
      self.probe("layer0.v_proj", v)
      self.probe("layer0.query_rotated", query)
      self.probe("layer0.key_rotated", key)
    return (query, key, value)

  # Attention proper and the output projection. query: (B, H, T, D), keys and values: (B, K, S, D) -> (B, T, C)
  def attend(self: __torch__.Model, query: Tensor, keys: Tensor, values: Tensor, layer: int, bias: Tensor, scaling: float) -> Tensor:
    heads = torch.size(query, 1)
    groups = torch.size(keys, 1)
    if groups == heads:
      all_keys = keys
      all_values = values
    else:
      all_keys = torch.repeat_interleave(keys, heads // groups, 1)
      all_values = torch.repeat_interleave(values, heads // groups, 1)
    attended = self.attention_product(query, all_keys, all_values, bias)
    joined = torch.flatten(torch.transpose(attended, 1, 2), 2)
    output = "model.layers." + str(layer) + ".self_attn.o_proj"
    return self.project(self.prepared(joined, output + ".weight"), output, scaling)

  # What the new positions of one sequence may look at: everything up to themselves. -> (1, 1, count, length), added to scores
  def causal_bias(self: __torch__.Model, count: int, length: int, like: Tensor) -> Tensor:
    columns = torch.unsqueeze(torch.arange(length, device=like.device), 0)
    rows = torch.unsqueeze(torch.arange(length - count, length, device=like.device), 1)
    hidden = torch.unsqueeze(torch.unsqueeze(torch.gt(columns, rows), 0), 0)
    bias = torch.masked_fill(torch.zeros(torch.size(hidden), dtype=6, device=like.device), hidden, -1.0e30)
    return torch.to(bias, like)

  # Keys or values of one sequence, gathered from the places of its positions. pool: (K, P, S, D) of one layer, places: in P x S
  # -> (1, K, length, D)
  def gather(self: __torch__.Model, pool: Tensor, places: Tensor) -> Tensor:
    return torch.unsqueeze(torch.index_select(torch.flatten(pool, 1, 2), 1, places), 0)

  # Attention of each sequence over its own blocks. query: (1, H, N, D); a sequence's new positions stand together, in the
  # order of own_places; what is left of N is padding and attends to nothing. -> (1, H, N, D)
  def attend_blocks(self: __torch__.Model, query: Tensor, keys: Tensor, values: Tensor, counts: List[int], own_places: List[Tensor], biases: List[Tensor]) -> Tensor:
    repeats = torch.size(query, 1) // torch.size(keys, 0)
    parts = annotate(List[Tensor], [])
    start = 0
    for i in range(torch.len(counts)):
      end = start + counts[i]
      key = self.gather(keys, own_places[i])
      value = self.gather(values, own_places[i])
      if repeats > 1:
        key = torch.repeat_interleave(key, repeats, 1)
        value = torch.repeat_interleave(value, repeats, 1)
      asked = torch.slice(query, 2, start, end)
      if counts[i] > 1:
        attended = self.attention_product(asked, key, value, biases[i])
      else:
        attended = self.attention_product(asked, key, value, None)
      added = torch.append(parts, attended)
      start = end
    if start < torch.size(query, 2):
      rest = torch.append(parts, torch.zeros_like(torch.slice(query, 2, start)))
    return torch.cat(parts, 2)

  # Attention of one layer; the new keys and values are written into their places first. x: (1, N, C), places: (N) -> (1, N, C)
  def block_attention(self: __torch__.Model, x: Tensor, layer: int, keys: Tensor, values: Tensor, places: Tensor, counts: List[int], own_places: List[Tensor], biases: List[Tensor], heads: int, cos: Tensor, sin: Tensor, scaling: float) -> Tensor:
    query, key, value = self.attention_heads(x, layer, heads, torch.size(keys, 1), cos, sin, scaling)
    layer_keys = torch.select(keys, 0, layer)
    layer_values = torch.select(values, 0, layer)
    key_written = torch.index_copy_(torch.flatten(layer_keys, 1, 2), 1, places, torch.select(key, 0, 0))
    value_written = torch.index_copy_(torch.flatten(layer_values, 1, 2), 1, places, torch.select(value, 0, 0))
    attended = self.attend_blocks(query, layer_keys, layer_values, counts, own_places, biases)
    joined = torch.flatten(torch.transpose(attended, 1, 2), 2)
    output = "model.layers." + str(layer) + ".self_attn.o_proj"
    return self.project(self.prepared(joined, output + ".weight"), output, scaling)

  # The gated MLP of one layer around its residual. x: (B, T, C)
  def feed_forward(self: __torch__.Model, x: Tensor, layer: int, eps: float) -> Tensor:
    name = "model.layers." + str(layer) + "."
    normed = self.norm(x, name + "post_attention_layernorm.weight", eps)
    input = self.prepared(normed, name + "mlp.gate_proj.weight")
    gate = torch.silu(self.prepared_product(input, name + "mlp.gate_proj.weight", None))
    up = self.prepared_product(input, name + "mlp.up_proj.weight", None)
    mlp = self.linear(torch.mul(gate, up), name + "mlp.down_proj.weight", None)
    if self.probing and layer == 0:
      self.probe("layer0.post_attention_layernorm", normed)
      self.probe("layer0.mlp", mlp)
    return torch.add(x, mlp)

  # New positions of several sequences through all layers. N = new positions of all of them and padding, P = blocks, S = positions
  # of a block. many: whether each sequence has many new positions. embeddings: (1, N, C); positions: (N), each in its own sequence; places: (N), in the pool's P x S; counts and
  # lengths: new positions and all positions of each sequence; tables: the blocks of all sequences one after another, table_sizes of each.
  # -> normalised hidden states, (1, N, C)
  def forward_sequences(self: __torch__.Model, embeddings: Tensor, positions: Tensor, places: Tensor, counts: List[int], lengths: List[int], tables: Tensor, table_sizes: List[int], keys: Tensor, values: Tensor, heads: int, scaling: float, eps: float, many: bool) -> Tensor:
    self.many_rows = many
    device = torch.device(str(embeddings.device))
    place = torch.to(places, device, 4)
    cos = torch.unsqueeze(torch.unsqueeze(torch.embedding(self.weights["rope.cos"], torch.to(positions, device, 4)), 0), 0)
    sin = torch.unsqueeze(torch.unsqueeze(torch.embedding(self.weights["rope.sin"], torch.to(positions, device, 4)), 0), 0)
    all_tables = torch.unsqueeze(torch.mul(torch.to(tables, device, 4), torch.size(keys, 3)), 1)
    in_table = torch.add(all_tables, torch.unsqueeze(torch.arange(torch.size(keys, 3), device=device), 0))
    own_places = annotate(List[Tensor], [])
    biases = annotate(List[Tensor], [])
    first = 0
    for i in range(torch.len(counts)):
      taken = torch.append(own_places, torch.slice(torch.flatten(torch.slice(in_table, 0, first, first + table_sizes[i])), 0, 0, lengths[i]))
      first = first + table_sizes[i]
      if counts[i] > 1:
        added = torch.append(biases, self.causal_bias(counts[i], lengths[i], embeddings))
      else:
        added = torch.append(biases, embeddings)
    x = embeddings
    self.probe("inputs_embeds", x)
    for layer in range(torch.size(keys, 0)):
      name = "model.layers." + str(layer) + "."
      normed = self.norm(x, name + "input_layernorm.weight", eps)
      attended = self.block_attention(normed, layer, keys, values, place, counts, own_places, biases, heads, cos, sin, scaling)
      if self.probing and layer == 0:
        self.probe("layer0.input_layernorm", normed)
        self.probe("layer0.attention_output", attended)
      x = self.feed_forward(torch.add(x, attended), layer, eps)
      self.probe("hidden.layer" + str(layer), x)
    normed = self.norm(x, "model.norm.weight", eps)
    self.probe("final_norm", normed)
    return normed

  # Hidden states (1, N, C) -> logits of some of them, (M, V), float32. rows: (M)
  def row_logits(self: __torch__.Model, hidden: Tensor, rows: Tensor) -> Tensor:
    chosen = torch.index_select(torch.select(hidden, 0, 0), 0, torch.to(rows, torch.device(str(hidden.device)), 4))
    return torch.to(self.linear(chosen, "lm_head.weight", None), 6)

  # Hidden states (B, T, C) -> logits of every position, (B, T, V), float32.
  def all_logits(self: __torch__.Model, hidden: Tensor) -> Tensor:
    return torch.to(self.linear(hidden, "lm_head.weight", None), 6)
