"""Taking a text away: the one way in which the archive forgets one, for texts that are not the article's."""

from pathlib import Path

from msgspec import structs

from feeds.archive import Archive
from feeds.model import Block, Instead, Plan
from tests.archive.corpus import articles


def test_a_text_that_is_taken_away_is_neither_shown_nor_found_and_marks_stay(tmp_path: Path) -> None:
    first, second = (structs.replace(one, blocks=(Block(f"独木桥{n}"),)) for n, one in enumerate(articles(2, seed=5)))
    with Archive.open(tmp_path, write=True) as archive:
        archive.store_many([first, second])
        archive.set_flags([first.id], starred=True, read=True)
        archive.fold_flags()
        archive.set_texts([structs.replace(first, blocks=(), plan=Plan(), instead=Instead("check"))])
        archive.set_texts([structs.replace(first, id="nobody")])
        found = archive.get(first.id)
        assert (found.blocks, found.plan, found.earlier, found.instead) == ((), Plan(), (), Instead("check"))
        assert (found.title, found.summary, found.keys) == (first.title, first.summary, first.keys)
        assert archive.flags(first.id).starred
        assert archive.get(second.id).blocks == second.blocks
    with Archive.open(tmp_path) as archive:
        assert archive.get(first.id).instead == Instead("check")


def test_what_stood_in_its_place_goes_when_the_text_comes(tmp_path: Path) -> None:
    (article,) = articles(1, seed=5)
    empty = structs.replace(article, blocks=(), plan=Plan(), instead=Instead("pdf", "application/pdf"))
    with Archive.open(tmp_path, write=True) as archive:
        archive.store(empty)
        assert archive.get(article.id).instead == Instead("pdf", "application/pdf")
        archive.store(structs.replace(empty, instead=Instead("frame")))
        assert archive.get(article.id).instead == Instead("frame")
        archive.store(structs.replace(article, blocks=(Block("正文。"),)))
        archive.store(empty)
        found = archive.get(article.id)
        assert ([block.text for block in found.blocks], found.earlier, found.instead) == (["正文。"], (), None)
