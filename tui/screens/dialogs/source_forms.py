"""The questions behind `a` and `e` of the sources screen: an address becomes a source, a source is changed.

The test runs in a child process, because nothing that an address sends is safe until it is read.
"""

import asyncio
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from textual import on
from textual.app import App
from textual.content import Content
from textual.events import Mount

from feeds.config import Candidate
from feeds.config.editing import source_entry
from feeds.controls import excerpt, printable
from feeds.model import Source
from tui.answers import result_of_test, shown_address
from tui.screens.dialogs.dialog import Dialog
from tui.screens.dialogs.name import NameScreen
from tui.widgets.menus.row_list import RowList
from tui.words import _

COMMAND = (sys.executable, "-P", "-m", "tui")
PATIENCE = 60.0  # seconds for all requests of a test


class ChoiceScreen(Dialog[int]):
    """Offers lines. Answers the number of the chosen one, from 0, or None."""

    def __init__(self, heading: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._heading = heading
        self._lines = lines

    def heading(self) -> str:
        """The box's title."""
        return self._heading

    @on(Mount)
    def _fill(self) -> None:
        self.query_one(RowList).show([Content(line) for line in self._lines], cursor=0)

    @on(RowList.RowChosen)
    def _answer(self, event: RowList.RowChosen) -> None:
        self.dismiss(event.index)


async def find_sources(address: str, config: Path) -> list[Candidate] | str:
    """The sources that an address can be, each tested; or a sentence that says why there is no source.

    The process of the test ends with this call, however the call ends. Raises OSError if there can be no process.
    """
    words = ("--config", str(config), "source", "test", "--json", "--", address)
    process = await asyncio.create_subprocess_exec(
        *COMMAND, *words, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, start_new_session=True
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    except TimeoutError:
        return _("{address} does not answer").format(address=excerpt(printable(address), 200))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    try:
        return msgspec.json.decode(out, type=list[Candidate])
    except msgspec.DecodeError:
        said = printable(err.decode(errors="replace")).strip().splitlines()
        return said[-1].removeprefix("zhengwen: ") if said else _("it cannot be tested")


async def ask_for_source(app: App[object], config: Path, others: Sequence[Source]) -> dict[str, Any] | None:
    """Ask for an address, test it, and ask for name and category. The keys of a new [[source]], or None."""
    what = _("A feed, a page that names its feeds, a channel of Sina, or a folder of posts")
    address = await app.push_screen_wait(NameScreen(_("Add a source"), what))
    if not address:
        return None
    app.notify(_("{address} is being asked").format(address=excerpt(printable(address), 100)), markup=False)
    found = await find_sources(address, config)
    if isinstance(found, str):
        app.notify(found, severity="error", markup=False)
        return None
    number: int | None = 0
    if len(found) > 1:
        lines = [f"{one.source.name}  {shown_address(one.source)}  {result_of_test(one)}" for one in found]
        number = await app.push_screen_wait(ChoiceScreen(_("Sources of this address"), lines))
    if number is None:
        return None
    chosen = found[number]
    if chosen.fault:
        app.notify(result_of_test(chosen), severity="error", markup=False)
        return None
    proposed = source_entry(chosen.source, others)["name"]
    name = await app.push_screen_wait(NameScreen(_("Name"), result_of_test(chosen), proposed))
    category = name and await app.push_screen_wait(NameScreen(_("Category"), _category_note()))
    return None if not name or category is None else source_entry(chosen.source, others, name=name, category=category)


async def ask_for_changes(app: App[object], source: Source) -> dict[str, Any]:
    """Ask for another name, address, category and mute words. The keys that change, no key if a question is left."""
    place = "url" if source.url else "channel"
    before = {
        "name": source.name,
        place: shown_address(source),
        "category": "/".join(source.category),
        "mute": "、".join(source.mute),
    }
    notes = {
        "name": "",
        place: _("Its login stays if the address stays"),
        "category": _category_note(),
        "mute": _("A new article with one of these words is hidden, as 广告、招聘; is:hidden finds it"),
    }
    headings = {"name": _("Name"), place: _("Address"), "category": _("Category"), "mute": _("Mute words")}
    after = dict(before)
    for number, (key, text) in enumerate(before.items(), 1):
        heading = f"{headings[key]} {number}/{len(before)}"
        answer = await app.push_screen_wait(NameScreen(heading, notes[key], text))
        if answer is None:
            return {}
        after[key] = answer
    words = after.pop("mute")
    changes: dict[str, Any] = {key: value for key, value in after.items() if value and value != before[key]}
    if words != before["mute"]:
        changes["mute"] = [word for part in re.split("[、，,;；]", words) if (word := part.strip())] or None
    if "name" in changes and source.category == (source.name,):
        changes.setdefault("category", source.name)  # its articles are filed under the old name
    return changes


def _category_note() -> str:
    return _("The path of the category, such as 部委/工信部")
