"""What happened in an archive since a moment, and the file that keeps when the reader left."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec import structs

from feeds.archive import Archive
from feeds.archive.state import Session, load_left, save_session
from feeds.config import View
from feeds.digest import Digest, digest_of
from feeds.errors import ArchiveError
from feeds.model import BEIJING, Article, Block, Document, Plan, Span
from feeds.plan import plan_of
from feeds.query import parse
from tests.archive.conftest import small
from tui.cli import zhengwen

NOW = datetime.now(BEIJING).replace(microsecond=0)
LEFT = NOW - timedelta(hours=3)
SOON = (NOW + timedelta(days=9)).date()
LATER = NOW.year + 3
VIEWS = (
    View(name="规划", query="has:plan"),
    View(name="白石", query="title:白石"),
    View(name="没有", query="title:没有"),
)


def article(name: str, title: str, document: str, line: str, *, hours: float) -> Article:
    """An article that came some hours ago."""
    lines = (f"水利部近日印发《{document}》，{line}", "各地要抓好落实。")
    found = small(name, *lines, title=title, published=NOW - timedelta(hours=hours, minutes=5))
    found = structs.replace(found, seen=NOW - timedelta(hours=hours))
    return structs.replace(found, plan=plan_of(found))


OLD = article(
    "旧", "青禾省整治山塘", "山塘整治方案", f"提出到{SOON.year}年{SOON.month}月{SOON.day}日，整治山塘800座。", hours=40
)
NEW = article("新", "白石市\x1b[31m公布绿地规划", "绿地建设规划", f"提出到{LATER}年，建成口袋公园120个。", hours=1)
AGAIN = article("又", "山塘整治有新进展", "山塘整治方案", f"提出到{LATER}年，整治山塘2000座。", hours=2)
EDIT = structs.replace(OLD, blocks=(Block(OLD.blocks[0].text.replace("800", "900")),), seen=NOW - timedelta(hours=1))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("digest") / "archive"
    with Archive.open(path, write=True) as archive:
        archive.store_many([OLD, small("早", title="早先的", published=NOW - timedelta(days=9))])
        archive.store_many([structs.replace(EDIT, plan=plan_of(EDIT)), NEW, AGAIN])
    return path


def made(folder: Path, since: datetime, query: str = "") -> Digest:
    with Archive.open(folder) as archive:
        return digest_of(archive, VIEWS, since, NOW, parse(query, NOW.date()))


def test_what_happened_since_the_reader_left(folder: Path) -> None:
    found = made(folder, LEFT)
    assert (found.new, [(one.name, one.count) for one in found.views]) == (2, [("规划", 2), ("白石", 1)])
    assert [(one.name, one.count) for one in found.agencies] == [("水利部", 2)]
    assert [row.title for row in found.documents] == ["绿地建设规划"]  # an older article speaks of the other one
    assert ([row.title for row in found.edited], found.edited_total) == ([OLD.title], 1)
    assert [row.latest.figure for row in found.due] == ["900座"]
    assert not found.is_empty


def test_new_documents_are_counted_however_many_they_are(tmp_path: Path) -> None:
    def about(number: int, hours: float) -> Article:
        found = small(f"文{number} {hours}", published=NOW - timedelta(hours=hours))
        plan = Plan((Document(f"第{number}号渡口整治方案", ("水利部",), None, Span(0, 0, 2)),))
        return structs.replace(found, seen=NOW - timedelta(hours=hours), plan=plan)

    with Archive.open(tmp_path, write=True) as archive:
        archive.store_many([about(number, 40) for number in range(230, 240)], search_later=True)
        archive.store_many([about(number, 1) for number in range(240)], search_later=True)
        while archive.join_documents(500):
            pass
    found = made(tmp_path, LEFT)
    assert (found.new, found.documents_total, len(found.documents)) == (240, 230, 20)


def test_nothing_happened(folder: Path) -> None:
    found = made(folder, NOW + timedelta(minutes=1))
    assert found.is_empty
    assert (found.new, found.edited_total, found.documents_total, found.due_total) == (0, 0, 0, 1)


def test_a_query_limits_it(folder: Path) -> None:
    found = made(folder, LEFT, "title:山塘")
    assert (found.new, found.edited_total, found.due_total) == (1, 1, 1)
    assert made(folder, LEFT, "title:公布").edited_total == 0
    assert made(folder, NOW - timedelta(days=90)).edited_total == 0  # what is new is not called edited


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(zhengwen, ["--archive", str(folder), "digest", *words])


def test_the_command(folder: Path) -> None:
    save_session(folder, Session(left=LEFT))
    output = run(folder).output
    assert output.startswith(f"Since {LEFT:%Y-%m-%d %H:%M}: 2 new articles, 1 edited, 1 due within 30 days")
    assert "《绿地建设规划》" in output
    assert "\x1b" not in output
    assert "## 1 edited" in run(folder, "--md").output
    found = json.loads(run(folder, "--json", "title:山塘").output)
    assert (found["new"], found["changed"][0]["title"], found["due_total"]) == (1, OLD.title, 1)
    assert json.loads(run(folder, "--json", "--since", "..2099").output)["new"] == 4
    assert json.loads(run(folder, "--json", "--since", f"{NOW.year}").output)["since"].startswith(f"{NOW.year}-01-01")
    (folder / "session.json").unlink()
    yesterday = (NOW - timedelta(days=1)).date().isoformat()
    assert json.loads(run(folder, "--json").output)["since"] == f"{yesterday}T00:00:00+08:00"


@pytest.mark.parametrize("words", [("--since", "gestern"), ("--json", "--md"), ("is:nothing",), ("--since", "2026-13")])
def test_a_wrong_word_is_one_line(folder: Path, words: tuple[str, ...]) -> None:
    result = run(folder, *words)
    assert result.exit_code != 0
    assert "Traceback" not in result.output


def test_when_the_reader_left(folder: Path) -> None:
    assert load_left(folder, NOW) is None
    save_session(folder, Session(left=LEFT))
    assert load_left(folder, NOW) == LEFT
    assert load_left(folder, LEFT - timedelta(days=1)) is None  # a wrong clock wrote it
    assert (folder / "session.json").read_bytes().endswith(b"\n")


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"left": 5}', b'{"left": "x"}', b"\xff\x00", b"[" * 60_000])
def test_a_broken_file_is_one_expected_failure(folder: Path, text: bytes) -> None:
    (folder / "session.json").write_bytes(text)
    with pytest.raises(ArchiveError, match=r"session\.json"):
        load_left(folder, NOW)
    assert "session.json" in run(folder).output
    assert run(folder).exit_code == 0
    (folder / "session.json").unlink()


def test_a_folder_without_an_archive_gets_no_file(tmp_path: Path) -> None:
    save_session(tmp_path / "gone", Session(left=NOW))
    save_session(tmp_path, Session(left=NOW))
    assert list(tmp_path.iterdir()) == []
