"""The reader on an article whose link gives no text, and the key that asks for the text again."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from feeds.archive import Archive
from feeds.events import ArticleFetched
from feeds.model import Flags, Instead
from tests.tui.sample import NOW, dashboard_of, filled, made, screen_text, until
from tests.tui.test_reader import article, texts
from tui.answers import line_of, outcome_of, what_of
from tui.messages import PollEventsArrived
from tui.polling import Polling
from tui.widgets.layout.page import Measure, page_of
from tui.widgets.reader import Reader

PDF = Instead("pdf", "application/pdf")


def said(instead: Instead | None, summary: str = "提要一句。") -> list[str]:
    shown = article((), summary=summary, instead=instead)
    lines = texts(page_of(shown, Flags(), Measure(0, 76)))
    rule = next(at for at, text in enumerate(lines) if text.startswith("─"))
    return lines[rule + 1 :]


def test_the_summary_stands_first_and_then_what_the_link_is() -> None:
    assert said(PDF) == ["    提要一句。", "", "The link is a PDF file (application/pdf); o opens it."]
    assert said(None) == ["    提要一句。"]
    told = " ".join(said(Instead("check"))[2:])
    assert told.startswith("The link showed a page that asks for a verification. w asks for the text")
    assert said(PDF, "") == ["The link is a PDF file (application/pdf); o opens it."]
    assert said(None, "") == ["The feed gave no text for this article. Its page may have it."]


def test_a_text_needs_no_word_about_its_link() -> None:
    assert line_of(article(instead=PDF), keys=True) == ""


def test_a_kind_of_a_later_version_is_a_file() -> None:
    assert what_of(Instead("hologram", "model/x")) == "a file that is no text (model/x)"


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (ArticleFetched(NOW, "a", "灌区", changed=True), "灌区: the text has come"),
        (ArticleFetched(NOW, "a", "灌区"), "灌区: the same text came again"),
        (ArticleFetched(NOW, "a", "灌区", instead=PDF), "灌区: the link is a PDF file (application/pdf)"),
    ],
)
def test_what_came_of_asking_again_is_told_in_a_line(event: ArticleFetched, words: str) -> None:
    assert outcome_of(event) == words


class Asked(Polling):
    """A poller that only writes down for which articles it was asked."""

    def __init__(self, path: Path) -> None:
        super().__init__(path / "config.toml", path, command=("false",))
        self.names: list[str] = []

    async def fetch(self, names: Sequence[str]) -> bool:
        """Listens."""
        self.names += names
        return True


async def test_w_asks_for_the_text_of_the_article_and_shows_it_when_it_comes(tmp_path: Path) -> None:
    path = filled(tmp_path, 3)
    first = made(0)
    with Archive.open(path, write=True) as archive:
        archive.set_texts([replace(first, blocks=(), instead=Instead("check"))])
    polling = Asked(path)
    async with dashboard_of(path, polling=polling) as (app, pilot):
        assert "a page that asks for a verification" in screen_text(app)
        await pilot.press("w")
        await until(pilot, lambda: polling.names == [first.id], "the wish")
        with Archive.open(path, write=True) as archive:
            archive.store(first)
        app.main_screen.post_message(PollEventsArrived((ArticleFetched(NOW, first.id, first.title, changed=True),)))
        await until(pilot, lambda: (shown := app.main_screen.query_one(Reader).article) and shown.blocks, "the text")
        await until(pilot, lambda: "the text has come" in screen_text(app), "the word")


async def test_w_without_a_poller_says_so(tmp_path: Path) -> None:
    async with dashboard_of(filled(tmp_path, 3)) as (app, pilot):
        await pilot.press("w")
        await until(pilot, lambda: [note for note in app._notifications if "No poller" in note.message], "the word")
