"""An embedded Sina on 127.0.0.1: the same formats of roll, live, syndication and article pages, with its own articles.

It is here, and not among the tests, because `zhengwen --demo` uses it: without a network, the reader can try the whole
program, and the real poller polls it over real HTTP. The tests poll the same server. All its articles are invented: no
plan, company, figure or claim in `articles/` exists outside this folder, and no person is named. It imports nothing but
feeds.model, the registry of feeds.kinds (a kind may serve a path of its own), the standard library and msgspec.
"""

from feeds.demo.samples import samples
from feeds.demo.server import DemoServer
from feeds.demo.settings import demo_config

__all__ = ["DemoServer", "demo_config", "samples"]
