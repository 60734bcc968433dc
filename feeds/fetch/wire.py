"""httpx without its command line, which would bring in rich, pygments and click: 6 MB and a tenth of a second."""

import sys

sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type] # None: "not there", which httpx is ready for

import httpx  # noqa: E402 -- only now

__all__ = ["httpx"]
