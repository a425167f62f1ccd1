  # Fails in the words given, as an operator of libtorch would.
  def fail(self: __torch__.Model, words: str) -> Tensor:
    if torch.len(words) > 0:
      ops.prim.RaiseException(words)
    return torch.zeros([1])
