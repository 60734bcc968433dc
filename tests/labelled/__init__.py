"""Invented posts, each with the plan that a careful reader finds in it, and the scorer."""
