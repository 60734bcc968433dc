"""The type of a column of an article's row: JSON keeps it."""

Value = int | float | str | None
