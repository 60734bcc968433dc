"""The main screen: list, text and plan with their bars, and everything that a reader does there."""

from tui.screens.main.screen import MainScreen

__all__ = ["MainScreen"]
