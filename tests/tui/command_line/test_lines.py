"""The lines behind `:` as values: verbs, tags, offers, mistakes, and the history of what was written."""

from pathlib import Path

import pytest

from feeds.export.files import FORMATS
from tui.command_line.history import add_to_history, load_history
from tui.command_line.offers import line_offers
from tui.command_line.outputs import COPIES, pipe_words
from tui.command_line.paths import paths_like
from tui.command_line.tags import tags_and_query
from tui.command_line.verbs import VERBS, CommandText, Misunderstanding, read_line, reason_against_order
from tui.words import speak

VIEWS = [("粮食安全", "标题：粮食"), ("Energy", "cat:能源")]
LABELS = {"tag": [("种业", 3), ("仓储", 2)], "agency": [("国家能源局", 4)]}


def offered(text: str) -> list[str]:
    return [offer.line for offer in line_offers(text, VIEWS, lambda field: LABELS.get(field, []))]


@pytest.mark.parametrize(
    ("text", "verb", "argument"),
    [
        ("tag +种业 due:2028", "tag", "+种业 due:2028"),
        (":read  cat:能源 date:..2026-03", "read", "cat:能源 date:..2026-03"),
        ("：标签 仓储", "tag", "仓储"),
        ("视图 粮食安全", "view", "粮食安全"),
        ("排序 最相关", "sort", "最相关"),
        ("STAR", "star", ""),
        (":export  plan-md ~/纲要 二.md", "export", "plan-md ~/纲要 二.md"),
        ("管道 rows grep -c 粮食", "pipe", "rows grep -c 粮食"),
        ("复制 句子", "copy", "句子"),
    ],
)
def test_a_line_is_a_verb_with_its_argument(text: str, verb: str, argument: str) -> None:
    line = read_line(text)
    assert isinstance(line, CommandText)
    assert line.verb is not None
    assert (line.verb.name, line.argument) == (verb, argument)


def test_a_line_may_be_a_position_or_a_command() -> None:
    assert read_line(":12") == CommandText(number=12)
    for text in ("zoom", "All read", "toggle-theme"):
        line = read_line(text)
        assert isinstance(line, CommandText)
        assert line.command is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("taq +种业", "There is no command “taq”. Did you mean tag?"),
        ("unstr", "There is no command “unstr”. Did you mean unstar?"),
        ("标前 种业", "There is no command “标前”. Did you mean 标签?"),
        ("xyzzy", "There is no command “xyzzy”."),
        ("view", "“view” needs more, for example: view 到期"),
        ("tag ", "“tag” needs more, for example: tag +制造 due:2025"),
        ("", "There is no command “”."),
    ],
)
def test_a_mistake_is_one_sentence_with_the_nearest_name(text: str, words: str) -> None:
    assert read_line(text) == Misunderstanding(words)


@pytest.mark.parametrize(
    ("argument", "parts"),
    [
        ("+种业 -旧 due:2028", (("种业",), ("旧",), "due:2028")),
        ("＋种业 机构：农业农村部 有：指标", (("种业",), (), "机构：农业农村部 有：指标")),
        ("仓储", (("仓储",), (), "")),
        ("#仓储 %", (("仓储",), (), "%")),
        ("-旧 粮食 -快讯", ((), ("旧",), "粮食 -快讯")),
        ("", ((), (), "")),
        ("+种业，仓储 -旧、快讯 due:2028", (("种业", "仓储"), ("旧", "快讯"), "due:2028")),
        ("＋种业,-旧,#新 %", (("种业",), ("旧", "新"), "%")),
        ("种业，仓储 粮食，油料", (("种业", "仓储"), (), "粮食，油料")),
        ("+， 粮食", ((), (), "粮食")),
    ],
)
def test_signed_words_at_the_beginning_are_tags(argument: str, parts: tuple[object, ...]) -> None:
    assert tags_and_query(argument) == parts


def test_the_argument_is_completed_by_its_kind() -> None:
    assert offered("view e") == ["view Energy"]
    assert offered("视图 ") == ["视图 粮食安全", "视图 Energy"]
    assert offered("tag +") == ["tag +种业 ", "tag +仓储 "]
    assert offered("tag +种业 -仓") == ["tag +种业 -仓储 "]
    assert offered("tag +种业 age") == ["tag +种业 agency:", "tag +种业 has:agency "]
    assert offered("read 粮食 机构：能") == ["read 粮食 机构：国家能源局 "]
    assert offered("sort ra") == ["sort rank"]
    assert offered("rea") == offered("粮食 ") == []


