"""`zhengwen rule …`: the rules and mute words of config.toml."""
