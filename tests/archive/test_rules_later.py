"""Rules when the text of an article comes later, and rules whose writer died or met a bug before they were applied."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from feeds.archive import Archive
from feeds.archive.records import Record
from feeds.archive.shards import file as dayfile
from feeds.archive.sqlite.rows.bulk import BulkRows
from feeds.archive.sqlite.rules import RuleApplication
from feeds.model import Article, Block, Flags, Goal, Instead, Plan, Span
from feeds.poller.batches import ArrivedArticle, BatchStore
from feeds.query.rules import StoreRule
from tests.archive.conftest import small
from tests.archive.test_rules import rules_of

RULES = """
mute = ["招聘启事", "直播回放"]
[[rule]]
query = "has:plan"
star = true
tag = "有规划"
[[rule]]
query = "title:湿地"
read = true
tag = "湿地"
[[rule]]
query = "title:湿地 or 退耕还湿"
star = true
"""
PLAN = Plan(goals=(Goal("2030", "保护率达到55%", Span(0, 0, 2)),))


@pytest.fixture
def rules(tmp_path: Path) -> tuple[StoreRule, ...]:
    return rules_of(tmp_path, RULES)


def without_text(name: str, title: str) -> Article:
    return structs.replace(small(name, title=title), blocks=(), plan=Plan(), instead=Instead("empty"))


def with_text(article: Article, *lines: str, plan: Plan = PLAN) -> Article:
    return structs.replace(article, blocks=tuple(map(Block, lines or ("正文。",))), plan=plan, instead=None)


def flags_of(archive: Archive, article: Article) -> Flags:
    """The flags as the index has them, which those of the day file must equal."""
    found = archive.flags(article.id)
    archive.fold_flags()
    (record,) = [one for day in archive.days() for one in archive.articles_of(day) if one.id == article.id]
    assert isinstance(record, Record)
    assert record.flags == found
    return found


@pytest.mark.parametrize(
    ("title", "lines", "plan", "flags"),
    [
        ("某市公告", (), PLAN, Flags(starred=True, tags=("有规划",))),
        ("某市公告", ("另附招聘启事一则。",), Plan(), Flags(hidden=True)),
        ("某市公告", ("会议直播回放见文末。",), PLAN, Flags(starred=True, tags=("有规划",), hidden=True)),
        ("某市公告", ("有序推进退耕还湿。",), Plan(), Flags(starred=True)),
        ("湿地公告", (), Plan(), Flags(read=True, starred=True, tags=("湿地",))),
        ("湿地公告", (), PLAN, Flags(read=True, starred=True, tags=("湿地", "有规划"))),
        ("某市公告", (), Plan(), Flags()),
    ],
)
@pytest.mark.parametrize("later", [False, True])
def test_a_rule_takes_an_article_whose_text_comes_later(
    archive: Archive, rules: tuple[StoreRule, ...], title: str, lines: tuple[str, ...], plan: Plan, flags: Flags,
    *, later: bool,
) -> None:  # fmt: skip
    first = without_text("甲", title)
    archive.store_many([first], rules=rules)
    (stored,) = archive.store_many([with_text(first, *lines, plan=plan)], rules=rules, search_later=later)
    assert stored.changed
    assert flags_of(archive, first) == flags
    archive.set_flags([first.id], read=False, starred=False, hidden=False, untag=["有规划", "湿地"])
    archive.store_many([with_text(first, "另一段更长的正文，改了说法。", *lines, plan=plan)], rules=rules)
    assert flags_of(archive, first) == Flags()


def test_what_the_reader_took_away_before_the_text_came_stays_away(
    archive: Archive, rules: tuple[StoreRule, ...]
) -> None:
    first = without_text("甲", "湿地公告")
    archive.store_many([first], rules=rules)
    archive.set_flags([first.id], read=False, starred=False, untag=["湿地"])
    archive.fold_flags()
    archive.store_many([with_text(first, "退耕还湿。")], rules=rules)
    assert flags_of(archive, first) == Flags(tags=("有规划",))


@pytest.mark.parametrize("mark", [{"starred": True}, {"tag": ["要看"]}, {"note": "核对招聘启事"}])
def test_a_mute_word_in_a_text_that_comes_later_hides_nothing_that_the_reader_marked(
    archive: Archive, rules: tuple[StoreRule, ...], mark: dict[str, Any]
) -> None:
    first, other = without_text("甲", "某市公告"), without_text("乙", "某县公告")
    archive.store_many([first, other], rules=rules)
    archive.set_flags([first.id], **mark)
    archive.set_flags([other.id], read=True)
    lines = ("另附招聘启事一则。",)
    archive.store_many([with_text(one, *lines, plan=Plan()) for one in (first, other)], rules=rules)
    assert not flags_of(archive, first).hidden
    assert flags_of(archive, other) == Flags(read=True, hidden=True)


def test_an_article_that_follows_a_flash_is_asked_again(archive: Archive, rules: tuple[StoreRule, ...]) -> None:
    flash = structs.replace(small("甲", "快讯。", title="湿地快讯"), flash=True)
    archive.store_many([flash], rules=rules)
    archive.set_flags([flash.id], read=False)
    archive.store_many([structs.replace(with_text(flash, "全文很长，另有安排。"), flash=False)], rules=rules)
    assert flags_of(archive, flash) == Flags(starred=True, tags=("湿地", "有规划"))


class Killed(BaseException):
    """Stands for kill -9 between two steps of one process."""


@contextmanager
def stopped(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> Iterator[None]:
    """End the writer where this function is called, as kill -9 would."""

    def stop(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, stop)
        try:
            yield
        except Killed:
            return
    pytest.fail("nothing was stopped")


STEPS = [(dayfile, "sync_folder"), (BulkRows, "put"), (RuleApplication, "apply"), (RuleApplication, "_apply_to")]


@pytest.mark.parametrize(("owner", "name"), STEPS)
@pytest.mark.parametrize("catches_up", ["start", "store"])
def test_a_kill_between_storing_and_the_rules_loses_no_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rules: tuple[StoreRule, ...],
    owner: object, name: str, catches_up: str,
) -> None:  # fmt: skip
    known = without_text("旧", "湿地旧闻")
    new = with_text(small("新", title="湿地公告"))
    with Archive.open(tmp_path / "a", write=True) as archive:
        archive.store_many([known], rules=rules)
        archive.set_flags([known.id], starred=False)
        with stopped(monkeypatch, owner, name):
            archive.store_many([new, with_text(known)], rules=rules)
    with Archive.open(tmp_path / "a", write=True) as archive:
        if catches_up == "start":
            archive.fold_flags(rules=rules)
        else:
            archive.store_many([small("别")], rules=rules)
        assert flags_of(archive, new) == Flags(read=True, starred=True, tags=("有规划", "湿地"))
        assert flags_of(archive, known) == Flags(read=True, tags=("湿地", "有规划"))
        archive.set_flags([new.id], starred=False)
        archive.fold_flags(rules=rules)
        assert not flags_of(archive, new).starred


def test_a_kill_before_the_file_is_written_leaves_nothing_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rules: tuple[StoreRule, ...]
) -> None:
    new = with_text(small("新", title="湿地公告"))
    with Archive.open(tmp_path / "a", write=True) as archive:
        with stopped(monkeypatch, Path, "replace"):
            archive.store_many([new], rules=rules)
        archive.fold_flags(rules=())  # the rules were removed meanwhile
        archive.store_many([new])
        archive.fold_flags(rules=rules)
        assert flags_of(archive, new) == Flags()
        archive.store_many([small("湿地", title="湿地二")], rules=rules)
        assert flags_of(archive, new) == Flags()


@pytest.mark.parametrize("bad", [0, 1, 2])
async def test_articles_that_are_stored_one_by_one_after_a_bug_get_their_marks(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, rules: tuple[StoreRule, ...], bad: int
) -> None:
    arrived = [with_text(small(name, title="湿地公告" + name)) for name in "甲乙丙"]
    store_many = archive.store_many

    def store(batch: list[Article], **options: Any) -> Any:
        if len(batch) == 1 and batch[0].id == arrived[bad].id:
            raise ZeroDivisionError  # a bug over this one
        return store_many(batch, **options)

    monkeypatch.setattr(archive, "store_many", store)
    monkeypatch.setattr(RuleApplication, "apply", _once_broken(RuleApplication.apply))
    stored = await BatchStore(archive, lambda: False, rules=lambda: rules).store([*map(ArrivedArticle, arrived)])
    assert [one.outcome for one in stored].count("refused") == 1
    for article in arrived:
        assert flags_of(archive, article) == Flags(read=True, starred=True, tags=("有规划", "湿地"))


def _once_broken(apply: Any) -> Any:
    calls: list[int] = []

    def broken(self: RuleApplication) -> None:
        calls.append(1)
        if len(calls) == 1:
            raise ZeroDivisionError
        apply(self)

    return broken
