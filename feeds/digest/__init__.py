"""The news of an archive since a moment: new articles and documents, edits, what falls due soon."""

from feeds.digest.counting import CountedName, Digest, digest_of
from feeds.digest.forms import digest_json

__all__ = ["CountedName", "Digest", "digest_json", "digest_of"]
