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

  # An empty cache (L, B, K, capacity, D) for keys or values.
  def allocate(self: __torch__.Model, layers: int, batch: int, key_value_heads: int, capacity: int, head_dim: int) -> Tensor:
    table = self.weights["model.embed_tokens.weight"]
    return torch.zeros([layers, batch, key_value_heads, capacity, head_dim], dtype=table.dtype, device=table.device)

  # Writes another cache's first positions into every row of this one.
  def copy_prefix(self: __torch__.Model, cache: Tensor, prefix: Tensor, length: int) -> NoneType:
    place = torch.slice(cache, 3, 0, length)
    copied = torch.copy_(place, torch.slice(prefix, 3, 0, length))
    return None

  # A cache of just the first positions, for keeping.
  def first_positions(self: __torch__.Model, cache: Tensor, length: int) -> Tensor:
    return torch.clone(torch.slice(cache, 3, 0, length))

  # Puts rows in another order, row i taken from rows[i].
  def reorder(self: __torch__.Model, cache: Tensor, rows: Tensor, length: int) -> NoneType:
    place = torch.slice(cache, 3, 0, length)
    picked = torch.index_select(place, 1, torch.to(rows, torch.device(str(cache.device)), 4))
    copied = torch.copy_(place, picked)
    return None

  # Root-mean-square norm: statistics in float32, the weight multiplied in the precision of the products.
  def norm(self: __torch__.Model, x: Tensor, name: str, eps: float) -> Tensor:
    wide = torch.to(x, 6)
    mean = torch.mean(torch.mul(wide, wide), [-1], True)
    scaled = torch.mul(wide, torch.rsqrt(torch.add(mean, eps)))
    weight = self.weights[name]
    return torch.mul(weight, torch.to(scaled, weight))

  # A projection; where an adapter of that name is kept apart, it is applied beside it.
  def project(self: __torch__.Model, x: Tensor, name: str, scaling: float) -> Tensor:
    y = torch.linear(x, self.weights[name + ".weight"])
    if (name + ".lora_A.weight") in self.weights:
      low = torch.linear(x, self.weights[name + ".lora_A.weight"])
      y = torch.add(y, torch.mul(torch.linear(low, self.weights[name + ".lora_B.weight"]), scaling))
    return y

  # Rotates the two halves of each head (B, H, T, D) by its position.
  def rotate(self: __torch__.Model, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    half = torch.size(x, 3) // 2
    turned = torch.cat([torch.neg(torch.slice(x, 3, half)), torch.slice(x, 3, 0, half)], 3)
    return torch.add(torch.mul(x, cos), torch.mul(turned, sin))

  # What a new position may look at: real positions up to itself. mask: (B, S), 1 = attend. -> (B, 1, T, S), added to scores
  def attention_bias(self: __torch__.Model, mask: Tensor, start: int, like: Tensor) -> Tensor:
    length = torch.size(mask, 1)
    places = torch.arange(length, device=mask.device)
    columns = torch.unsqueeze(places, 0)
    rows = torch.unsqueeze(torch.slice(places, 0, start), 1)
    causal = torch.unsqueeze(torch.unsqueeze(torch.le(columns, rows), 0), 0)
    real = torch.unsqueeze(torch.unsqueeze(torch.gt(mask, 0), 1), 1)
    hidden = torch.logical_not(torch.logical_and(causal, real))
    bias = torch.masked_fill(torch.zeros(torch.size(hidden), dtype=6, device=mask.device), hidden, -1.0e30)
    return torch.to(bias, like)

  # Queries, keys and values of one layer with positions rotated in. x: (B, T, C)
  # -> (B, H, T, D), (B, K, T, D), (B, K, T, D)
  def attention_heads(self: __torch__.Model, x: Tensor, layer: int, heads: int, groups: int, cos: Tensor, sin: Tensor, scaling: float) -> Tuple[Tensor, Tensor, Tensor]:
    name = "model.layers." + str(layer) + ".self_attn."
    batch = torch.size(x, 0)
    length = torch.size(x, 1)
    head_dim = torch.size(cos, 3)
    q = self.project(x, name + "q_proj", scaling)
    k = self.project(x, name + "k_proj", scaling)
    v = self.project(x, name + "v_proj", scaling)
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
    return self.project(joined, "model.layers." + str(layer) + ".self_attn.o_proj", scaling)

  # Attention of one layer over the cache, which receives the new keys and values in place. x: (B, T, C)
  def cached_attention(self: __torch__.Model, x: Tensor, layer: int, keys: Tensor, values: Tensor, start: int, heads: int, cos: Tensor, sin: Tensor, bias: Tensor, scaling: float) -> Tensor:
    query, key, value = self.attention_heads(x, layer, heads, torch.size(keys, 2), cos, sin, scaling)
    end = start + torch.size(x, 1)
    key_cache = torch.slice(torch.select(keys, 0, layer), 2, 0, end)
    value_cache = torch.slice(torch.select(values, 0, layer), 2, 0, end)
    key_written = torch.copy_(torch.slice(key_cache, 2, start, end), key)
    value_written = torch.copy_(torch.slice(value_cache, 2, start, end), value)
    return self.attend(query, key_cache, value_cache, layer, bias, scaling)

  # The gated MLP of one layer around its residual. x: (B, T, C)
  def feed_forward(self: __torch__.Model, x: Tensor, layer: int, eps: float) -> Tensor:
    name = "model.layers." + str(layer) + "."
    normed = self.norm(x, name + "post_attention_layernorm.weight", eps)
    gate = torch.silu(torch.linear(normed, self.weights[name + "mlp.gate_proj.weight"]))
    up = torch.linear(normed, self.weights[name + "mlp.up_proj.weight"])
    mlp = torch.linear(torch.mul(gate, up), self.weights[name + "mlp.down_proj.weight"])
    if self.probing and layer == 0:
      self.probe("layer0.post_attention_layernorm", normed)
      self.probe("layer0.mlp", mlp)
    return torch.add(x, mlp)

  # One layer: attention, then the gated MLP, both around residuals. x: (B, T, C)
  def cached_layer(self: __torch__.Model, x: Tensor, layer: int, keys: Tensor, values: Tensor, start: int, heads: int, cos: Tensor, sin: Tensor, bias: Tensor, scaling: float, eps: float) -> Tensor:
    normed = self.norm(x, "model.layers." + str(layer) + ".input_layernorm.weight", eps)
    attended = self.cached_attention(normed, layer, keys, values, start, heads, cos, sin, bias, scaling)
    if self.probing and layer == 0:
      self.probe("layer0.input_layernorm", normed)
      self.probe("layer0.attention_output", attended)
    return self.feed_forward(torch.add(x, attended), layer, eps)

  # New positions through all layers. embeddings: (B, T, C), positions: (B, T), mask: (B, start + T).
  # -> normalised hidden states, (B, T, C)
  def forward_positions(self: __torch__.Model, embeddings: Tensor, positions: Tensor, mask: Tensor, keys: Tensor, values: Tensor, start: int, heads: int, scaling: float, eps: float) -> Tensor:
    place = torch.to(positions, torch.device(str(embeddings.device)), 4)
    cos = torch.unsqueeze(torch.embedding(self.weights["rope.cos"], place), 1)
    sin = torch.unsqueeze(torch.embedding(self.weights["rope.sin"], place), 1)
    bias = self.attention_bias(mask, start, embeddings)
    x = embeddings
    self.probe("inputs_embeds", x)
    for layer in range(torch.size(keys, 0)):
      x = self.cached_layer(x, layer, keys, values, start, heads, cos, sin, bias, scaling, eps)
      self.probe("hidden.layer" + str(layer), x)
    normed = self.norm(x, "model.norm.weight", eps)
    self.probe("final_norm", normed)
    return normed

  # Hidden states (B, T, C) -> logits of the last position, (B, V), float32.
  def last_logits(self: __torch__.Model, hidden: Tensor) -> Tensor:
    last = torch.select(hidden, 1, -1)
    return torch.to(torch.linear(last, self.weights["lm_head.weight"]), 6)

  # Hidden states (B, T, C) -> logits of every position, (B, T, V), float32.
  def all_logits(self: __torch__.Model, hidden: Tensor) -> Tensor:
    return torch.to(torch.linear(hidden, self.weights["lm_head.weight"]), 6)

  # Embeddings that mean nothing, (1, count, C), for left padding.
  def blank(self: __torch__.Model, count: int) -> Tensor:
    table = self.weights["model.embed_tokens.weight"]
    return torch.zeros([1, count, torch.size(table, 1)], dtype=table.dtype, device=table.device)
