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

  # Room for keys or values of all sequences: P blocks of S positions each, a head's keys of a block as (D, S), its values as (S, D), so that
  # attention of one position adds up whole rows of both. -> (L, K, P, rows, columns). Nothing is written yet.
  def new_blocks(self: __torch__.Model, layers: int, key_value_heads: int, blocks: int, rows: int, columns: int) -> Tensor:
    table = self.weights["model.embed_tokens.weight"]
    return torch.empty([layers, key_value_heads, blocks, rows, columns], dtype=table.dtype, device=table.device)

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

  # The output projection of what all heads attended to, (B, H, T, D) -> (B, T, C)
  def attention_output(self: __torch__.Model, attended: Tensor, layer: int, scaling: float) -> Tensor:
    joined = torch.flatten(torch.transpose(attended, 1, 2), 2)
    output = "model.layers." + str(layer) + ".self_attn.o_proj"
    return self.project(self.prepared(joined, output + ".weight"), output, scaling)

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
    return self.attention_output(self.attention_product(query, all_keys, all_values, bias), layer, scaling)

  # What the new positions of one sequence may look at: everything up to themselves. -> (1, 1, count, length), added to scores
  def causal_bias(self: __torch__.Model, count: int, length: int, like: Tensor) -> Tensor:
    columns = torch.unsqueeze(torch.arange(length, device=like.device), 0)
    rows = torch.unsqueeze(torch.arange(length - count, length, device=like.device), 1)
    hidden = torch.unsqueeze(torch.unsqueeze(torch.gt(columns, rows), 0), 0)
    bias = torch.masked_fill(torch.zeros(torch.size(hidden), dtype=6, device=like.device), hidden, -1.0e30)
    return torch.to(bias, like)

  # Keys of one sequence, gathered from its blocks. pool: (K, P, D, S) of one layer, blocks: its numbers -> (1, K, length, D), a view of
  # what lies as (1, K, D, length)
  def gather_keys(self: __torch__.Model, pool: Tensor, blocks: Tensor, length: int) -> Tensor:
    width = torch.size(pool, 2)
    numbers = torch.add(torch.unsqueeze(torch.mul(blocks, width), 0), torch.unsqueeze(torch.arange(width, device=pool.device), 1))
    rows = torch.index_select(torch.flatten(pool, 1, 2), 1, torch.flatten(numbers))
    keys = torch.reshape(rows, [1, torch.size(pool, 0), width, -1])
    return torch.transpose(torch.slice(keys, 3, 0, length), 2, 3)

  # Values of one sequence, gathered from its blocks. pool: (K, P, S, D) of one layer -> (1, K, length, D)
  def gather_values(self: __torch__.Model, pool: Tensor, blocks: Tensor, length: int) -> Tensor:
    size = torch.size(pool, 2)
    numbers = torch.add(torch.unsqueeze(torch.mul(blocks, size), 1), torch.unsqueeze(torch.arange(size, device=pool.device), 0))
    places = torch.slice(torch.flatten(numbers), 0, 0, length)
    return torch.unsqueeze(torch.index_select(torch.flatten(pool, 1, 2), 1, places), 0)

  # Where single positions find what they look at, for attend_singles; the same in all layers. blocks: the numbers of each one's blocks,
  # lengths: how many positions it looks at; shape: (K, P, D, S)
  # -> (rows of keys, first of each bag, whose query each bag takes, rows of values, first of each bag), rows as int32
  def bags(self: __torch__.Model, blocks: List[Tensor], lengths: List[int], heads: int, shape: List[int]) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    device = torch.device(str(blocks[0].device))
    repeats = heads // shape[0]
    first_block = torch.mul(torch.floor_divide(torch.arange(heads, device=device), repeats), shape[1])
    key_rows = annotate(List[Tensor], [])
    owners = annotate(List[Tensor], [])
    value_rows = annotate(List[Tensor], [])
    sizes = annotate(List[Tensor], [])
    for i in range(torch.len(blocks)):
      own = torch.add(torch.unsqueeze(first_block, 1), torch.unsqueeze(blocks[i], 0))
      rows = torch.add(torch.unsqueeze(torch.mul(own, shape[2]), 2), torch.arange(shape[2], device=device))
      places = torch.flatten(torch.add(torch.unsqueeze(torch.mul(own, shape[3]), 2), torch.arange(shape[3], device=device)), 1)
      added_rows = torch.append(key_rows, torch.flatten(rows))
      added_owners = torch.append(owners, torch.repeat_interleave(torch.arange(i * heads, (i + 1) * heads, device=device), torch.size(own, 1)))
      added_places = torch.append(value_rows, torch.flatten(torch.slice(places, 1, 0, lengths[i])))
      added_size = torch.append(sizes, torch.full([heads], lengths[i], dtype=4, device=device))
    owner = torch.cat(owners, 0)
    key_first = torch.mul(torch.arange(torch.size(owner, 0), device=device), shape[2])
    size = torch.cat(sizes, 0)
    value_first = torch.sub(torch.cumsum(size, 0), size)
    return (torch.to(torch.cat(key_rows, 0), 3), torch.to(key_first, 3), owner, torch.to(torch.cat(value_rows, 0), 3), torch.to(value_first, 3))

  # Sums of whole rows, each times a weight of its own, in bags. table: (R, E), rows: which of them, first: where each bag of them begins,
  # weights: as many as rows -> (bags, E). Reads the rows where they lie, and each bag is computed by itself.
  def bag_sums(self: __torch__.Model, table: Tensor, rows: Tensor, first: Tensor, weights: Tensor) -> Tensor:
    sums, bag_of_row, bag_sizes, greatest = torch.embedding_bag(table, rows, first, False, 0, False, weights)
    return sums

  # Attention of single positions. query: (M, H, D), keys: (K, P, D, S) and values: (K, P, S, D) of one layer, bags: as
  # made for them -> (M, H, D). A score is a sum of the rows of keys, weighted by the query; what is attended, of those of values, weighted by
  # the softmax of the scores.
  def attend_singles(self: __torch__.Model, query: Tensor, keys: Tensor, values: Tensor, bags: Tuple[Tensor, Tensor, Tensor, Tensor, Tensor], lengths: List[int]) -> Tensor:
    key_rows, key_first, owner, value_rows, value_first = bags
    heads = torch.size(query, 1)
    size = torch.size(keys, 3)
    scaled = torch.flatten(torch.mul(query, 1. / torch.sqrt(float(torch.size(query, 2)))), 0, 1)
    scores = self.bag_sums(torch.flatten(keys, 0, 2), key_rows, key_first, torch.flatten(torch.index_select(scaled, 0, owner)))
    shares = annotate(List[Tensor], [])
    start = 0
    for i in range(torch.len(lengths)):
      end = start + (lengths[i] + size - 1) // size * heads
      own = torch.slice(torch.reshape(torch.slice(scores, 0, start, end), [heads, -1]), 1, 0, lengths[i])
      added = torch.append(shares, torch.flatten(torch.softmax(own, -1)))
      start = end
    sums = self.bag_sums(torch.flatten(values, 0, 2), value_rows, value_first, torch.cat(shares, 0))
    return torch.reshape(sums, torch.size(query))

  # Attention of each sequence over its own blocks. query: (1, H, N, D); rows of neither sort are padding and attend to nothing.
  # single_rows: which of the N are attended to one by one, single_lengths and bags: of those. starts, counts, lengths, blocks and biases: of
  # the runs that are attended to as a whole. -> (1, H, N, D)
  def attend_blocks(self: __torch__.Model, query: Tensor, keys: Tensor, values: Tensor, single_rows: Tensor, single_lengths: List[int], bags: List[Tuple[Tensor, Tensor, Tensor, Tensor, Tensor]], starts: List[int], counts: List[int], lengths: List[int], blocks: List[Tensor], biases: List[Tensor]) -> Tensor:
    repeats = torch.size(query, 1) // torch.size(keys, 0)
    attended = torch.zeros_like(query)
    if torch.len(bags) > 0:
      singles = torch.transpose(torch.index_select(torch.select(query, 0, 0), 1, single_rows), 0, 1)
      answers = self.attend_singles(singles, keys, values, bags[0], single_lengths)
      put = torch.index_copy_(torch.select(attended, 0, 0), 1, single_rows, torch.transpose(answers, 0, 1))
    for i in range(torch.len(starts)):
      end = starts[i] + counts[i]
      key = self.gather_keys(keys, blocks[i], lengths[i])
      value = self.gather_values(values, blocks[i], lengths[i])
      if repeats > 1:
        key = torch.repeat_interleave(key, repeats, 1)
        value = torch.repeat_interleave(value, repeats, 1)
      product = self.attention_product(torch.slice(query, 2, starts[i], end), key, value, biases[i])
      copied = torch.copy_(torch.slice(attended, 2, starts[i], end), product)
    return attended

  # Writes keys and values of new positions, (1, K, N, D) each, into their places: the block of each, and which of its positions, (N) both.
  def write_blocks(self: __torch__.Model, keys: Tensor, values: Tensor, key: Tensor, value: Tensor, block: Tensor, within: Tensor) -> NoneType:
    place = annotate(List[Optional[Tensor]], [None, block, None, within])
    key_written = torch.index_put_(keys, place, torch.transpose(torch.select(key, 0, 0), 0, 1))
    places = torch.add(torch.mul(block, torch.size(values, 2)), within)
    value_written = torch.index_copy_(torch.flatten(values, 1, 2), 1, places, torch.select(value, 0, 0))
    return None

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
  # of a block. many: whether the products are those of many rows. embeddings: (1, N, C); positions: (N), each in its own sequence; places: (N), in the pool's P x S; counts and
  # lengths: new positions and all positions of each sequence; tables: the blocks of all sequences one after another, table_sizes of each;
  # one_by_one: how many new positions of a sequence are attended to one by one at most.
  # -> normalised hidden states, (1, N, C)
  def forward_sequences(self: __torch__.Model, embeddings: Tensor, positions: Tensor, places: Tensor, counts: List[int], lengths: List[int], tables: Tensor, table_sizes: List[int], keys: Tensor, values: Tensor, heads: int, scaling: float, eps: float, many: bool, one_by_one: int) -> Tensor:
    self.many_rows = many
    device = torch.device(str(embeddings.device))
    place = torch.to(places, device, 4)
    block = torch.floor_divide(place, torch.size(keys, 4))
    within = torch.remainder(place, torch.size(keys, 4))
    cos = torch.unsqueeze(torch.unsqueeze(torch.embedding(self.weights["rope.cos"], torch.to(positions, device, 4)), 0), 0)
    sin = torch.unsqueeze(torch.unsqueeze(torch.embedding(self.weights["rope.sin"], torch.to(positions, device, 4)), 0), 0)
    all_blocks = torch.to(tables, device, 4)
    starts = annotate(List[int], [])
    run_counts = annotate(List[int], [])
    run_lengths = annotate(List[int], [])
    run_blocks = annotate(List[Tensor], [])
    biases = annotate(List[Tensor], [])
    rows = annotate(List[int], [])
    single_blocks = annotate(List[Tensor], [])
    single_lengths = annotate(List[int], [])
    size = torch.size(keys, 4)
    first = 0
    row = 0
    for i in range(torch.len(counts)):
      own = torch.slice(all_blocks, 0, first, first + table_sizes[i])
      first = first + table_sizes[i]
      if counts[i] > one_by_one:
        added_start = torch.append(starts, row)
        added_count = torch.append(run_counts, counts[i])
        added_run = torch.append(run_lengths, lengths[i])
        added_own = torch.append(run_blocks, own)
        added_bias = torch.append(biases, self.causal_bias(counts[i], lengths[i], embeddings))
      else:
        for j in range(counts[i]):
          length = lengths[i] - counts[i] + j + 1
          added_row = torch.append(rows, row + j)
          added_blocks = torch.append(single_blocks, torch.slice(own, 0, 0, (length + size - 1) // size))
          added_length = torch.append(single_lengths, length)
      row = row + counts[i]
    single_rows = torch.tensor(rows, dtype=4, device=device)
    bags = annotate(List[Tuple[Tensor, Tensor, Tensor, Tensor, Tensor]], [])
    if torch.len(rows) > 0:
      added_bags = torch.append(bags, self.bags(single_blocks, single_lengths, heads, torch.slice(torch.size(keys), 1)))
    x = embeddings
    self.probe("inputs_embeds", x)
    for layer in range(torch.size(keys, 0)):
      name = "model.layers." + str(layer) + "."
      normed = self.norm(x, name + "input_layernorm.weight", eps)
      query, key, value = self.attention_heads(normed, layer, heads, torch.size(keys, 1), cos, sin, scaling)
      layer_keys = torch.select(keys, 0, layer)
      layer_values = torch.select(values, 0, layer)
      written = self.write_blocks(layer_keys, layer_values, key, value, block, within)
      joined = self.attend_blocks(query, layer_keys, layer_values, single_rows, single_lengths, bags, starts, run_counts, run_lengths, run_blocks, biases)
      attended = self.attention_output(joined, layer, scaling)
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