def test_what_is_given_out_is_completed() -> None:
    assert offered("copy s") == ["copy sentence"]
    assert offered("复制 ") == [f"复制 {word.name}" for word in COPIES]
    assert offered("pipe plan-j") == ["pipe plan-json "]
    pipes = [("字数", "text"), ("Sorted", "rows")]
    with_pipes = line_offers("pipe s", [], lambda _field: [], lambda _path: [], pipes)
    assert [offer.line for offer in with_pipes] == ["pipe Sorted"]
    assert offered("pipe rows w") == []
    assert offered("export plan-m") == ["export plan-md "]
    assert len(offered("export ")) == len(FORMATS)


def test_the_path_of_a_file_is_completed(tmp_path: Path) -> None:
    for name in ("季报 一.md", "季报.txt", ".季藏", "季\x1b[31m", "季\u202e倒", "年报.md"):
        (tmp_path / name).write_text("")
    (tmp_path / "季度").mkdir()
    offers = line_offers(f"export md {tmp_path}/季", [], lambda _field: [], paths_like)
    assert [offer.line for offer in offers] == [
        f"export md {tmp_path}/{name}" for name in ("季度/", "季报 一.md", "季报.txt")
    ]
    assert paths_like(f"{tmp_path}/.") == [f"{tmp_path}/.季藏"]
    assert paths_like(f"{tmp_path}/nowhere/") == paths_like("\0/") == paths_like("~no-such-reader/") == []


@pytest.mark.parametrize(
    ("argument", "parts"),
    [
        ("wc -m", ("", "wc -m")),
        ("正文 wc -m", ("text", "wc -m")),
        ("ROWS  sort -r", ("rows", "sort -r")),
        ("plan-json", ("plan-json", "")),
        ("选中 wc -m", ("chosen", "wc -m")),
        ("chosen tr a b", ("chosen", "tr a b")),
        ("!less", ("", "!less")),
    ],
)
def test_a_pipe_may_begin_with_what_the_command_reads(argument: str, parts: tuple[str, str]) -> None:
    assert pipe_words(argument) == parts


def test_every_verb_is_named_and_read_in_both_languages() -> None:
    names = [name for verb in VERBS for name in verb.names]
    assert len(names) == len(set(names))
    speak("zh")
    try:
        for verb in VERBS:
            for name in verb.names:
                line = read_line(f"{name} 某")
                assert isinstance(line, CommandText)
                assert line.verb is verb
    finally:
        speak("en")


def test_the_history_is_kept_over_a_restart(tmp_path: Path) -> None:
    for line in ("tag +种业", "sort rank", "tag +种业", *(f"filter 词{n}" for n in range(250)), "12"):
        add_to_history(tmp_path, line)
    lines = load_history(tmp_path)
    assert (len(lines), lines[-2:]) == (200, ["filter 词249", "12"])
    (tmp_path / "commands.history").write_bytes(b"a\x1b[31m\n\xff\n\n")
    assert load_history(tmp_path) == ["a     ", "\ufffd"]
    assert load_history(tmp_path / "nowhere") == []
    add_to_history(tmp_path / "nowhere", "no folder, no history")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("dui", "There is no order “dui”. Did you mean due? There are "),
        ("期", "There is no order “期”. Did you mean 到期? There are "),
        ("最晚", "There is no order “最晚”. Did you mean 最早? There are "),
        ("zzz", "There is no order “zzz”. There are "),
        ("NEWEST 2", "There is no order “NEWEST 2”. Did you mean newest? There are "),
    ],
)
def test_a_wrong_order_is_told_with_the_nearest_and_all(name: str, beginning: str) -> None:
    wrong = reason_against_order(name)
    assert wrong.startswith(beginning)
    named = wrong.rpartition("There are ")[2].removesuffix(".").split(", ")
    assert {*named} == {"rank", "oldest", "due", "agency", "targets", "newest"}


@pytest.mark.parametrize("name", ["due", "DUE", "ｄｕｅ", " rank ", "newest", "最早", "到期"])
def test_an_order_has_english_and_chinese_names(name: str) -> None:
    assert reason_against_order(name) == ""
