"""An embedded Sina on 127.0.0.1: the same roll, live, syndication and article-page formats, with articles of its own.

It stands here, and not among the tests, because `zhengwen --demo` ships it: somebody without a network sees the whole
program at work, and the real poller polls it over real HTTP. The tests poll the same server. Everything it serves is
invented: no plan, company, figure or claim in `articles/` exists outside this folder, and no person is named.
It knows nothing of the other rooms (feeds.model apart) and needs nothing but the standard library and msgspec.
"""

from feeds.demo.samples import samples
from feeds.demo.server import DemoServer
from feeds.demo.settings import demo_config

__all__ = ["DemoServer", "demo_config", "samples"]
