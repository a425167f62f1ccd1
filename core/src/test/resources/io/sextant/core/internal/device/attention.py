  # Attention without what may not be seen. query: (B, H, T, D), keys and values: (B, H, S, D), bias: (T, S)
  def attention(self: __torch__.Model, query: Tensor, keys: Tensor, values: Tensor, bias: Tensor, dtype: int) -> Tensor:
    return self.attention_product(torch.to(query, dtype), torch.to(keys, dtype), torch.to(values, dtype), torch.to(bias, dtype))
