"""Many articles at once are those that are read one by one."""

import random
from pathlib import Path

from feeds.archive import Archive
from tests.archive.corpus import articles


def test_many_articles_are_the_same_as_one_by_one(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many(articles(400, seed=5))
        names = archive.listing().ids()
        assert list(archive.get_many(names)) == [archive.get(name) for name in names]
        random.Random(3).shuffle(names)  # noqa: S311 -- the same order each time
        assert [article.id for article in archive.get_many([*names[:40], "no-such-id", names[40]])] == names[:41]
        assert list(archive.get_many([])) == []


def test_a_day_that_cannot_be_read_leaves_its_articles_out(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many(articles(900, seed=6))
        names = archive.listing().ids()
        days = {name: archive.get(name).published.date() for name in names}
    first = min(days.values())
    path = next((tmp_path / "archive").rglob(f"{first}.json"))
    path.write_bytes(path.read_bytes().replace(b'"title"', b'"titel"', 1))
    with Archive.open(tmp_path / "archive", catch_up=False) as archive:
        found = [article.id for article in archive.get_many(names)]
    assert found == [name for name in names if days[name] != first]
    assert 0 < len(found) < len(names)
