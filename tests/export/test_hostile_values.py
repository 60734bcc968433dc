"""Values that no sender should write, in every field of an article and of the tables, through every format."""

import csv
import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from feeds.controls import drop_controls
from feeds.documents import DOCUMENT_COLUMNS, DocumentRow, document_cells, document_row_json
from feeds.export.csvtext import MARK
from feeds.export.files import FORMATS, file_name, proposed_name
from feeds.export.rowtext import LIST_FORM, TableForm, rows_text
from feeds.model import Flags
from feeds.query.results import Row
from feeds.targets import COLUMNS, TargetRow, row_cells, rows_of, target_row_json
from tests.export.test_files import NOW, hostile_article, written
from tui.exporting.tables import write_cells

TODAY = date(2026, 11, 30)
PARTS = (
    "=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\x00", "\x1b[2J", "\x1b]0;x\x07", "\x9b1m", "\u202e",
    "\u2066", "\u2028", "\u200b", "\ufeff", "\u3000", " ", "1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x")',
    "<script>", "</title>", "<!--", "-->", "]]>", "&lt;", "&#x3c;", "javascript:alert(1)",
    "[a](javascript:b)", "![a](http://x/y)", "<http://x>",
    "`", "**", "__", "~~", "# ", "- ", "1. ", "> ", "| ", "---",
    "---\n", "{{x}}", "${x}", "$(x)", "\\", "'", '"', "../", "..", ".", "/",
    "CON", "nul.txt", "COM1", "~", "甲", "通知", "e\u0301", "👩\u200d👧", "\ud800", "\ufffe", "\U000e0041",
)  # fmt: skip
TARGETS_FORM = TableForm(TargetRow, COLUMNS, lambda row, _day: row_cells(row), lambda row, _day: target_row_json(row))
texts = st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map("".join)
FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
OF_ARTICLES = [form for form in FORMATS if form.of == "articles"]


def is_clean(text: str) -> bool:
    """Whether no line has a character that controls a terminal or the order of the text."""
    return all(drop_controls(line) == line for line in text.split("\n"))


def cells_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))


@settings(max_examples=25, deadline=None)
@given(texts)
def test_no_format_obeys_a_text(text: str) -> None:
    article, flags = hostile_article(text), Flags(tags=(text,), note=text)
    article = replace(article, url=text)
    for form in OF_ARTICLES:
        out = written(form, article, article, flags=flags)
        assert is_clean(out.removeprefix(MARK)), form.name
        out.encode()
        if form.name in ("opml", "atom"):
            root = ET.fromstring(out)  # noqa: S314 -- our own text
            links = [one.get("url") or one.get("href") or "" for one in root.iter()]
            assert all(link.startswith(("http://", "https://")) for link in links if link)
        elif form.name == "html":
            assert "<script" not in out
            assert not re.search(r'href="(?!https?://)', out)
        elif form.name == "plan-csv":
            assert all(not FORMULA.match(cell) for row in cells_of(out) for cell in row)
        elif form.name in ("plan-md", "markmap"):
            assert_no_markup(out.removeprefix(form.head("", NOW)))


def assert_no_markup(text: str) -> None:
    """Markdown made of a text has headings and lists, and neither HTML, links, pictures nor code."""
    waiting = MarkdownIt("commonmark", {"html": True}).parse(text)
    while waiting:
        token = waiting.pop()
        waiting += token.children or []
        assert token.type not in {
            "html_block", "html_inline", "link_open", "image", "code_inline", "code_block", "fence", "blockquote_open",
            "hr",
        }, text  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(texts)
def test_no_cell_of_a_table_is_run(text: str) -> None:
    article = hostile_article(text)
    targets = rows_of([article])
    document = DocumentRow(
        key=text, title=text, number=text, issuers=(text,), stages=("issued",), articles=(text,), first_seen=NOW,
        last_seen=NOW, rules=(text,), largest=text, deadlines=(text,),
    )  # fmt: skip
    row = Row(
        "0a1b", text, text, (text, text), text, text, text, NOW, unread=True, starred=False, url=text, flash=False,
        has_plan=True, tags=(text,),
    )  # fmt: skip
    forms = (
        (LIST_FORM, [row]),
        (TableForm(DocumentRow, DOCUMENT_COLUMNS, document_cells, document_row_json), [document]),
        (
            TableForm(TargetRow, COLUMNS, lambda one, _day: row_cells(one), lambda one, _day: target_row_json(one)),
            targets,
        ),
    )
    for form, rows in forms:
        for kind in ("rows", "rows-csv", "rows-json"):
            out = rows_text(form, rows, kind, TODAY).removeprefix(MARK)
            assert is_clean(out)
            if kind == "rows-csv":
                found = cells_of(out)
                assert all(not FORMULA.match(cell) for line in found for cell in line)
                assert {len(line) for line in found} == {len(form.columns)}
            elif kind == "rows":
                assert {line.count("\t") for line in out.splitlines()} == {len(form.columns) - 1}
                assert out.count("\n") == len(rows)
            else:
                assert len(json.loads(out)) == len(rows)


@settings(max_examples=40, deadline=None)
@given(texts, texts)
def test_a_file_of_any_title_stays_in_its_folder(text: str, other: str) -> None:
    for form in FORMATS:
        for name in (
            file_name(hostile_article(text), form.suffix),
            proposed_name(text + other, "2026-11-30", form.suffix),
        ):
            path = Path("/folder") / name
            assert path.parent == Path("/folder")
            assert name == name.strip(". ~") == drop_controls(name)
            assert len(name.encode()) <= 255
            assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
            assert re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name) is None


def test_a_workbook_has_text_and_numbers_alone(tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    cells = [
        *PARTS,
        "0123",
        "012345678901",
        "-5",
        "1.50",
        "1200000000000.0",
        "1e5",
        "１２",
        "x" * 40_000,
        "123456789012",
    ]
    path = tmp_path / "book.xlsx"
    with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        write_cells(book.add_worksheet("a"), 1, [*("cell" for _cell in cells[1:]), "article"], cells)
    with zipfile.ZipFile(path) as inside:
        sheet = inside.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    numbers = re.findall(r"<c r=\"\w+\"><v>([^<]*)</v>", sheet)
    assert [float(number) for number in numbers] == [-5, 1.5, 1.2e12]
