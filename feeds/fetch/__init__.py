"""One request → one Page. Owns httpx and httpcore.

fetcher      sends requests, follows redirects, tries again
permission   which addresses may be requested; numbers (which IP addresses)
connections  direct connections and proxies; environment (proxies and certificates from variables)
settings     the request settings of one source; secrets (where they are read)
courtesy     the limits for each host, Retry-After
bodies       unpacks answers within a limit
"""

from feeds.fetch.courtesy import retry_after_of
from feeds.fetch.fetcher import Fetcher
from feeds.fetch.permission import is_local, web_address

__all__ = ["Fetcher", "is_local", "retry_after_of", "web_address"]
