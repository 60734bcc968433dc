"""Exports and pipes at work, for every screen: in a thread of their own, with a notice of how far they are."""
