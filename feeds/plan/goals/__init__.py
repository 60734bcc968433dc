"""Aims and their dates: dates with the clauses they govern; clauses with a figure become targets, the others goals."""

from feeds.plan.goals.reader import aims_of

__all__ = ["aims_of"]
