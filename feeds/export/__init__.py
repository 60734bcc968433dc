"""JSON for other programs: one form of an article, a row and a plan (docs/json.md). Pure.

This package imports nothing, because `list --json` needs only `rows`, and `plans` computes amounts.
"""
