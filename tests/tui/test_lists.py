"""The generic list: what is drawn while rows are on their way, which thread is asked, and columns as values."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from msgspec import Struct
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.pilot import Pilot

from tests.tui.sample import until
from tui.text import cells
from tui.widgets.lists.fixed_rows import FixedRows
from tui.widgets.lists.list_pane import ListPane
from tui.widgets.lists.table import Column, RowTable

NOW = datetime(2026, 5, 6, 9, tzinfo=UTC)


class City(Struct, frozen=True):
    name: str
    people: int = 0


class Cities(Struct, frozen=True):
    """What a thread fetched."""

    start: int
    rows: tuple[City, ...]
    version: int


TABLE: RowTable[City] = RowTable(
    columns=(
        Column("mark", lambda _city, _now: (" -", "quiet"), gap=1),
        Column("people", lambda city, _now: (str(city.people), "accent"), 6, shown_from=30, gap=1, right=True),
    ),
    id_of=lambda city: city.name,
    text_of=lambda city: (city.name, "plain"),
    empty="",
)


@dataclass
class SlowCities:
    """Cities without end. A thread that asks for rows waits until `answers` is set; every call's thread is kept."""

    total: int = 2000
    exact: bool = True
    version: int = 0
    answers: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[int, int]] = field(default_factory=list)
    failure: Exception | None = None

    def count_on(self) -> bool:
        return False

    def window(self, start: int, count: int, /) -> Sequence[City]:
        self.asked.append((start, count))
        return [City(f"城市{number}号", number) for number in range(start, min(start + count, self.total))]

    def fetch(self, start: int, stop: int, /) -> Cities:
        version = self.version
        self.answers.wait(20)
        if self.failure:
            raise self.failure
        return Cities(start, tuple(self.window(start, stop - start)), version)

    def index_of(self, id: str, /) -> int | None:  # noqa: A002 -- the protocol's name
        return int(id.removeprefix("城市").removesuffix("号"))

    def refresh(self) -> bool:
        self.version += 1
        return True

    def steady(self) -> AbstractContextManager[None]:
        return nullcontext()


class CityApp(App[None]):
    def __init__(self, source: SlowCities | FixedRows[City]) -> None:
        super().__init__()
        self.source = source
        self.told: list[str] = []

    def compose(self) -> ComposeResult:
        yield ListPane(TABLE, clock=lambda: NOW)

    def on_mount(self) -> None:
        self.pane.show(self.source)
        self.pane.focus()

    @property
    def pane(self) -> "ListPane[City]":
        return self.query_one(ListPane)

    def on_list_pane_selection_moved(self, event: ListPane.SelectionMoved) -> None:
        self.told.append(f"selected {event.row.name if event.row else 'nothing'}")

    def on_list_pane_row_opened(self, event: ListPane.RowOpened) -> None:
        self.told.append(f"opened {event.row.name}")

    def lines(self) -> list[str]:
        return [self.pane.render_line(y).text.strip("▌ -") for y in range(self.pane.room.height)]


@pytest.fixture
def slow() -> Iterator[SlowCities]:
    source = SlowCities()
    yield source
    source.answers.set()


async def until_drawn(app: CityApp, pilot: Pilot[None], name: str) -> None:
    await until(pilot, lambda: any(line.startswith(name) for line in app.lines()), name)


async def test_the_first_picture_is_full_before_any_thread_answers(slow: SlowCities) -> None:
    app = CityApp(slow)
    async with app.run_test(size=(60, 50)) as pilot:
        await pilot.pause()
        assert all(line.startswith(f"城市{y}号") for y, line in enumerate(app.lines()))


@pytest.mark.parametrize("key", ["G", "end", "ctrl+f", "ctrl+d"])
async def test_a_source_that_never_answers_leaves_the_frame_drawn_and_the_keys_alive(
    slow: SlowCities, key: str
) -> None:
    app = CityApp(slow)
    async with app.run_test(size=(60, 50)) as pilot:
        await pilot.press(*[key] * 4)
        await pilot.pause()
        lines = app.lines()
        assert len(lines) == 50
        assert "" in lines
        asked = list(slow.asked)
        app.lines()
        assert slow.asked == asked
        await pilot.press("g")
        await pilot.pause()
        assert app.pane.position == (0, 2000)
        assert app.lines()[0].startswith("城市0号")
        await pilot.press("G", "enter")
        await pilot.pause()
        assert app.told[-1] == "selected 城市0号"
        slow.answers.set()
        await until_drawn(app, pilot, "城市1999号")
        await until(pilot, lambda: app.told[-1] == "opened 城市1999号", "the opening")
        assert app.told[-2] == "selected 城市1999号"
        assert "" not in app.lines()


