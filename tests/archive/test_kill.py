"""kill -9 at any moment loses nothing that was acknowledged."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from feeds.archive import Archive
from feeds.archive.shards import file as dayfile
from feeds.archive.sqlite.rows.bulk import BulkRows
from tests.archive.corpus import article

_WRITER = """
import sys
from pathlib import Path
from feeds.archive import Archive
from tests.archive.corpus import articles
from datetime import timedelta
seed = int(sys.argv[2])
with Archive.open(Path(sys.argv[1]), write=True) as archive:
    print("open", flush=True)
    batch = []
    for article in articles(2000, seed, every=timedelta(hours=3)):
        batch.append(article)
        if len(batch) == 7:
            stored = archive.store_many(batch)
            read = [entry.id for entry in stored[::2]]
            archive.set_flags(read, read=True)
            print(*(entry.id for entry in stored), flush=True)
            batch.clear()
            archive.fold_flags(3)
"""


def _killed_after(path: Path, seed: int, delay: float, *, stored: bool) -> list[list[str]]:
    """What a writer acknowledged, batch by batch, before it was killed.

    It is killed `delay` seconds after it opened the archive, or after its first batch if that is `stored`.
    """
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(path), str(seed)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "open\n"
    first = writer.stdout.readline() if stored else ""
    time.sleep(delay)
    writer.send_signal(signal.SIGKILL)
    lines = (first + writer.stdout.read()).split("\n")
    writer.stdout.close()
    writer.wait()
    return [line.split() for line in lines[:-1]]  # a last line without its end was not acknowledged


def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    dice = random.Random(4)  # noqa: S311 -- moments, no secrets
    acknowledged: list[list[str]] = []
    for turn in range(12):
        acknowledged += _killed_after(tmp_path, turn, dice.uniform(0.0, 0.35), stored=turn % 4 == 3)
    assert acknowledged, "no writer lived long enough to say anything"
    for file in tmp_path.glob("shards/*/*.json"):
        json.loads(dayfile.verified_bytes(file.read_bytes(), file.name))
    with Archive.open(tmp_path, write=True) as archive:
        assert archive.set_aside == []
        for batch in acknowledged:
            for name in batch:
                assert archive.get(name).id == name
        read_batches = [batch for batch in acknowledged if archive.flags(batch[0]).read]
        # The reader's mark of a batch stands before its line is printed.
        assert read_batches == acknowledged
        listed = {row.id for row in archive.listing().window(0, 100_000)}
        assert listed >= {name for batch in acknowledged for name in batch}
        assert archive.listing().total == len(listed)


class Killed(BaseException):
    """Stands for kill -9 between two steps of one process."""


@pytest.mark.parametrize("step", ["replace", "fsync", "index"])
def test_each_step_between_file_and_index_may_be_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        archive.store(article(0))

        def killed(*_: object, **__: object) -> None:
            raise Killed

        with monkeypatch.context() as patch:
            if step == "replace":
                patch.setattr(Path, "replace", killed)
            elif step == "fsync":
                patch.setattr(dayfile, "sync_folder", killed)
            else:
                patch.setattr(BulkRows, "put", killed)
            with pytest.raises(Killed):
                archive.store(article(1))
    with Archive.open(tmp_path) as reader:
        ids = [row.id for row in reader.listing().window(0, 9)]
        assert ids == ([article(0).id] if step == "replace" else [article(0).id, article(1).id])
    with Archive.open(tmp_path, write=True) as archive:
        assert archive.store(article(1)).outcome == ("new" if step == "replace" else "same")
        assert archive.listing().total == 2


def test_a_day_left_behind_is_read_again_where_no_time_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A coarse clock gives the folder the same time before and after the write."""
    with Archive.open(tmp_path, write=True) as archive:
        archive.store(article(0))
        year = tmp_path / "shards/2024"
        before = year.stat()

        def killed(*_: object, **__: object) -> None:
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(BulkRows, "put", killed)
            with pytest.raises(Killed):
                archive.store(article(1))
        os.utime(year, ns=(before.st_atime_ns, before.st_mtime_ns))
    with Archive.open(tmp_path) as reader:
        assert reader.listing().total == 2
