"""The documents that an article is about, who issues them, and the public bodies in it."""

from feeds.plan.documents.bodies import HomePlace, home_of
from feeds.plan.documents.issuers import issuers_of
from feeds.plan.documents.sources import titles_of
from feeds.plan.documents.speakers import speakers_of
from feeds.plan.documents.titles import Title

__all__ = ["HomePlace", "Title", "home_of", "issuers_of", "speakers_of", "titles_of"]