async def test_drawing_asks_nothing_of_the_source(slow: SlowCities) -> None:
    app = CityApp(slow)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        slow.asked.clear()
        for top in (0, 30, 700, 1500):
            app.pane.scroll_to_line(top)
            app.pane.redraw()
            assert len([app.pane.render_line(y) for y in range(20)]) == 20
        assert slow.asked == []


async def test_a_key_held_down_meets_no_blank_row(slow: SlowCities) -> None:
    slow.answers.set()
    app = CityApp(slow)
    async with app.run_test(size=(60, 30)) as pilot:
        for _press in range(300):
            await pilot.press("j")
            assert "" not in app.lines()
        assert app.pane.position == (300, 2000)


async def test_rows_of_a_former_order_are_not_shown(slow: SlowCities) -> None:
    app = CityApp(slow)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("G")
        await pilot.pause()
        slow.version += 1  # while the thread is reading
        asked = len(slow.asked)
        slow.answers.set()
        await until_drawn(app, pilot, "城市1999号")
        assert len(slow.asked) > asked + 1  # asked a second time


async def test_what_a_source_raises_ends_where_the_event_loop_sees_it(slow: SlowCities) -> None:
    slow.failure = LookupError("no such city")
    app = CityApp(slow)

    async def press_end() -> None:
        async with app.run_test(size=(60, 20)) as pilot:
            await pilot.press("G")
            slow.answers.set()
            await until(pilot, lambda: not app.is_running, "the end")

    with pytest.raises(LookupError, match="no such city"):
        await press_end()


async def test_a_list_of_fixed_rows_follows_its_row_and_starts_no_thread() -> None:
    rows = FixedRows(lambda city: city.name, [City(name, number) for number, name in enumerate(("甲", "乙", "丙"))])
    app = CityApp(rows)
    threads = threading.active_count()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("j", "enter")
        await pilot.pause()
        assert app.told == ["selected 甲", "selected 乙", "opened 乙"]
        rows.rows = [City("丁"), *rows.rows]
        app.pane.refresh_rows()
        await pilot.pause()
        assert app.pane.position == (2, 4)
        rows.rows = [City("丁"), City("丙")]
        app.pane.refresh_rows()
        await pilot.pause()
        assert app.pane.selected == City("丙")
        rows.rows = []
        app.pane.refresh_rows()
        assert app.pane.position == (-1, 0)
        assert threading.active_count() == threads


@pytest.mark.parametrize("width", [0, 1, 5, 29, 30, 31, 80, 200])
def test_a_column_is_shown_from_its_width_on_and_no_row_is_too_wide(width: int) -> None:
    layout = TABLE.layout_for(Size(width, 10))
    parts = TABLE.parts(City("石家庄" * 20, 11_230_000), 0, layout, NOW)
    text = "".join(text for text, _name in parts)
    assert ("1123" in text) == (width >= 30)
    assert width < 3 or cells(text) == width


async def test_only_the_selected_row_of_a_range_looks_selected(slow: SlowCities) -> None:
    class ColouredApp(CityApp):
        CSS = "ListPane > .list-pane--cursor-focus { background: red; }"

    app = ColouredApp(slow)

    def looks() -> tuple[list[bool], list[object]]:
        lines = [list(app.pane.render_line(y)) for y in range(6)]
        return [line[0].text == "▌" for line in lines], [line[-1].style for line in lines]

    async with app.run_test(size=(60, 50)) as pilot:
        await pilot.press("j")
        app.pane.range.begin("城市1号", 1)
        for down in range(4):
            app.pane.move_to(1 + down)
            bars, backs = looks()
            assert bars == [1 <= y <= 1 + down for y in range(6)]
            assert [back != backs[0] for back in backs] == [y == 1 + down for y in range(6)]
        app.pane.move_to(3)  # back over rows that were drawn
        bars, backs = looks()
        assert bars == [1 <= y <= 3 for y in range(6)]
        assert [back != backs[0] for back in backs] == [y == 3 for y in range(6)]
        app.pane.range.end()
        assert looks()[0] == [y == 3 for y in range(6)]
