"""The attachments of an article: files beside its text. Pure."""

from feeds.attachments.files import (
    ATTACHMENTS_LIMIT,
    FILE,
    MEDIA_TYPES,
    NAME_LIMIT,
    SIZE_LIMIT,
    attachment_key,
    file_name_of,
    joined_attachments,
    kind_and_size,
    size_text,
)

__all__ = [
    "ATTACHMENTS_LIMIT",
    "FILE",
    "MEDIA_TYPES",
    "NAME_LIMIT",
    "SIZE_LIMIT",
    "attachment_key",
    "file_name_of",
    "joined_attachments",
    "kind_and_size",
    "size_text",
]
