"""Everything that happens without a screen: fetch, parse, plan, archive, and the poller that conducts them."""
