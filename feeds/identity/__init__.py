"""What an article is known by. Beside the model, because parse, poller and archive must agree on it.

urls      which spellings of an address are one
names     the keys of an entry, by itself and among the others of its answer
sameness  whether what a source lists now is an article that the archive has
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
