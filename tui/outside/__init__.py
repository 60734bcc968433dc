"""Programs outside of zhengwen, which get a text or the terminal: the clipboard's, the reader's editor.

No shell reads anything, and nothing of a feed becomes an argument.
"""
