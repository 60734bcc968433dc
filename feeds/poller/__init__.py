"""The poller: due → fetch → workers → archive, for each source.

poller       all sources: when each is polled, the events, the upkeep of the archive
source_poll  one poll of one source; source_list (its list), matching (which article an entry is), texts (its pages)
batches      stores articles together; refetch fetches pages again for the reader
states       keeps the state of each source; claims, clocks and wrong_texts are its tests
"""

from feeds.poller.poller import Poller

__all__ = ["Poller"]
