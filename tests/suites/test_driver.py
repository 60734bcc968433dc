"""A few invented cases, in the form of each suite, through the driver that is run by hand with thousands."""

import json
import os
import time
from pathlib import Path

import pytest
from msgspec import structs

from feeds.model import Reading
from feeds.parse import reading_of_body
from tests.suites import ways
from tests.suites.__main__ import found_below, main
from tests.suites.cases import Case, Fault, json_with, rss_with
from tests.suites.counting import items_in, rows_in
from tests.suites.workers import run

RSS = "<rss><channel><title>源</title>{}</channel></rss>"


def write(file: Path, text: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def suites(tmp_path: Path) -> Path:
    """Folders that are laid out as the suites are, under names that are not theirs."""
    item = "<item><title>关于试点的通知</title><link>https://news.example/a</link></item>"
    feeds = tmp_path / "a" / "feeds"
    write(feeds / "wellformed" / "one.xml", RSS.format(item))
    write(
        feeds / "illformed" / "open.xml", f"<!--\nHeader: Content-type: text/xml; charset=gbk\n-->{item}".encode("gbk")
    )
    validator = tmp_path / "b"
    for name in ("atom", "rss20", "opml"):
        write(
            validator / name / "some.xml",
            f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>{name}</id></entry></feed>",
        )
    write(validator / "opml" / "page.html", "<html><body><p>不是订阅源。</p></body></html>")
    trees = tmp_path / "c" / "trees"
    write(
        trees / "encoding" / "t.dat",
        b"#data\n<meta charset=big5><p>\xa4\xa4\n#encoding\nbig5\n\n#data\n<p>a\n#encoding\nx\n",
    )
    write(trees / "tree-construction" / "u.dat", "#data\n<table><p>行\n#errors\n1\n#document\n| <html>\n")
    test = {"tests": [{"input": "\\u0000\\uD83D<b", "doubleEscaped": True}, {"input": "<p>甲&notit;"}]}
    write(trees / "tokenizer" / "v.test", json.dumps(test))
    for name, text in {"y_list": "[1]", "n_open": "[", "i_half": '"\\ud800"'}.items():
        write(tmp_path / "d" / f"{name}.json", text)
    write(tmp_path / "e" / "blns.json", json.dumps(["\x1b[31m红", "\u202e反", "\ud800", "' or 1=1 --", "1/2", ""]))
    write(tmp_path / "f" / "valid" / "key.toml", 'language = "zh"\n')
    write(tmp_path / "f" / "invalid" / "open.toml", b'a = "\xff\n')
    return tmp_path


def test_each_suite_is_found_by_what_it_holds(suites: Path) -> None:
    found = {name: [str(place.relative_to(suites)) for place in places] for name, places in found_below(suites).items()}
    assert found == {
        "feedparser": ["a/feeds"],
        "feedvalidator": ["b"],
        "html5lib": ["c/trees"],
        "JSONTestSuite": ["d"],
        "naughty strings": ["e"],
        "toml-test": ["f"],
    }


def test_the_cases_of_every_suite_go_through_without_a_fault(suites: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(suites)]) == 0
    lines = [line.rsplit(maxsplit=5) for line in capsys.readouterr().out.splitlines()]
    assert [line[0].strip() for line in lines[1:]] == [
        "feedparser", "feedvalidator", "html5lib", "JSONTestSuite", "naughty strings", "toml-test", "all",
    ]  # fmt: skip
    assert all(int(line[1]) > 1 for line in lines[1:])
    assert {cell for line in lines[1:] for cell in line[2:]} == {"0"}


def test_a_folder_without_suites_has_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "toml-test" in capsys.readouterr().err


# -- each fault is seen


def kinds_of(case: Case) -> list[str]:
    return [fault.kind for fault in ways.faults_of(case)]


def test_an_entry_that_is_lost_without_a_report_is_counted() -> None:
    body = RSS.format("<item><title>甲</title></item><item><title>乙</title></item>").encode()
    assert kinds_of(Case("two", "feed", body)) == []
    assert kinds_of(Case("two of three", "feed", body, entries=3)) == ["lost entries"]
    assert (
        kinds_of(Case("one is told", "feed", RSS.format("<item><title>甲</title></item><item/>").encode(), entries=2))
        == []
    )


def test_a_control_byte_and_a_bug_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case("text", "feed", rss_with("<p>第一段。</p><p>第二段。</p>" * 30))
    assert kinds_of(case) == []

    def odd(body: str, url: str) -> Reading:
        return structs.replace(reading_of_body(body, url), author="\u202e甲")

    monkeypatch.setattr("feeds.workers.worker.reading_of_body", odd)
    assert "control bytes" in kinds_of(case)

    def bug(body: str, _url: str) -> Reading:
        raise LookupError(body[:2])

    monkeypatch.setattr("feeds.workers.worker.reading_of_body", bug)
    assert set(kinds_of(case)) == {"crashes"}


def test_an_exception_on_any_way_is_a_crash_and_names_its_place() -> None:
    (fault,) = ways.faults_of(Case("no text", "query", b"\xff"))
    assert fault.kind == "crashes"
    assert fault.words.startswith("UnicodeDecodeError")
    assert "ways.py" in fault.words


def test_a_process_that_hangs_or_dies_is_counted_and_the_next_case_goes_on() -> None:
    hung = list(run([60, 0, 60], time.sleep, limit=0.5))
    assert [[fault.kind for fault in faults] for _, faults in hung] == [["hangs"], [], ["hangs"]]
    ((_, faults),) = run([7], os._exit)
    assert faults == [Fault("crashes", "the process ended with code 7")]


# -- the count beside the project's own


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (RSS.format("<item><title>甲</title></item><item><guid>乙</guid></item>"), 2),
        (RSS.format("<item><pubDate>2026-03-02</pubDate></item><item/><item><title> </title></item>"), 0),
        ("<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='http://a.example/'/></entry></feed>", 1),
        ("<rdf:RDF xmlns:rdf='http://r.example/'><channel/><item><title>甲</title></item></rdf:RDF>", 1),
        (RSS.format("<item><title>甲<item><title>乙</title></item>"), 2),
        (RSS.format("<!-- <item><title>甲</title></item> --><item><title><![CDATA[<item>]]></title></item>&"), 1),
        ("<html><body><item><title>甲</title></item></body></html>", 0),
        ("没有标签", 0),
    ],
)
def test_items_are_counted_in_sound_and_in_broken_feeds(body: str, count: int) -> None:
    assert items_in(body.encode()) == count


def test_rows_are_counted_in_json() -> None:
    for (way, body), path in zip(
        json_with(b'"x"'), (["items"], ["result", "data"], ["result", "data", "feed", "list"]), strict=True
    ):
        assert rows_in(body, *path) == 3, way
    assert rows_in(b'{"items": {}}', "items") == rows_in(b"[", "items") == rows_in(b"1", "items") == 0
