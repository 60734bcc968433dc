"""Rules and mute words: what is new gets marks once, by what is its own."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from feeds import config
from feeds.archive import Archive
from feeds.config.sources.rules import RulesInForce
from feeds.errors import ConfigError
from feeds.intake.posts import import_posts
from feeds.model import Flags
from feeds.query import parse
from feeds.query.rules import StoreRule
from tests.archive.conftest import NOON, small

DAY = date(2023, 5, 11)
SOURCES = """
[[source]]
name = "甲"
kind = "rss"
url = "https://a.example.cn/"
mute = ["招聘"]
[[source]]
name = "乙"
kind = "rss"
url = "https://b.example.cn/"
"""


def rules_of(folder: Path, text: str) -> tuple[StoreRule, ...]:
    (folder / "config.toml").write_text(text + SOURCES, "utf-8")
    return RulesInForce(config.load(folder / "config.toml")).on(DAY)


def flags_after(archive: Archive, rules: tuple[StoreRule, ...], title: str, *text: str, source: str = "乙") -> Flags:
    (stored,) = archive.store_many([small(title, *text, title=title, source=source)], rules=rules)
    return archive.flags(stored.id)


@pytest.mark.parametrize(
    ("word", "title", "text", "hidden"),
    [
        ("广告", "户外广告设施管理办法", "正文。", True),
        ("广告", "某地印发办法", "各类广告牌须在年内登记。", True),
        ("广告", "某地印发办法", "广而告之。", False),
        ("ＡＩ", "ai 应用行动方案", "正文。", True),
        ("ai", "Ａｉ 应用行动方案", "正文。", True),
        ("养老服务", "關於養老服務的意見", "正文。", True),
        ("養老服務", "关于养老服务的意见", "正文。", True),
        ("股票 基金", "股票和基金", "正文。", False),
        ("<b>", "关于<b>的说明", "正文。", True),
        ("%", "增长5%左右", "正文。", True),
        ("'", "it's", "正文。", True),
    ],
)
def test_a_mute_word_hides_a_new_article_whatever_its_width_case_and_characters(
    archive: Archive, tmp_path: Path, word: str, title: str, text: str, *, hidden: bool
) -> None:
    rules = rules_of(tmp_path, f'mute = ["别的词", "{word}"]\n')
    assert flags_after(archive, rules, title, text) == Flags(hidden=hidden)
    assert archive.listing().count() == (not hidden)


def test_the_mute_words_of_a_source_are_for_its_articles(archive: Archive, tmp_path: Path) -> None:
    rules = rules_of(tmp_path, "")
    assert flags_after(archive, rules, "事业单位招聘公告一", source="甲").hidden
    assert not flags_after(archive, rules, "事业单位招聘公告二", source="乙").hidden
    assert not flags_after(archive, rules, "招生公告", source="甲").hidden


RULES = """
[[rule]]
query = "title:港口"
star = true
tag = ["港口", "待核"]
[[rule]]
query = "source:乙 -has:plan"
read = true
tag = "快看"
[[rule]]
query = "title:招聘 or 体检安排"
hide = true
"""


def test_every_rule_that_finds_a_new_article_counts(archive: Archive, tmp_path: Path) -> None:
    rules = rules_of(tmp_path, RULES)
    assert flags_after(archive, rules, "港口规划") == Flags(read=True, starred=True, tags=("港口", "待核", "快看"))
    assert flags_after(archive, rules, "港口岸线", source="丙") == Flags(starred=True, tags=("港口", "待核"))
    assert flags_after(archive, rules, "补充公告", "附体检安排。", source="丙") == Flags(hidden=True)
    assert flags_after(archive, rules, "别的", source="丙") == Flags()


def test_a_rule_is_applied_once_and_a_later_mark_stays(archive: Archive, tmp_path: Path) -> None:
    rules = rules_of(tmp_path, RULES)
    first = small("a", title="港口招聘公告", source="乙")
    archive.store_many([first], rules=rules)
    assert archive.flags(first.id) == Flags(read=True, starred=True, tags=("港口", "待核", "快看"), hidden=True)
    archive.set_flags([first.id], untag=["港口", "待核", "快看"], read=False, starred=False, hidden=False)
    edited = small("a", "改过的正文，又长了一段。", title="港口招聘公告（更正）", source="乙")
    (stored,) = archive.store_many([edited], rules=rules)
    assert stored.changed
    assert archive.flags(first.id) == Flags()
    archive.fold_flags()
    assert archive.get(first.id).title == "港口招聘公告（更正）"
    assert archive.flags(first.id) == Flags()


def test_a_copy_that_is_hidden_does_not_hide_its_group(archive: Archive, tmp_path: Path) -> None:
    lines = [f"第{number}条，渔港经济区要健全避风、补给和加工设施，落实管护责任。" for number in range(8)]
    rules = rules_of(tmp_path, '[[rule]]\nquery = "source:甲"\nhide = true\nstar = true\n')
    one = small("一", *lines, title="渔港办法", source="乙")
    copy = small("二", *lines, title="渔港办法", source="甲", published=NOON + timedelta(hours=1))
    archive.store_many([one], rules=rules)
    archive.store_many([copy], rules=rules)
    while archive.upkeep():
        pass
    (row,) = archive.listing().window(0, 9)
    assert (row.id, row.copies, row.starred) == (one.id, 1, False)
    assert archive.flags(copy.id) == Flags(starred=True, hidden=True)


def test_today_is_the_day_of_storing(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[[rule]]\nquery = "date:today"\nread = true\n', "utf-8")
    rules = RulesInForce(config.load(tmp_path / "config.toml"))
    assert rules.on(DAY)[0].query == parse("date:today", DAY)
    assert rules.on(DAY + timedelta(days=1))[0].query == parse("date:today", DAY + timedelta(days=1))


def test_an_import_gives_marks_too(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "posts"
    folder.mkdir()
    for name in ("港口甲", "乙"):
        (folder / f"{name}.md").write_text(f"---\ntitle: {name}\ndate: 2023-05-10\n---\n\n正文{name}。\n", "utf-8")
    list(import_posts([folder], archive, NOON, most=1, rules=rules_of(tmp_path, RULES)))
    assert {row.title: row.starred for row in archive.listing().window(0, 9)} == {"港口甲": True, "乙": False}


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ('[[rule]]\nquery = "is:red"\nread = true', "rule[1].query", "at character 4: expected one of"),
        ('[[rule]]\nquery = "("\nread = true', "rule[1].query", "at character"),
        ('[[rule]]\nquery = "a"\nread = true\n[[rule]]\nquery = "due:x"\nhide = true', "rule[2].query", "a deadline"),
        ('[[rule]]\nquery = "a"', "rule[1]", "one of read, star, hide or tag"),
        ('[[rule]]\nquery = "a"\ntag = " "', "rule[1]", "one of read, star, hide or tag"),
        ('[[rule]]\nquery = " "\nread = true', "rule[1].query", "a filter such as"),
        ("[[rule]]\nread = true", "rule[1].query", "a filter such as"),
        ('[[rule]]\nquery = "a"\nstarr = true', "rule[1].starr", "no such key; did you mean star?"),
        ('[[rule]]\nquery = "a"\nread = "yes"', "rule[1].read", "true or false"),
        ("rule = 3", "rule", "[[rule]] tables"),
        ('mute = "广告"', "mute", 'a list of words such as ["广告"]'),
        ('mute = ["广告", " "]', "mute", "a list of words"),
        ('[[source]]\nname = "b"\nkind = "rss"\nurl = "https://c.cn/"\nmute = ["　"]', "source[1].mute", "a list of"),
    ],
)
def test_a_mistake_is_told_in_one_line(tmp_path: Path, text: str, key: str, expected: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as failure:
        config.load(path)
    assert str(failure.value).startswith(f"{path}: {key}: ")
    assert expected in str(failure.value)
    assert "\n" not in str(failure.value)


def test_the_printed_configuration_has_rules_and_mute_words(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('mute = ["广告"]\n' + RULES + SOURCES, "utf-8")
    loaded = config.load(path)
    path.write_text(config.text_of(loaded, loaded.archive), "utf-8")
    assert config.load(path) == structs.replace(loaded, archive=loaded.archive)
    assert [rule.tags for rule in loaded.rules] == [("港口", "待核"), ("快看",), ()]
