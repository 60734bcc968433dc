"""The marks before the points of a text: ordinals, circled numbers, bullets. Each set is defined here and nowhere else.

The reader of pages, the plan and the layout of a screen must agree on them: what one takes for the head of a point must
not be a word for the other. The sets are parts of patterns: characters for a class, or a small pattern of their own.
"""

DIGITS = "一二三四五六七八九十"
"""Characters of a Chinese ordinal, for a class."""
ORDINAL = f"[{DIGITS}]{{1,3}}"
"""A Chinese ordinal: 三, 十一, 二十一."""
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
"""Circled numbers in their order from one, for a class."""
BULLETS = "·•●○▪▷►▶■□◆◇★☆▲△◎✓√"
"""Bullets, for a class."""
