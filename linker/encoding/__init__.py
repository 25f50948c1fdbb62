"""Texts to vectors: the encoder protocol, its two implementations and the embedding cache."""
