"""Figures that are to be reached, in a clause that a date governs or in a table."""

from feeds.plan.targets.clause import named_target, targets_in
from feeds.plan.targets.shapes import Names

__all__ = ["Names", "named_target", "targets_in"]
