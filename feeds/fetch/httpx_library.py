"""httpx without its command line, which would import rich, pygments and click: 6 MB and a tenth of a second."""

import sys

sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type] # None means "not there"; httpx can do without it

import httpx  # noqa: E402 -- after the line above

__all__ = ["httpx"]
