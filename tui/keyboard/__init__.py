"""Keys on their way to commands: sequences of keys, counts before them, and the keys that a reader gave commands."""
