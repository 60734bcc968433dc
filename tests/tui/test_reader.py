"""The reader: how a page is set, where the cursor goes, what it marks and says. The articles are invented."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.actions import SkipAction
from textual.app import App, ComposeResult

from feeds.model import BEIJING, Article, Attachment, Block, BlockKind, Flags, Revision, Span
from feeds.query.results import Duplicate
from tui.text import cells
from tui.widgets import reader
from tui.widgets.layout.marks import Marks
from tui.widgets.layout.page import HEADER, WIDEST, Measure, PageLine, Stretch, blocks_of, page_of
from tui.widgets.reader import Reader

STYLES = Path(reader.__file__).with_suffix(".tcss")
TIME = datetime(2021, 12, 28, 17, 5, tzinfo=BEIJING)
PARAGRAPH = "工业和信息化部等八部门印发《智慧工厂五年规划》，提出到2025年，建成500个以上示范工厂，效率显著提升。"
BLOCKS = (
    Block(PARAGRAPH, strong=((0, 7),)),
    Block("一、总体要求", "heading", 1),
    Block("先修通冷库到车站的路，再把沿线零散的小仓库一座一座地连起来", "item", 1),
    Block("二是深化推广应用", "item", 1),
    Block("指标 | 2020年 | 2025年", "row"),
    Block("数字化率 | 45% | 70%", "row"),
    Block("图为生产线", "caption"),
    *[Block(PARAGRAPH) for _ in range(12)],
    Block("最后一段谈智能。"),
)


def article(blocks: tuple[Block, ...] = BLOCKS, **values: object) -> Article:
    fields: dict[str, object] = {
        "id": "abc", "keys": ("x",), "title": "八部门印发规划", "published": TIME, "seen": TIME, "blocks": blocks,
        "url": "https://finance.sina.com.cn/china/2021-12-28/doc.shtml", "origin": "工信部网站",
        "sources": ("部委动态",), "categories": (("金融", "新浪财经"),),
    }  # fmt: skip
    return Article(**(fields | values))  # type: ignore[arg-type]


def texts(lines: list[PageLine]) -> list[str]:
    said = []
    for line in lines:
        text = ""
        for stretch in line.stretches:
            text += " " * (stretch.x - cells(text)) + stretch.text
        said.append(text)
    return said


def page(*blocks: Block, width: int = 40) -> list[str]:
    lines = texts(page_of(article(blocks), Flags(), Measure(0, width)))
    rule = next(at for at, text in enumerate(lines) if text.startswith("─"))
    return lines[rule + 1 :]


def test_paragraph_begins_two_characters_in() -> None:
    assert page(Block("规" * 30))[0] == "    " + "规" * 18
    assert page(Block("规" * 30))[1] == "规" * 12
    assert page(Block("Policy news"))[0] == "  Policy news"


@pytest.mark.parametrize("begin", ["2027年，", "3月9日，", "GDP增速", "“双碳”", "（记者）", "5G网络", "A股", "①"])
def test_every_paragraph_of_a_chinese_article_begins_alike(begin: str) -> None:
    lines = page(Block(begin + "规模继续扩大。"), Block("规模继续扩大。"), Block(begin + "规模继续扩大。"))
    assert [line[:4] for line in lines if line] == ["    "] * 3
    assert all(line[4] != " " for line in lines if line)


@pytest.mark.parametrize("begin", ["The ministry ", "“We ", "规划 (the plan) ", "2027 "])
def test_every_paragraph_of_an_english_article_begins_alike(begin: str) -> None:
    lines = page(Block(begin + "said it would publish"), Block("Further steps are to follow"), width=60)
    assert [line[:2] for line in lines if line] == ["  "] * 2
    assert all(line[2] != " " for line in lines if line)


def test_items_hang_behind_their_bullet_or_their_own_ordinal() -> None:
    assert page(Block("规" * 20, "item", 1)) == ["• " + "规" * 19, "  规"]
    assert page(Block("规划", "item", 2)) == ["  • 规划"]
    assert page(Block("（一）规划", "item", 1))[0].strip() == "（一）规划"


def test_items_stand_close_and_paragraphs_apart() -> None:
    assert page(Block("甲", "item", 1), Block("乙", "item", 1), Block("丙")) == ["• 甲", "• 乙", "", "    丙"]


def test_table_is_aligned() -> None:
    assert page(Block("指标 | 2020年", "row"), Block("数字化率 | 45%", "row")) == [
        "指标       2020年",
        "数字化率   45%",
    ]


def test_wide_table_wraps_inside_its_columns() -> None:
    rows = page(Block("指标 | 内容", "row"), Block("数字化率 | " + "规" * 30, "row"))
    assert rows[1] == "数字化率   " + "规" * 14
    assert rows[2] == " " * 11 + "规" * 14
    assert rows[3] == " " * 11 + "规" * 2


def test_table_of_too_many_columns_reads_as_text() -> None:
    row = " | ".join(["规划制造"] * 9)
    assert "".join(page(Block(row, "row"))).replace(" ", "") == row.replace(" ", "")


def test_caption_stands_in_the_middle() -> None:
    assert page(Block("图注", "caption")) == [" " * 18 + "图注"]


def test_header_says_where_and_when() -> None:
    lines = texts(page_of(article(), Flags(starred=True, tags=("制造",)), Measure(0, 76)))
    assert lines[0] == "八部门印发规划"
    assert lines[1] == "★ · 工信部网站 · 2021-12-28 17:05 · 金融 / 新浪财经 · #制造 · abc"
    assert lines[2] == "https://finance.sina.com.cn/china/2021-12-28/doc.shtml"


def test_header_is_honest_about_time_and_earlier_texts() -> None:
    changed = article(
        dated=False, updated=TIME.replace(hour=18), earlier=(Revision(replaced=TIME, title="旧题", blocks=()),)
    )
    lines = texts(page_of(changed, Flags(), Measure(0, 200)))
    assert "undated, first seen 2021-12-28 17:05" in lines[1]
    assert "updated 2021-12-28 18:05 · 1 earlier version" in lines[1]


def test_article_without_text_shows_its_summary_or_says_so() -> None:
    assert [block.text for block in blocks_of(article((), summary="【快讯】央行开展操作\n\n利率不变"))] == [
        "【快讯】央行开展操作",
        "利率不变",
    ]
    assert "The feed gave no text" in texts(page_of(article(()), Flags(), Measure(0, 76)))[-1]


BLOCKS_OF_ANY_KIND = st.lists(
    st.builds(
        Block,
        st.text(alphabet="规划，。《》“”—…2025% | ab", max_size=60),
        st.sampled_from(["text", "heading", "item", "row", "caption"]),
        st.integers(0, 5),
    ),
    max_size=8,
)


@given(BLOCKS_OF_ANY_KIND, st.integers(1, 100), st.sampled_from([1, 2]))
def test_every_character_is_on_the_page_once_and_in_place(blocks: list[Block], width: int, ambiguous: int) -> None:
    measure = Measure.of_pane(width, ambiguous)
    shown: list[set[int]] = [set() for _ in blocks]
    for line in page_of(article(tuple(blocks)), Flags(), measure):
        for stretch in line.stretches:
            if stretch.p != HEADER:
                assert blocks[stretch.p].text[stretch.start : stretch.end] == stretch.text
                places = set(range(stretch.start, stretch.end))
                assert not places & shown[stretch.p]
                shown[stretch.p] |= places
            if measure.width >= 4:
                assert stretch.x + cells(stretch.text, ambiguous) <= measure.left + measure.width
    for block, places in zip(blocks, shown, strict=True):
        left_out = [char for at, char in enumerate(block.text) if at not in places]
        assert not "".join(left_out).strip(" |")


def test_measure_is_readable_on_a_wide_pane() -> None:
    assert Measure.of_pane(200) == (62, WIDEST, 1)
    assert Measure.of_pane(40) == (2, 36, 1)
    assert Measure.of_pane(0).width > 0


def test_layers_lie_over_one_another() -> None:
    marks = Marks((Block("工业和信息化部印发", strong=((0, 5),)),))
    marks.marked = Span(0, 3, 7)
    marks.search(["信息"])
    assert marks.cut("text", Stretch(0, "工业和信息化部印发", 0, 0)) == [
        ("工业和", ("strong",)),
        ("信息", ("strong", "marked", "hit")),
        ("化部", ("marked",)),
        ("印发", ()),
    ]


class ReaderApp(App[None]):
    CSS_PATH = [STYLES]  # noqa: RUF012 -- Textual's own manner

    def __init__(self) -> None:
        super().__init__()
        self.places: list[tuple[int, int, int]] = []
        self.passed: list[int] = []

    def compose(self) -> ComposeResult:
        yield Reader()

    def on_mount(self) -> None:
        self.reader.focus()

    def on_reader_place_changed(self, event: Reader.PlaceChanged) -> None:
        self.places.append((event.p, event.start, event.end))

    def on_hit_walk_hits_passed(self, event: Reader.HitsPassed) -> None:
        self.passed.append(event.way)

    @property
    def reader(self) -> Reader:
        return self.query_one(Reader)

    def lines(self) -> list[str]:
        return [self.reader.render_line(y).text.rstrip() for y in range(self.reader.size.height)]

    def styled(self, part: str) -> str:
        """All text in view that is drawn on the background of this component class."""
        wanted = self.reader.painter.look("page", "text", part).bgcolor
        return "".join(
            segment.text
            for y in range(self.reader.size.height)
            for segment in self.reader.render_line(y)
            if segment.style and segment.style.bgcolor == wanted
        )


async def test_moving_tells_the_place_in_the_text() -> None:
    app = ReaderApp()
    async with app.run_test(size=(60, 24)) as pilot:
        app.reader.show(article())
        await pilot.pause()
        await pilot.press(*"jjjjj")
        await pilot.pause()
        p, start, end = app.places[0]
        assert (p, start) == (0, 0)
        assert app.places[1][:2] == (0, end)


async def test_view_follows_the_cursor_to_both_ends() -> None:
    app = ReaderApp()
    async with app.run_test(size=(60, 12)) as pilot:
        app.reader.show(article())
        await pilot.pause()
        assert app.reader.scroll_offset.y < app.reader.max_scroll_y
        await pilot.press("G")
        await pilot.pause()
        assert app.reader.scroll_offset.y == app.reader.max_scroll_y
        assert "最后一段谈智能。" in "".join(app.lines())
        assert app.places[-1][0] == len(BLOCKS) - 1
        await pilot.press("g")
        await pilot.pause()
        assert "八部门印发规划" in app.lines()[0]


async def test_paging_reads_every_line_once_or_twice() -> None:
    app = ReaderApp()
    async with app.run_test(size=(60, 12)) as pilot:
        app.reader.show(article())
        await pilot.pause()
        seen = app.lines()
        top = -1
        while app.reader.scroll_offset.y != top:
            top = app.reader.scroll_offset.y
            app.reader.move_by(10)
            await pilot.pause()
            assert app.reader.scroll_offset.y <= app.reader.cursor < app.reader.scroll_offset.y + 12
            seen += app.lines()
        for block in BLOCKS:
            assert block.text[:4].split("|")[0] in "".join(seen)
        assert app.reader.cursor == app.reader.count - 1


async def test_chosen_sentence_is_marked_in_the_upper_third() -> None:
    app = ReaderApp()
    async with app.run_test(size=(60, 24)) as pilot:
        app.reader.show(article())
        await pilot.pause()
        start = PARAGRAPH.index("建成")
        app.reader.mark(Span(9, start, start + 12))
        await pilot.pause()
        assert app.styled("marked") == PARAGRAPH[start : start + 12]
        assert 0 < app.reader.cursor - app.reader.scroll_offset.y <= 8
        assert app.places == []
        await pilot.press("G")
        await pilot.pause()
        app.reader.action_top()
        await pilot.pause()
        assert app.styled("marked") == ""


async def test_resize_keeps_the_place() -> None:
    app = ReaderApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(article())
        await pilot.pause()
        app.reader.mark(Span(12, 20, 24))
        await pilot.pause()
        for width in (40, 24, 120, 80):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert app.styled("marked").replace(" ", "").replace("▎", "") == PARAGRAPH[20:24]


async def test_hits_are_walked_and_behind_the_last_one_more_is_wanted() -> None:
    app = ReaderApp()
    async with app.run_test(size=(60, 24)) as pilot:
        app.reader.show(article())
        await pilot.pause()
        assert app.reader.search(["示范工厂"]) == 13
        app.reader.action_next_hit()
        await pilot.pause()
        assert app.styled("hit-now") == "示范工厂"
        assert app.places[-1][0] == 0
        app.reader.action_previous_hit()
        await pilot.pause()
        assert app.passed == [-1]
        app.reader.to_hit(-1)
        await pilot.pause()
        assert app.places[-1][0] == 18
        app.reader.action_next_hit()
        await pilot.pause()
        assert app.passed == [-1, 1]
        assert app.styled("hit-now") == "示范工厂"
        assert app.reader.search(["没有的词"]) == 0
        app.reader.action_next_hit()
        await pilot.pause()
        assert app.passed == [-1, 1, 1]


async def test_who_has_read_on_meets_the_next_hit_from_there() -> None:
    app = ReaderApp()
    async with app.run_test(size=(60, 24)) as pilot:
        app.reader.show(article())
        await pilot.pause()
        app.reader.search(["示范工厂"])
        app.reader.action_next_hit()
        app.reader.action_bottom()
        app.reader.action_previous_hit()
        await pilot.pause()
        assert app.places[-1][0] == 18


async def test_without_a_search_the_key_is_left_to_the_main_screen() -> None:
    app = ReaderApp()
    async with app.run_test(size=(60, 24)) as pilot:
        app.reader.show(article())
        await pilot.pause()
        with pytest.raises(SkipAction):
            app.reader.action_next_hit()


async def test_hits_are_found_in_traditional_and_wide_characters_and_in_the_article_shown_next() -> None:
    app = ReaderApp()
    async with app.run_test(size=(60, 24)) as pilot:
        app.reader.search(["數字", "AI"])
        app.reader.show(article(blocks=(Block("数字ＡＩ"),)))
        await pilot.pause()
        assert app.styled("hit") == "数字ＡＩ"


async def test_wheel_takes_the_cursor_along() -> None:
    app = ReaderApp()
    async with app.run_test(size=(60, 12)) as pilot:
        app.reader.show(article())
        await pilot.pause()
        app.reader.scroll_to_line(30)
        await pilot.pause()
        assert 30 <= app.reader.cursor < 42
        assert app.places


async def test_click_sets_the_cursor_without_scrolling() -> None:
    app = ReaderApp()
    async with app.run_test(size=(60, 24)) as pilot:
        app.reader.show(article())
        await pilot.pause()
        await pilot.click(Reader, offset=(10, 5))
        await pilot.pause()
        assert app.reader.cursor == 5
        assert app.reader.scroll_offset.y == 0


async def test_star_does_not_move_the_page_but_another_article_begins_at_its_top() -> None:
    app = ReaderApp()
    async with app.run_test(size=(60, 12)) as pilot:
        app.reader.show(article())
        await pilot.pause()
        await pilot.press("G")
        await pilot.pause()
        before = app.lines()
        app.reader.show(article(), Flags(starred=True))
        await pilot.pause()
        assert app.lines() == before
        app.reader.show(article(id="other"))
        await pilot.pause()
        assert app.reader.scroll_offset.y == 0


async def test_nothing_to_read_is_said() -> None:
    app = ReaderApp()
    async with app.run_test(size=(60, 12)) as pilot:
        app.reader.show(None)
        await pilot.press("j", "G", "ctrl+d", "ctrl+b")
        app.reader.mark(Span(3, 0, 4))
        await pilot.pause()
        assert "Choose an article in the list." in "".join(app.lines())


@pytest.mark.parametrize("width", [0, 1, 2, 5, 11, 24, 76, 200, 300])
@pytest.mark.parametrize("height", [0, 1, 3, 24])
async def test_any_size_is_drawn(width: int, height: int) -> None:
    app = ReaderApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.styles.width, app.reader.styles.height = width, height
        app.reader.show(article(tuple(Block(PARAGRAPH, kind) for kind in KINDS)))
        await pilot.pause()
        await pilot.press("j", "G", "g", "ctrl+d")
        for y in range(app.reader.size.height):
            assert app.reader.render_line(y).cell_length == app.reader.room.width


KINDS: tuple[BlockKind, ...] = ("text", "heading", "item", "row", "caption")


async def test_markup_is_text() -> None:
    app = ReaderApp()
    async with app.run_test(size=(60, 24)) as pilot:
        app.reader.show(article((Block("[@click=app.quit]规划[/]"),), title="[b]题[/b]"))
        await pilot.pause()
        assert "[b]题[/b]" in app.lines()[0]
        assert "[@click=app.quit]规划[/]" in "".join(app.lines())


def test_the_head_names_the_other_printings_and_where_they_stand() -> None:
    same = Duplicate("a", "八部门印发规划", "国内滚动", "某某日报", "https://one.example/1", TIME)
    other = Duplicate("b", "另一个标题", "国内滚动", "", "", TIME)
    lines = page_of(article(), Flags(), Measure.of_pane(80), [same, other])
    head = ["".join(stretch.text for stretch in line.stretches) for line in lines[: _rule(lines)]]
    assert "also: 某某日报 · 2021-12-28 17:05" in head
    assert "also: 国内滚动 · 2021-12-28 17:05 · 另一个标题" in head
    assert "https://one.example/1" in head


def test_attachments_stand_at_the_end_with_their_addresses_and_are_counted_in_the_head() -> None:
    files = (
        Attachment("[b]名录[/b]", "https://gov.example/a.pdf", "pdf", 1_200_000),
        Attachment("表", "https://gov.example/b.xls", "xls"),
        Attachment("包", "https://gov.example/c", "file"),
    )
    lines = texts(page_of(article(attachments=files), Flags(), Measure(0, 76)))
    assert lines[-7:] == [
        "", "Attachment: [b]名录[/b] (PDF, 1.2 MB)", files[0].url, "Attachment: 表 (XLS)", files[1].url,
        "Attachment: 包", files[2].url,
    ]  # fmt: skip
    assert any("3 attachments" in line for line in lines[:4])
    assert texts(page_of(article((), attachments=files[2:]), Flags(), Measure(0, 76)))[-1] == files[2].url


def test_of_very_many_printings_the_head_names_some() -> None:
    twins = [Duplicate(str(n), "八部门印发规划", f"来源{n}", "", "", TIME) for n in range(40)]
    lines = page_of(article(), Flags(), Measure.of_pane(80), twins)
    assert _rule(lines) < 20
    assert any("and 32 more copies" in stretch.text for line in lines for stretch in line.stretches)


def _rule(lines: list[PageLine]) -> int:
    return next(number for number, line in enumerate(lines) if line.kind == "rule")
