  # Training on top of the encoder's and the decoder's own layers: forward passes without a cache, losses, optimiser.
  #
  # B = rows, T = positions, C = width, V = vocabulary, N = images, P = patches, K = classes of a patch.
  # "master.<name>" is a parameter in float32; "<name>" is what this step computes with, in the compute precision;
  # "frozen.<name>" waits to be converted once.

  # Keeps a tensor itself, so that a gradient can be recorded with it.
  def keep_weight(self: __torch__.Model, name: str, value: Tensor) -> NoneType:
    self.weights[name] = value
    return None

  # Chooses between the ways that are fast without and with a gradient.
  def set_training(self: __torch__.Model, on: bool) -> NoneType:
    self.training = on
    return None

  def configure(self: __torch__.Model, name: str, value: float) -> NoneType:
    self.weights["setting." + name] = torch.tensor(value, dtype=7)
    return None

  def real_setting(self: __torch__.Model, name: str) -> float:
    return float(self.weights["setting." + name].item())

  def setting(self: __torch__.Model, name: str) -> int:
    return int(self.weights["setting." + name].item())

  # Every computing copy anew from its master. Gradients flow back through the conversion.
  def convert_masters(self: __torch__.Model) -> NoneType:
    dtype = self.setting("dtype")
    for name in list(self.weights.keys()):
      if name.startswith("master."):
        self.weights[torch.slice(name, 7)] = torch.to(self.weights[name], dtype)
    return None

  # Every waiting tensor into what it is computed with; where gradients can be recorded, or later steps could not use it.
  def convert_frozen(self: __torch__.Model, nothing: Tensor) -> Tensor:
    dtype = self.setting("dtype")
    for name in list(self.weights.keys()):
      if name.startswith("frozen."):
        self.weights[torch.slice(name, 7)] = torch.to(self.weights[name], dtype)
        gone = self.weights.pop(name)
    return nothing

  # Pixel values (N, 3, H, W): those given, or what bytes (N, H, W, 3) come to.
  def pixel_values(self: __torch__.Model, images: Tensor) -> Tensor:
    if images.dtype == 0:
      shares = torch.div(torch.to(images, 6), 255.)
      normalised = torch.div(torch.sub(shares, self.weights["pixel.mean"]), self.weights["pixel.deviation"])
      values = torch.permute(normalised, [0, 3, 1, 2])
    else:
      values = images
    return values

  # Features of images by the image encoder, (N, P, C). images: (N, 3, H, W), or bytes (N, H, W, 3)
  def features(self: __torch__.Model, images: Tensor) -> Tensor:
    return self.patch_features(self.pixel_values(images), self.setting("blocks"), self.setting("vision_heads"), self.real_setting("layer_norm_eps"), self.real_setting("ln_vision_eps"))

  # Embeddings of rows; visual tokens take the places with a negative id, in order. ids: (B, T) -> (B, T, C)
  def embed_rows(self: __torch__.Model, pixels: Tensor, ids: Tensor) -> Tensor:
    x = torch.embedding(self.weights["model.embed_tokens.weight"], torch.clamp(ids, 0))
    if torch.size(pixels, 0) > 0:
      visual = self.project_features(self.features(pixels), self.setting("patches_per_visual_token"))
      x = torch.masked_scatter(x, torch.unsqueeze(torch.lt(ids, 0), 2), visual)
    self.probe("row_embeddings", x)
    return x

  # What each position may look at: itself and earlier ones of its own segment or of segment 0, the shared beginning.
  # segments: (B, T) -> (B, 1, T, T), added to scores
  def segment_bias(self: __torch__.Model, segments: Tensor, like: Tensor) -> Tensor:
    length = torch.size(segments, 1)
    row = torch.unsqueeze(segments, 2)
    column = torch.unsqueeze(segments, 1)
    related = torch.logical_or(torch.eq(row, column), torch.eq(column, 0))
    places = torch.arange(length, device=segments.device)
    causal = torch.le(torch.unsqueeze(places, 0), torch.unsqueeze(places, 1))
    hidden = torch.unsqueeze(torch.logical_not(torch.logical_and(related, causal)), 1)
    bias = torch.masked_fill(torch.zeros(torch.size(hidden), dtype=6, device=segments.device), hidden, -1.0e30)
    return torch.to(bias, like)

  # Rows through all layers at once; the residual stream is in float32 whatever the products are in. embeddings: (B, T, C), positions and segments: (B, T) -> normalised, (B, T, C); and as it was after "name_layer" layers, not normalised
  def forward_rows(self: __torch__.Model, embeddings: Tensor, positions: Tensor, segments: Tensor) -> Tuple[Tensor, Tensor]:
    cos = torch.unsqueeze(torch.embedding(self.weights["rope.cos"], positions), 1)
    sin = torch.unsqueeze(torch.embedding(self.weights["rope.sin"], positions), 1)
    bias = self.segment_bias(segments, embeddings)
    heads = self.setting("heads")
    groups = self.setting("key_value_heads")
    scaling = self.real_setting("lora_scaling")
    eps = self.real_setting("rms_norm_eps")
    x = torch.to(embeddings, 6)
    inner = x
    for layer in range(self.setting("layers")):
      normed = self.norm(x, "model.layers." + str(layer) + ".input_layernorm.weight", eps)
      query, key, value = self.attention_heads(normed, layer, heads, groups, cos, sin, scaling)
      attended = self.attend(query, key, value, layer, bias, scaling)
      x = self.feed_forward(torch.add(x, attended), layer, eps)
      if layer + 1 == self.setting("name_layer"):
        inner = x
    return (self.norm(x, "model.norm.weight", eps), inner)

  # Mean loss of what an inner layer says of positions; 0 where no position has a name. inner: (B, T, C), names: (B, T)
  def name_loss(self: __torch__.Model, inner: Tensor, names: Tensor) -> Tensor:
    flat = torch.flatten(names)
    chosen = torch.flatten(torch.nonzero(torch.ge(flat, 0)))
    if torch.size(chosen, 0) > 0:
      states = self.norm(torch.index_select(torch.flatten(inner, 0, 1), 0, chosen), "model.norm.weight", self.real_setting("rms_norm_eps"))
      logits = torch.to(torch.linear(states, self.weights["lm_head.weight"]), 6)
      loss = torch.cross_entropy_loss(logits, torch.index_select(flat, 0, chosen), None, 1, -100, 0.)
    else:
      loss = torch.zeros([], device=names.device)
    return loss

  # Weighted loss of each row's labelled positions, summed. A label is predicted one position before it; weight 0 = no label.
  # hidden: (B, T, C), labels and weights: (B, T) -> (B)
  def row_losses(self: __torch__.Model, hidden: Tensor, labels: Tensor, weights: Tensor) -> Tensor:
    wanted = torch.flatten(torch.slice(weights, 1, 1))
    chosen = torch.flatten(torch.nonzero(wanted))
    states = torch.index_select(torch.flatten(torch.slice(hidden, 1, 0, -1), 0, 1), 0, chosen)
    logits = torch.to(torch.linear(states, self.weights["lm_head.weight"]), 6)
    targets = torch.index_select(torch.flatten(torch.slice(labels, 1, 1)), 0, chosen)
    losses = torch.cross_entropy_loss(logits, targets, None, 0, -100, 0.)
    weighted = torch.mul(losses, torch.index_select(wanted, 0, chosen))
    rows = torch.floor_divide(chosen, torch.size(labels, 1) - 1)
    return torch.index_add(torch.zeros([torch.size(labels, 0)], device=labels.device), 0, rows, weighted)

  # Adds the gradient of share x (loss over all labels / their weight, and that of names) to the masters. -> the loss
  def train_rows(self: __torch__.Model, pixels: Tensor, ids: Tensor, positions: Tensor, segments: Tensor, labels: Tensor, weights: Tensor, names: Tensor, share: Tensor) -> Tensor:
    self.convert_masters()
    hidden, inner = self.forward_rows(self.embed_rows(pixels, ids), positions, segments)
    loss = torch.div(torch.sum(self.row_losses(hidden, labels, weights)), torch.sum(weights))
    if self.setting("name_layer") > 0:
      loss = torch.add(loss, torch.mul(self.name_loss(inner, names), self.real_setting("name_share")))
    torch.backward(torch.mul(loss, torch.squeeze(share)))
    return self.to_host(torch.detach(loss))

  # The same losses row by row without a gradient, (B).
  def measure_rows(self: __torch__.Model, pixels: Tensor, ids: Tensor, positions: Tensor, segments: Tensor, labels: Tensor, weights: Tensor) -> Tensor:
    self.convert_masters()
    hidden, inner = self.forward_rows(self.embed_rows(pixels, ids), positions, segments)
    return self.row_losses(hidden, labels, weights)

  # The likeliest id behind each position, (B, T).
  def predict_rows(self: __torch__.Model, pixels: Tensor, ids: Tensor, positions: Tensor, segments: Tensor) -> Tensor:
    self.convert_masters()
    hidden, inner = self.forward_rows(self.embed_rows(pixels, ids), positions, segments)
    return torch.argmax(torch.linear(hidden, self.weights["lm_head.weight"]), 2)

  # What the linear head of pre-training says of each patch: (N, P, K + 4), classes (0 = nothing), then four edges.
  def patch_answers(self: __torch__.Model, pixels: Tensor) -> Tensor:
    return torch.to(torch.linear(self.features(pixels), self.weights["patch_head.weight"], self.weights["patch_head.bias"]), 6)

  # classes and weights: (N, P); edges: (N, P, 4), 0..1. -> loss, class loss and edge loss by weight, share of object patches
  # whose class is right, share of empty patches found empty, mean IoU of object patches
  def patch_loss(self: __torch__.Model, pixels: Tensor, classes: Tensor, edges: Tensor, weights: Tensor) -> Tensor:
    answers = self.patch_answers(pixels)
    count = torch.size(answers, 2) - 4
    scores = torch.flatten(torch.slice(answers, 2, 0, count), 0, 1)
    said = torch.flatten(torch.slice(answers, 2, count), 0, 1)
    targets = torch.flatten(classes)
    counted = torch.flatten(weights)
    class_losses = torch.cross_entropy_loss(scores, targets, None, 0, -100, 0.)
    class_loss = torch.div(torch.sum(torch.mul(class_losses, counted)), torch.sum(counted))
    filled = torch.flatten(torch.nonzero(targets))
    true_edges = torch.index_select(torch.flatten(edges, 0, 1), 0, filled)
    said_edges = torch.index_select(said, 0, filled)
    counted_filled = torch.index_select(counted, 0, filled)
    shares = torch.div(counted_filled, torch.sum(counted_filled))
    edge_distances = torch.mean(torch.abs(torch.sub(said_edges, true_edges)), [1], False)
    edge_loss = torch.sum(torch.mul(edge_distances, shares))
    right = torch.to(torch.eq(torch.argmax(scores, 1), targets), 6)
    right_filled = torch.mean(torch.index_select(right, 0, filled))
    empty = torch.flatten(torch.nonzero(torch.eq(targets, 0)))
    right_empty = torch.mean(torch.index_select(right, 0, empty))
    # The mean distance of edges counts little for small objects, the overlap alike for all.
    overlaps = self.overlap(said_edges, true_edges)
    counted_overlap = torch.sum(torch.mul(overlaps, shares))
    loss = torch.sub(torch.add(class_loss, torch.mul(edge_loss, 5.)), torch.sub(counted_overlap, 1.))
    return torch.stack([loss, class_loss, edge_loss, right_filled, right_empty, torch.mean(overlaps)])

  # Intersection over union of boxes given by their edges, (M, 4) and (M, 4) -> (M)
  def overlap(self: __torch__.Model, a: Tensor, b: Tensor) -> Tensor:
    low = torch.maximum(torch.slice(a, 1, 0, 2), torch.slice(b, 1, 0, 2))
    high = torch.minimum(torch.slice(a, 1, 2), torch.slice(b, 1, 2))
    both = torch.prod(torch.clamp(torch.sub(high, low), 0.), 1)
    area_a = torch.prod(torch.clamp(torch.sub(torch.slice(a, 1, 2), torch.slice(a, 1, 0, 2)), 0.), 1)
    area_b = torch.prod(torch.sub(torch.slice(b, 1, 2), torch.slice(b, 1, 0, 2)), 1)
    return torch.div(both, torch.clamp(torch.sub(torch.add(area_a, area_b), both), 1.0e-9))

  def train_patches(self: __torch__.Model, pixels: Tensor, classes: Tensor, edges: Tensor, weights: Tensor, share: Tensor) -> Tensor:
    self.convert_masters()
    losses = self.patch_loss(pixels, classes, edges, weights)
    torch.backward(torch.mul(torch.select(losses, 0, 0), torch.squeeze(share)))
    return self.to_host(torch.detach(losses))

  def measure_patches(self: __torch__.Model, pixels: Tensor, classes: Tensor, edges: Tensor, weights: Tensor) -> Tensor:
    self.convert_masters()
    return self.patch_loss(pixels, classes, edges, weights)

  # The gradient a master has collected; empty if none reached it.
  def gradient(self: __torch__.Model, name: str) -> Tensor:
    master = self.weights["master." + name]
    found = master.grad
    if torch.__isnot__(found, None):
      result = unchecked_cast(Tensor, found)
    else:
      result = torch.zeros([0], device=master.device)
    return result

  # Replaces a collected gradient, for tests of the optimiser alone.
  def set_gradient(self: __torch__.Model, name: str, value: Tensor) -> NoneType:
    copied = torch.copy_(self.gradient(name), value)
    return None

  def clear_gradients(self: __torch__.Model) -> NoneType:
    for name in list(self.weights.keys()):
      if name.startswith("master."):
        cleared = torch.zero_(self.gradient(torch.slice(name, 7)))
    return None

  # Length of all gradients taken as one vector.
  def gradient_norm(self: __torch__.Model) -> Tensor:
    squares = annotate(List[Tensor], [])
    for name in list(self.weights.keys()):
      if name.startswith("master."):
        gradient = self.gradient(torch.slice(name, 7))
        longer = torch.append(squares, torch.sum(torch.mul(gradient, gradient)))
    return torch.sqrt(torch.sum(torch.stack(squares)))

  # One parameter's step of AdamW (Loshchilov and Hutter; order of operations as torch's). The gradient is multiplied by
  # factor first; step_size = rate / (1 - beta1^t); root_correction = sqrt(1 - beta2^t).
  def adamw(self: __torch__.Model, name: str, factor: float, rate: float, decay: float, beta1: float, beta2: float, step_size: float, root_correction: float, eps: float) -> NoneType:
    weight = self.weights["master." + name]
    gradient = torch.mul(self.gradient(name), factor)
    if not (("adamw.mean." + name) in self.weights):
      self.weights["adamw.mean." + name] = torch.zeros_like(gradient)
      self.weights["adamw.square." + name] = torch.zeros_like(gradient)
    mean = self.weights["adamw.mean." + name]
    square = self.weights["adamw.square." + name]
    decayed = torch.mul_(weight, 1. - rate * decay)
    mean1 = torch.add_(torch.mul_(mean, beta1), gradient, alpha=1. - beta1)
    square1 = torch.addcmul_(torch.mul_(square, beta2), gradient, gradient, value=1. - beta2)
    root = torch.add_(torch.div(torch.sqrt(square), root_correction), eps)
    moved = torch.addcdiv_(weight, mean, root, value=-step_size)
    return None

  # A product as the layers have it, for timing.
  def product(self: __torch__.Model, x: Tensor, weight: Tensor, dtype: int, times: int) -> Tensor:
    a = torch.to(x, dtype)
    b = torch.to(weight, dtype)
    y = torch.linear(a, b)
    for i in range(times):
      y = torch.linear(a, b)
    return torch.to(torch.sum(torch.to(y, 6)), 6)
