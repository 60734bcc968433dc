"""The `rule` commands: the rules and mute words of config.toml."""
