"""Text that a reader chooses in an article, by keys or by the mouse."""
