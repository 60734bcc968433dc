"""Rules and mute words on articles that are stored: which find one, what they give it, and which wait for that."""

from feeds.archive.sqlite.rules.application import RuleApplication

__all__ = ["RuleApplication"]
