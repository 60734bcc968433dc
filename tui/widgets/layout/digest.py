"""A digest in words: sections with a heading and lines, for the panel and the command line. Pure."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from feeds.model import Target
from tui.text import minute_of
from tui.widgets.layout.outline import figure_of
from tui.words import _, ngettext

if TYPE_CHECKING:
    from feeds.digest import Digest
    from feeds.targets import TargetRow


def digest_title(digest: "Digest") -> str:
    """The moment that the digest begins with."""
    return _("Since {time}").format(time=minute_of(digest.since))


def digest_summary(digest: "Digest") -> str:
    """The counts in a line."""
    new, edited, due = digest.new, digest.edited_total, digest.due_total
    words = (
        ngettext("{n} new article", "{n} new articles", new) if new else "",
        ngettext("{n} edited", "{n} edited", edited) if edited else "",
        ngettext("{n} due within 30 days", "{n} due within 30 days", due) if due else "",
    )
    return ", ".join(filter(None, words)) or _("Nothing new.")


def digest_sections(digest: "Digest", rows: int) -> Iterator[tuple[str, list[str]]]:
    """The sections that have something, each with at most `rows` lines and how many more there are."""
    counted = [("", digest.new)] if digest.new and not (digest.views or digest.agencies) else []
    new = [f"{one.name}  {one.count}" for one in digest.views[:rows]]
    agencies = "、".join(f"{one.name} {one.count}" for one in digest.agencies[:8])
    new += [agencies] if agencies else []
    sections = (
        (ngettext("{n} new article", "{n} new articles", digest.new), new, len(new), bool(counted or new)),
        (
            ngettext("{n} new document", "{n} new documents", digest.documents_total),
            [f"《{row.title}》  {'、'.join(row.issuers[:2])}".rstrip() for row in digest.documents[:rows]],
            digest.documents_total,
            bool(digest.documents_total),
        ),
        (
            ngettext("{n} edited", "{n} edited", digest.edited_total),
            [row.title for row in digest.edited[:rows]],
            digest.edited_total,
            bool(digest.edited_total),
        ),
        (
            ngettext("{n} due within 30 days", "{n} due within 30 days", digest.due_total),
            [_due_line(row) for row in digest.due[:rows]],
            digest.due_total,
            bool(digest.due_total),
        ),
    )
    for heading, lines, total, wanted in sections:
        if wanted:
            more = total - len(lines)
            yield heading, lines + ([ngettext("… {n} more", "… {n} more", more)] if more > 0 and lines else [])


def _due_line(row: "TargetRow") -> str:
    part = row.latest.part
    words = [part.deadline, *((part.indicator, figure_of(part)) if isinstance(part, Target) else (part.text,))]
    return "  ".join(filter(None, words)) + (f"  《{row.document}》" if row.document else "")
