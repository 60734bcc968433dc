"""A number that Python refuses does not affect the other entries of an answer."""

import pytest

from feeds.kinds import entries_of
from feeds.model import Page, Source
from feeds.parse.jsontext import decode_json, decode_json_at

LONG = "7" * 6_000


@pytest.mark.parametrize("written", [LONG, f"-{LONG}"])
def test_a_number_of_any_length_is_read(written: str) -> None:
    assert decode_json(f'[{written}, 12, "甲\t乙"]') == [written, 12, "甲\t乙"]
    assert decode_json_at(f"f({written});", 2) == written


FEED = (
    '{"version": "https://jsonfeed.org/version/1.1",'
    f' "items": [{{"id": {LONG}, "title": "子"}}, {{"id": 2, "title": "丑"}}]}}'
)
ROLL = (
    f'{{"result": {{"data": [{{"title": "子", "url": "https://a.example/1", "ctime": {LONG}}},'
    ' {"title": "丑", "url": "https://a.example/2"}]}}'
)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (Source(name="s", kind="rss", url="https://a.example/f"), FEED),
        (Source(name="s", kind="roll", url="https://a.example/f"), ROLL),
    ],
)
def test_one_endless_number_does_not_affect_other_entries(source: Source, text: str) -> None:
    found = entries_of(Page(url=source.url, body=text.encode(), content_type="application/json"), source)
    assert [entry.title for entry in found] == ["子", "丑"]


@pytest.mark.parametrize("text", ["", "[1", "[" * 100_000, "甲"])
def test_a_text_that_is_not_json_is_refused(text: str) -> None:
    with pytest.raises((ValueError, RecursionError)):
        decode_json(text)
