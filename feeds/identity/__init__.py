"""The identity of an article: its names, and whether two with a common name are the same. Pure.

It is beside the model, because parse, poller and archive must use the same rules.

urls      which spellings of an address mean the same page
names     the keys of an entry, alone and among the other entries of its answer
sameness  whether an entry of a source is an article that the archive has
"""

from feeds.identity.names import NamedEntries, file_key, id_of, keys_of, name_entries, names_of
from feeds.identity.sameness import ItemFacts, facts_of_article, facts_of_entry, has_same_title, is_repeat, is_same
from feeds.identity.urls import canonical_url, docid_of, exact_url

__all__ = [
    "ItemFacts",
    "NamedEntries",
    "canonical_url",
    "docid_of",
    "exact_url",
    "facts_of_article",
    "facts_of_entry",
    "file_key",
    "has_same_title",
    "id_of",
    "is_repeat",
    "is_same",
    "keys_of",
    "name_entries",
    "names_of",
]
