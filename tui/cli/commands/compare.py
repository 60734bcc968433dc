"""`zhengwen compare A B`: the plans of two articles, or their texts, side by side, as lines, Markdown or JSON."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from feeds.model import Article
from tui.cli.output import hanging_lines, say_lines
from tui.cli.setting import Setting, common, pass_setting
from tui.words import _

if TYPE_CHECKING:
    from feeds.compare import Comparison


@click.command(
    help=_(
        "Compare the plans of two articles. A and B: a file, an address, an archived ID, a document's title in 《》 or "
        "its key, ID@N for a version of an article, or - for standard input. A document alone: its draft with its "
        "final text. An ID alone: the article before its last edit and after it."
    )
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B", required=False)
@click.option("--text", "texts", is_flag=True, help=_("Compare the full texts, clause by clause."))
@click.option("--all", "everything", is_flag=True, help=_("Print what is the same too."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the comparison as one JSON object."))
@click.option("--md", "as_markdown", is_flag=True, help=_("Print the comparison as Markdown."))
@common
@pass_setting
def compare(
    setting: Setting, before: str, after: str | None, *, texts: bool, everything: bool, as_json: bool, as_markdown: bool
) -> None:
    """Print what is the same, changed, new, gone and moved."""
    from feeds.compare import compare as compare_plans
    from feeds.compare import compare_texts
    from tui.cli import reading

    if as_json and as_markdown:
        raise click.UsageError(_("--json and --md do not go together"))
    now = datetime.now().astimezone()
    if after is not None:
        old, new = (reading.article_named(setting, name, now) for name in (before, after))
    elif pair := reading.pair_named(setting, before, now):
        old, new = pair
    else:
        raise click.MissingParameter(param_hint="'B'", param_type="argument")
    found = compare_texts(old.paragraphs, new.paragraphs) if texts else compare_plans(old.plan, new.plan)
    if as_json:
        from feeds.export.comparisons import comparison_json

        lines: Iterator[str] = iter([json.dumps(comparison_json(old, new, found), ensure_ascii=False)])
    elif as_markdown:
        lines = _markdown(old, new, found, everything=everything)
    else:
        lines = _plain(old, new, found, everything=everything)
    say_lines(lines, as_json=as_json)


def _plain(before: Article, after: Article, found: "Comparison", *, everything: bool) -> Iterator[str]:
    """Lines for a terminal of 80 columns: a sign in front of each line says what became of it."""
    from tui.widgets.layout.differences import heading_of, lines_of, signs_of, summary_of

    for name, article in (("A", before), ("B", after)):
        yield from hanging_lines(f"{name}  ", article.title or _("untitled"))
    yield ""
    yield from hanging_lines("", summary_of(found))
    section = ""
    for pairing, line in lines_of(found, everything=everything):
        if (heading := heading_of(pairing)) != section:
            section = heading
            yield from ("", heading)
        yield from hanging_lines(f"{signs_of(pairing)} {'  ' * pairing.depth}", line)


def _markdown(before: Article, after: Article, found: "Comparison", *, everything: bool) -> Iterator[str]:
    """The same as a list in Markdown. Marks that stand in the texts are escaped."""
    from tui.widgets.layout.differences import change_name, escape_markdown, heading_of, lines_of, summary_of

    yield f"# {escape_markdown(before.title or _('untitled'))} ↔ {escape_markdown(after.title or _('untitled'))}"
    yield ""
    yield summary_of(found, legend=False)
    section = ""
    for pairing, line in lines_of(found, everything=everything, marks=("~~", "~~", "**", "**"), escape=True):
        if (heading := heading_of(pairing)) != section:
            section = heading
            yield from ("", f"## {heading}", "")
        words = [change_name(pairing)] if pairing.change != "same" else []
        words += [_("moved")] if pairing.moved else []
        yield f"{'  ' * pairing.depth}- {line}" + (f" ({_(', ').join(words)})" if words else "")
