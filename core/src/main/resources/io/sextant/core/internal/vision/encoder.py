  # The image encoder (EVA ViT) and the projector.
  #
  # B = batch, P = patches, C = encoder width, D = decoder width, G = patches per visual token.
  # Source of every step: minigpt4/models/eva_vit.py and minigpt_v2.py of the reference.

  # Position embeddings for a grid of side x side patches, bicubic as in eva_vit.py:373-394; always float32.
  # stored: (1, 1 + s * s, C), the class token's row first. -> (1, 1 + side * side, C)
  def interpolate_positions(self: __torch__.Model, stored: Tensor, side: int) -> Tensor:
    full = torch.to(stored, 6)
    width = torch.size(full, 2)
    rows = torch.size(full, 1) - 1
    source = int(torch.round(torch.sqrt(torch.tensor(float(rows)))).item())
    if source == side:
      result = full
    else:
      grid = torch.reshape(torch.slice(full, 1, 1), [1, source, source, width])
      resized = torch.upsample_bicubic2d(torch.permute(grid, [0, 3, 1, 2]), [side, side], False, None, None)
      flat = torch.reshape(torch.permute(resized, [0, 2, 3, 1]), [1, side * side, width])
      result = torch.cat([torch.slice(full, 1, 0, 1), flat], 1)
    return result

  # Replaces the stored position embeddings by those of this model's grid.
  def fit_positions(self: __torch__.Model, side: int, dtype: int) -> NoneType:
    fitted = self.interpolate_positions(self.weights["pos_embed"], side)
    self.weights["pos_embed"] = torch.to(fitted, dtype)
    return None

  # Self-attention of one block. The key has no bias; q is scaled before the product. x: (B, 1 + P, C)
  def patch_attention(self: __torch__.Model, x: Tensor, block: str, heads: int, probing: bool) -> Tensor:
    batch = torch.size(x, 0)
    length = torch.size(x, 1)
    width = torch.size(x, 2)
    q_bias = self.weights[block + "attn.q_bias"]
    v_bias = self.weights[block + "attn.v_bias"]
    bias = torch.cat([q_bias, torch.zeros_like(v_bias), v_bias], 0)
    qkv = self.linear(x, block + "attn.qkv.weight", bias)
    if probing:
      self.probe("block0.qkv", qkv)
    split = torch.permute(torch.reshape(qkv, [batch, length, 3, heads, width // heads]), [2, 0, 3, 1, 4])
    attended = self.attention_product(split[0], split[1], split[2], None)
    joined = torch.reshape(torch.transpose(attended, 1, 2), [batch, length, width])
    return self.linear(joined, block + "attn.proj.weight", self.weights[block + "attn.proj.bias"])

  # A layer norm in float32, as the residual stream is in the reference, handed on in the precision of the products.
  def layer_norm(self: __torch__.Model, x: Tensor, name: str, eps: float) -> Tensor:
    weight = self.weights[name + ".weight"]
    bias = self.weights[name + ".bias"]
    normed = torch.layer_norm(torch.to(x, 6), [torch.size(x, -1)], torch.to(weight, 6), torch.to(bias, 6), eps)
    return torch.to(normed, weight)

  # One pre-norm block: x + attention(norm1(x)), then + mlp(norm2(x)), exact GELU. x: (B, 1 + P, C), float32
  def encoder_block(self: __torch__.Model, x: Tensor, index: int, heads: int, eps: float) -> Tensor:
    name = "blocks." + str(index) + "."
    probing = self.probing and index == 0
    norm1 = self.layer_norm(x, name + "norm1", eps)
    attended = self.patch_attention(norm1, name, heads, probing)
    middle = torch.add(x, attended)
    norm2 = self.layer_norm(middle, name + "norm2", eps)
    fc1 = self.linear(norm2, name + "mlp.fc1.weight", self.weights[name + "mlp.fc1.bias"])
    activated = torch.gelu(fc1)
    mlp = self.linear(activated, name + "mlp.fc2.weight", self.weights[name + "mlp.fc2.bias"])
    if probing:
      self.probe("block0.norm1", norm1)
      self.probe("block0.attention", attended)
      self.probe("block0.norm2", norm2)
      self.probe("block0.fc1", fc1)
      self.probe("block0.gelu", activated)
      self.probe("block0.mlp", mlp)
    return torch.add(middle, mlp)

  # Pixel values (B, 3, H, W) -> normalised features of the patches, (B, P, C).
  def patch_features(self: __torch__.Model, pixels: Tensor, blocks: int, heads: int, eps: float, ln_vision_eps: float) -> Tensor:
    kernel = self.weights["patch_embed.proj.weight"]
    typed = torch.to(pixels, kernel)
    size = torch.size(kernel, 2)
    patches = torch.conv2d(typed, kernel, self.weights["patch_embed.proj.bias"], [size, size])
    flat = torch.transpose(torch.flatten(patches, 2), 1, 2)
    self.probe("patch_embedding", flat)
    batch = torch.size(flat, 0)
    width = torch.size(flat, 2)
    first = torch.expand(self.weights["cls_token"], [batch, 1, width])
    x = torch.to(torch.add(torch.cat([first, flat], 1), self.weights["pos_embed"]), 6)
    self.probe("embedded", x)
    for index in range(blocks):
      x = self.encoder_block(x, index, heads, eps)
      self.probe("block" + str(index), x)
    normed = self.layer_norm(x, "ln_vision", ln_vision_eps)
    self.probe("ln_vision", normed)
    return torch.slice(normed, 1, 1)

  # Features of the patches (B, P, C) -> visual tokens (B, P / G, D).
  def project_features(self: __torch__.Model, features: Tensor, group: int) -> Tensor:
    groups = torch.size(features, 1) // group
    grouped = torch.reshape(features, [torch.size(features, 0), groups, group * torch.size(features, 2)])
    self.probe("grouped", grouped)
    visual = self.linear(grouped, "llama_proj.weight", self.weights["llama_proj.bias"])
    self.probe("visual_tokens", visual)
    return visual

  # Pixel values (B, 3, H, W) -> visual tokens (B, P / G, D).
  def encode(self: __torch__.Model, pixels: Tensor, blocks: int, heads: int, eps: float, ln_vision_eps: float, group: int) -> Tensor:
    return self.project_features(self.patch_features(pixels, blocks, heads, eps, ln_vision_eps), group)
