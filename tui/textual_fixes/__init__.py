"""Workarounds for Textual's own faults, each with the version in which it was seen and a test beside its name.

A file states one fault, its cause in Textual and what is done instead. When a new Textual mends it, the file goes.
"""
