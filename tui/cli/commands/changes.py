"""The output of `zhengwen show ID --changes`: what each version of an article changed, as lines or JSON."""

import json
from collections.abc import Iterator

from feeds.compare import Comparison, changes_of, versions_of
from feeds.model import Article
from tui.cli.output import hanging_lines
from tui.text import minute_of
from tui.widgets.layout.differences import heading_of, lines_of, marked_wording, signs_of, summary_of
from tui.words import _


def change_lines(article: Article, *, as_json: bool) -> Iterator[str]:
    """The changes of all versions, the latest first. As JSON one object."""
    if any(past.plan is None for past in article.earlier):
        from feeds.assembly import with_earlier_plans  # with the rules of plans

        article = with_earlier_plans(article)
    if as_json:
        from feeds.export.versions import changes_json

        told = changes_json(article, versions_of(article), list(changes_of(article)))
        yield json.dumps(told, ensure_ascii=False)
        return
    yield from hanging_lines("", article.title or _("untitled"))
    if not article.earlier:
        yield _("No earlier version of this article is kept.")
    count = len(article.earlier) + 1
    for change in changes_of(article):
        times = [minute_of(one.since) for one in (change.before, change.after)]
        said = _("version {before} ({first}) → version {after} of {count} ({last})").format(
            before=change.before.number, after=change.after.number, count=count, first=times[0], last=times[1]
        )
        yield ""
        yield from hanging_lines("", said)
        if change.before.title != change.after.title:
            yield from hanging_lines("~  ", marked_wording(change.title))
        for name, found in ((_("Plan"), change.plan), (_("Text"), change.texts)):
            yield from hanging_lines("", f"{name}: {summary_of(found)}")
            yield from _lines(found)


def _lines(found: Comparison) -> Iterator[str]:
    """A line for each difference behind its sign, the parts of a plan under the headings of their kinds."""
    section = _("Text")
    for pairing, line in lines_of(found, everything=False):
        if (heading := heading_of(pairing)) != section:
            section = heading
            yield f"  {heading}"
        yield from hanging_lines(f"  {signs_of(pairing)} {'  ' * pairing.depth}", line)
