"""Everything that needs no screen: fetch, parse, plan, archive, and the poller that uses them."""
