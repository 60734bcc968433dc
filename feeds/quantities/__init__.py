"""Pure: numbers as Chinese prose writes them (numerals), and the amount behind a target's printed value (amounts).

The plan reads them, and so do the archive's tables, which may not import the plan. Nothing is imported here: who reads
counts needs no amounts.
"""
