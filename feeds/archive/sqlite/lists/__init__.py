"""Lists of articles: newest first or best first, and how many articles each label has."""
