"""Public bodies and their names: the lists, and which names mean one body."""

from feeds.agencies.names import (
    LOCAL_SHORT_FORMS,
    agency_rows,
    names_of,
    official_name,
    province_rows,
    short_name,
)

__all__ = ["LOCAL_SHORT_FORMS", "agency_rows", "names_of", "official_name", "province_rows", "short_name"]
