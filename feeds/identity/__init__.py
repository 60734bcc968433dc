"""What an article is known by. Beside the model, because parse, poller and archive must agree on it.

urls      which spellings of an address are one
names     the keys of an entry, by itself and among the others of its answer
sameness  whether what a source lists now is an article that the archive has
"""

from feeds.identity.names import Naming, file_key, id_of, keys_of, named, names_of
from feeds.identity.sameness import Said, is_repeated, is_same, said_by, said_in, same_title
from feeds.identity.urls import canonical_url, docid_of, exact_url

__all__ = [
    "Naming",
    "Said",
    "canonical_url",
    "docid_of",
    "exact_url",
    "file_key",
    "id_of",
    "is_repeated",
    "is_same",
    "keys_of",
    "named",
    "names_of",
    "said_by",
    "said_in",
    "same_title",
]
