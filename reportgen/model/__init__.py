"""The nouns: frozen, typed, checked when they are made; no I/O, and nothing of ours is imported."""
