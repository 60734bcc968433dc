"""The dialogs: boxes over a screen that answer and are gone. The main screen opens them (tui/screens/main/parts)."""
