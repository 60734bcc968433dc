"""What other programs read: one JSON form of an article, a row and a plan (docs/json.md). Pure.

Nothing is imported here: `list --json` needs `rows` alone, and the numbers behind a plan's values bring feeds.plan in.
"""
