"""One day file that is not as it should be costs what it holds, in every use of the archive."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive, Engine
from feeds.archive.shards import file as dayfile
from feeds.archive.whole import Leaving, Stats, Whole
from feeds.model import Article
from tests.archive.corpus import article, articles

COUNT = 60
BAD = "2024-02-29"


def some() -> list[Article]:
    return list(articles(COUNT, every=timedelta(hours=1)))


def sealed(body: bytes) -> bytes:
    return body + b'"checksum":"blake2b-128:%s"}\n' % dayfile._sum_of(body).encode()


def body_of(file: Path) -> bytes:
    data = file.read_bytes()
    return data[: data.rindex(b'"checksum"')]


def later(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b'"version":2,', b'"version":41,', 1))


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "mine.txt").write_text("我的", "utf-8")


def loop(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.name)


def nowhere(file: Path) -> None:
    file.unlink()
    file.symlink_to("/no/such/disk/2024-02-29.json")


def empty(file: Path) -> None:
    file.write_bytes(b"")


def nul(file: Path) -> None:
    file.write_bytes(bytes(8192))


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-700])


def deep(file: Path) -> None:
    body = body_of(file)
    deep_value = b"[" * 50_000 + b"]" * 50_000
    file.write_bytes(sealed(body.replace(b'"title":', b'"extra":' + deep_value + b',"title":', 1)))


def not_records(file: Path) -> None:
    file.write_bytes(sealed(body_of(file).replace(b'"title":"', b'"title":["', 1)))


def endless_version(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b'"version":2,', b'"version":' + b"9" * 6000 + b",", 1))


KINDS: dict[str, Callable[[Path], None]] = {
    work.__name__: work
    for work in (later, folder, loop, nowhere, empty, nul, truncated, deep, not_records, endless_version)
}
LEFT = {"later", "nowhere"}  # what may be read again one day is not touched


@pytest.fixture(params=KINDS)
def hostile(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Path, str]:
    place = tmp_path / "archive"
    with Archive.open(place, write=True) as archive:
        archive.store_many(some())
        archive.set_flags([entry.id for entry in some()], starred=True)
    KINDS[request.param](place / f"shards/2024/{BAD}.json")
    return place, request.param


def others() -> set[str]:
    return {entry.id for entry in some() if entry.published.date().isoformat() != BAD}


def listed(archive: Archive) -> set[str]:
    found = {row.id for row in archive.listing().window(0, 999)}
    for name in others():
        assert archive.get(name).id == name
    return found


def without_index(place: Path) -> None:
    for file in place.glob("index.sqlite*"):
        file.unlink()


def test_everything_else_is_read(hostile: tuple[Path, str]) -> None:
    place, _kind = hostile
    with Archive.open(place) as archive:
        assert listed(archive) >= others()
    without_index(place)
    for turn in range(2):
        with Archive.open(place) as archive:
            assert listed(archive) == others()
            assert turn or [fault.values["name"] for fault in archive.set_aside] == [f"{BAD}.json"]


def test_every_walk_names_it_and_goes_on(hostile: tuple[Path, str]) -> None:
    place, kind = hostile
    with Archive.open(place, catch_up=False) as archive:
        faults = [fault for step in Whole(archive).verify() for fault in step.faults]
        assert any(BAD in str(fault.values.get("name")) for fault in faults)
        stats = Stats()
        assert [fault for step in Whole(archive).measure(stats) for fault in step.faults]
        assert stats.whole.articles == len(others())
    with Archive.open(place, write=True, rebuild=True) as archive:
        told = [str(fault) for step in Whole(archive).rebuild() for fault in step.faults]
        assert any(BAD in words for words in told)
        assert listed(archive) == others()
        list(Whole(archive).migrate())
        last = max(entry.published for entry in some()).date() + timedelta(days=1)
        list(Whole(archive).prune(last, Leaving(), everything=True))
        assert archive.listing().total == 0
    with Archive.open(place, catch_up=False) as archive:
        after = [str(fault) for step in Whole(archive).verify() for fault in step.faults]
    assert len(after) == 1
    assert ("set aside" in after[0]) == (kind not in LEFT)


def test_its_articles_are_refused_or_stored_again_and_others_stored(hostile: tuple[Path, str]) -> None:
    place, kind = hostile
    fresh = [article(number, every=timedelta(hours=1)) for number in range(COUNT, COUNT + 5)]
    with Archive.open(place, write=True) as archive:
        archive.fold_flags()
        stored = archive.store_many([*some(), *fresh])
        refused = {told.id for told in stored if told.fault}
        assert refused == ({entry.id for entry in some()} - others() if kind in LEFT else set())
        assert all(BAD in str(told.fault) for told in stored if told.fault)
        assert not any(told.new or told.changed for told in stored if told.fault)
        found = {row.id for row in archive.listing().window(0, 999)}
        assert found >= ({entry.id for entry in [*some(), *fresh]} - refused)
        assert all(archive.flags(name).starred for name in others())


def test_what_is_left_alone_is_read_once_it_can_be(tmp_path: Path) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        archive.store_many(some())
    file = tmp_path / f"shards/2024/{BAD}.json"
    kept = file.with_name("elsewhere")
    file.rename(kept)
    file.symlink_to("not-there-yet")
    with Archive.open(tmp_path, write=True) as archive:
        archive.store_many(some())
        assert file.is_symlink()
    kept.rename(file.with_name("not-there-yet"))
    without_index(tmp_path)
    with Archive.open(tmp_path, write=True) as archive:
        assert archive.listing().total == COUNT
        assert archive.set_aside == []


@pytest.mark.parametrize(
    "name",
    ["0000/0000-01-01.json", "2024/2024-13-01.json", "2023/2024-02-29.json", "9999/9999-99-99.json", "2024/x.json"],
)
def test_a_name_that_is_no_day_is_somebody_elses(tmp_path: Path, name: str) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        archive.store_many(some())
    file = tmp_path / "shards" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("我的", "utf-8")
    for rebuild in (False, True):
        with Archive.open(tmp_path, write=True, rebuild=rebuild) as archive:
            list(Whole(archive).rebuild())
            assert archive.listing().total == COUNT
            assert archive.set_aside == []
            assert not any(step.faults for step in Whole(archive).verify())
    assert file.read_text("utf-8") == "我的"


@pytest.mark.parametrize(
    "state",
    [
        b"[" * 100_000, b'{"a":' * 100_000, b"null", b"[1]", b'{"x": 5}', b'{"x": {"known": [1], "failures": "many"}}',
        b"", bytes(4096), b'{"x": 1e999}', b'{"n": ' + b"9" * 6000 + b"}", b"\xff\xfe{",
    ],
)  # fmt: skip
def test_an_odd_state_is_none(tmp_path: Path, state: bytes) -> None:
    (tmp_path / "state.json").write_bytes(state)
    with Archive.open(tmp_path, write=True) as archive:
        assert isinstance(archive.load_state(), dict)
        archive.save_state({"来源": {"failures": 1}})
        assert archive.load_state() == {"来源": {"failures": 1}}
    assert json.loads((tmp_path / "state.json").read_bytes())


@pytest.mark.parametrize("kind", ["folder", "loop"])
def test_a_state_that_is_no_file_is_none(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "state.json"
    file.mkdir() if kind == "folder" else file.symlink_to(file.name)
    with Archive.open(tmp_path, write=True) as archive:
        assert archive.load_state() == {}


def test_an_index_that_is_a_folder_is_put_aside(tmp_path: Path) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        archive.store_many(some())
    without_index(tmp_path)
    (tmp_path / "index.sqlite").mkdir()
    with Archive.open(tmp_path) as archive:
        assert archive.listing().total == COUNT
    assert list(tmp_path.glob("index.sqlite.damaged-*"))


def test_a_byte_that_is_flipped_in_the_index_costs_nothing(tmp_path: Path) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        archive.store_many(some())
        archive.fold_flags()
    file = tmp_path / "index.sqlite"
    sound = file.read_bytes()
    used = [start for start in range(0, len(sound), 16384) if any(sound[start : start + 16384])]
    for number in range(60):
        data = bytearray(sound)
        for other in tmp_path.glob("index.sqlite-*"):
            other.unlink()
        page = used[number % len(used)]
        data[page + (number * 2741) % 16384] ^= (0xFF, 0x10, 0x01)[number % 3]
        file.write_bytes(data)
        names = _read_twice(tmp_path)
        assert len(names) <= COUNT
        with Archive.open(tmp_path, write=True, rebuild=True) as archive:
            list(Whole(archive).rebuild())
            assert {row.id for row in archive.listing().window(0, 999)} == {entry.id for entry in some()}
        assert not list(tmp_path.glob("index.damaged"))


def _read_twice(place: Path) -> list[str]:
    """As a command reads: where it meets damage, once more with the index made anew."""
    from tui.cli.reading import read

    def work(archive: Engine) -> list[str]:
        rows = archive.listing().window(0, 999)
        archive.facets(None, "category")
        archive.unread()
        for row in rows[:5]:
            archive.flags(row.id)
            archive.duplicates(row.id)
        return [row.id for row in rows]

    return read(place, work)


def test_new_folders_are_on_the_disk_before_a_day_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    opened = os.open

    def note(path: Path, flags: int, *rest: int, **more: int) -> int:
        if flags & getattr(os, "O_DIRECTORY", 0):
            synced.append(Path(path))
        return opened(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", note)
    place = tmp_path / "a" / "b" / "archive"
    with Archive.open(place, write=True) as archive:
        archive.store(article(0))
    expected = [tmp_path, tmp_path / "a", tmp_path / "a/b", place, place / "shards", place / "shards/2024"]
    assert [path for path in dict.fromkeys(synced) if path in expected] == expected
