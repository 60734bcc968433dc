"""The table of targets and the table of documents: statements and mentions of all articles, joined."""
