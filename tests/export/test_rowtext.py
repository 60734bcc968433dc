"""Rows as text for a command: lines with tabs, CSV, JSON, whatever stands in a cell."""

import csv
import io
import json
from datetime import date

import pytest
from msgspec import Struct

from feeds.export.csvtext import MARK
from feeds.export.rowtext import TableForm, rows_text

TODAY = date(2027, 5, 4)


class Pair(Struct):
    name: str
    value: str


FORM = TableForm(
    Pair,
    ("name", "value"),
    lambda row, today: (row.name, f"{row.value}@{today.year}"),
    lambda row, _today: {"name": row.name, "value": row.value},
)
ROWS = ["a heading", Pair("粮食\t产量\n", "=1+1"), Pair("\x1b[31m红", "\u202e倒"), Pair("", "")]


def test_a_row_is_a_line_with_tabs() -> None:
    text = rows_text(FORM, ROWS, "rows", TODAY)
    assert text == "粮食 产量 \t=1+1@2027\n     红\t 倒@2027\n\t@2027\n"


def test_csv_and_json_have_the_same_rows() -> None:
    table = list(csv.reader(io.StringIO(rows_text(FORM, ROWS, "rows-csv", TODAY).removeprefix(MARK))))
    assert table == [["name", "value"], ["粮食\t产量 ", "'=1+1@2027"], ["红", "倒@2027"], ["", "'@2027"]]
    text = rows_text(FORM, ROWS, "rows-json", TODAY)
    assert json.loads(text)[1] == {"name": "\x1b[31m红", "value": "\u202e倒"}
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("kind", ["rows", "rows-csv", "rows-json"])
def test_a_table_without_rows_is_whole(kind: str) -> None:
    assert len(rows_text(FORM, [], kind, TODAY).splitlines()) == (kind != "rows")
