"""Text for XML and HTML: nothing in it is markup, and no character is left that a file of XML may not have."""

import re

from feeds.controls import blank_controls

_NOT_XML = re.compile("[\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_ESCAPED = str.maketrans(_ESCAPES)


def escape_markup(text: str) -> str:
    """A text as the content of an element or of an attribute."""
    return _NOT_XML.sub("\ufffd", blank_controls(text)).translate(_ESCAPED)


def is_web(address: str) -> bool:
    """Whether an address may stand in a link."""
    return address.startswith(("https://", "http://"))
