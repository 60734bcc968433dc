"""Changes of config.toml: only the lines concerned differ, whatever stands around them."""

from collections.abc import Callable, Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds import config
from feeds.config.editing import (
    add_entry,
    adopt_array,
    change_entry,
    free_name,
    move_entry,
    remove_entry,
)
from feeds.errors import ConfigError

COMMENTS = ("# 说明 [[source]]", '#a = """', "#'''", "  # [x", "# ]] }", '\t# "', "#")
EXTRAS = (
    'pages = 2 # "[',
    "list = [ 1, # ]\n  2,\n\n  # [[source]]\n]",
    'text = """\n[[source]]\nname = "甲"\n"""',
    "plain = '''# '\n[keys]\n'''  # 完",
    "inner = { a = \"}\", b = [ '[' ] }",
    'headers.X-A = "b"',
    'cookies = { X-Key = { env = "K" }, "X-B" = \'[[source]]\' }  # 头',
    'mute = [\n  "广告",  # 词\n  "招聘 #",\n]',
    "logins = { user = 'a', password = { file = '~/.p #' } }",
    "  [source.login]\n  user = 'x'",
    "[[source.part]]\nn = 1\n[[source.part]]\nn = 2",
)
HEADS = ("[[source]]", "[[ source ]] # 来源", '  [["source"]]', "[['source']]\t#")


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text with sources and other tables among comments and blank lines, and the names of the sources."""
    pick: Callable[[Sequence[str]], str] = lambda choices: draw(st.sampled_from(choices))  # noqa: E731
    blanks = st.sampled_from(["", "\n", "\n\n", "  \n"])
    parts = [pick(("", "language = 'zh'\n", "# 头\n\ntheme = 'dark' # 暗\n"))]
    names = [f"源{number}" for number in range(draw(st.integers(1, 4)))]
    for name in names:
        parts += [draw(blanks), draw(st.sampled_from(["", *(f"{comment}\n" for comment in COMMENTS)]))]
        keys = [f'name = "{name}"  # 名', *draw(st.lists(st.sampled_from(EXTRAS[:9]), max_size=3, unique=True))]
        keys += draw(st.lists(st.sampled_from(EXTRAS[9:]), max_size=1))
        parts += [pick(HEADS), "\n", "\n".join(keys), "\n"]
        parts += [draw(blanks), pick(("", f"[fetch{len(parts)}]\nx = 1\n", "[[view]]\nname = 'v'\n# 尾\n"))]
    text = "".join(parts)
    text = text.rstrip("\n") if draw(st.booleans()) else text
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return ("\ufeff" if draw(st.booleans()) else "") + text, names


def table_of(text: str) -> dict[str, list[dict[str, object]]]:
    table: dict[str, list[dict[str, object]]] = msgspec.toml.decode(text.removeprefix("\ufeff"))
    return table


def is_kept(old: str, new: str, *, added: int = 0, removed: int = 0) -> bool:
    """Whether the new lines are the old ones in order, with so many others added and removed in one place each."""
    before, after = old.split("\n"), new.split("\n")
    common = 0
    while common < min(len(before), len(after)) and before[common].rstrip("\r") == after[common].rstrip("\r"):
        common += 1
    tail = 0
    while tail < min(len(before), len(after)) - common and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return len(before) - common - tail <= removed and len(after) - common - tail <= added


@settings(max_examples=50, deadline=None)
@given(files(), st.integers(0, 3))
def test_only_the_lines_concerned_differ(file: tuple[str, list[str]], index: int) -> None:
    text, names = file
    which = names[index % len(names)]
    number = names.index(which)
    rows = table_of(text)["source"]

    renamed = change_entry(text, "source", which, {"name": '新"名'})
    assert is_kept(text, renamed, added=1, removed=1)
    assert change_entry(renamed, "source", '新"名', {"name": which}) == text

    paused = change_entry(text, "source", number, {"paused": True})
    assert is_kept(text, paused, added=2, removed=1)  # the last line of a text may get its line end
    assert table_of(paused)["source"][number] == rows[number] | {"paused": True}
    assert change_entry(paused, "source", which, {"paused": None}).rstrip("\r\n") == text.rstrip("\r\n")

    added = add_entry(text, "source", {"name": "末", "headers": {"a b": "c"}, "pages": None})
    assert table_of(added)["source"] == [*rows, {"name": "末", "headers": {"a b": "c"}}]
    assert is_kept(text, added, added=6, removed=1)

    removed = remove_entry(text, "source", which)
    assert [row["name"] for row in table_of(removed)["source"]] == [name for name in names if name != which]
    gone = [line for line in text.split("\n") if line not in removed.split("\n")]
    assert len(gone) <= text.count("\n") + 2 - removed.count("\n")

    target = index * 7 % len(names)
    moved = move_entry(text, "source", which, target)
    assert [row["name"] for row in table_of(moved)["source"]].index(which) == target
    for line in text.split("\n"):
        assert not line.strip() or moved.count(line.rstrip("\r")) >= 1

    keyed = change_entry(text, "source", which, {"g d": "documents"})
    assert is_kept(text, keyed, added=2, removed=1)
    again = change_entry(keyed, "source", which, {"g d": "sources"})
    assert again == keyed.replace('"documents"', '"sources"')
    for new in (renamed, paused, added, removed, moved, keyed):
        assert new.startswith("\ufeff") == text.startswith("\ufeff")
        assert ("\n" in new.replace("\r\n", "")) == ("\n" in text.replace("\r\n", "") or "\n" not in text)


def test_a_comment_goes_with_the_entry_below_it_and_the_first_entry_leaves_those_above_it() -> None:
    text = (
        "# 来源表\n[[source]]\nname = 'a'\n\n# 乙的说明\n[[source]]\nname = 'b'\n\n# 丙的说明\n[[source]]\nname = 'c'\n"
    )
    assert remove_entry(text, "source", "b") == text.replace("# 乙的说明\n[[source]]\nname = 'b'\n\n", "")
    assert remove_entry(text, "source", "a") == text.replace("[[source]]\nname = 'a'\n", "")
    assert remove_entry(text, "source", "c").endswith("name = 'b'\n")
    a, b, c = text.split("\n\n")
    assert move_entry(text, "source", "c", 1) == "\n\n".join((a, c.rstrip("\n"), f"{b}\n"))
    assert move_entry(text, "source", "a", 2) == f"# 来源表\n\n{b}\n\n{c}\n[[source]]\nname = 'a'\n"


def test_without_its_last_entry_an_array_is_empty_and_can_be_filled_again() -> None:
    text = "theme = 'dark'  # 暗\n\n[[view]]\nname = 'a'\nquery = 'is:unread'\n"
    empty = remove_entry(text, "view", "a")
    assert empty == "theme = 'dark'  # 暗\nview = []\n"
    assert add_entry(empty, "view", {"name": "b"}) == "theme = 'dark'  # 暗\n\n[[view]]\nname = \"b\"\n"


@pytest.mark.parametrize(
    ("text", "key", "value", "expected"),
    [
        ("[[source]]\nh = { a = 'x' } # 头\n", "h", {"a": "x", "b": "y"}, '[[source]]\nh = {a = "x", b = "y"} # 头\n'),
        ("[[source]]\nh.a = 'x'\n[fetch]\n", "h", None, "[[source]]\n[fetch]\n"),
        ("[[source]]\na = 'x'\n\n# 取\n[fetch]\n", "b", "y", "[[source]]\na = 'x'\nb = \"y\"\n\n# 取\n[fetch]\n"),
        ("[[source]] # 源\n# 空\n[fetch]\n", "b", ["x", "y"], '[[source]] # 源\nb = ["x", "y"]\n# 空\n[fetch]\n'),
        ("[[source]]\n[keys]\n", "é", 3, '[[source]]\n"é" = 3\n[keys]\n'),
        ("[[source]]\nx = 1", "y", None, "[[source]]\nx = 1"),
    ],
)
def test_a_key_of_an_entry_is_set_and_taken_out(text: str, key: str, value: object, expected: str) -> None:
    assert change_entry(text, "source", 0, {key: value}) == expected


def test_a_form_that_cannot_be_changed_is_refused() -> None:
    inline = 'source = [{ name = "a", kind = "rss", url = "http://a.cn/" }]\n'
    with pytest.raises(ConfigError, match="is written as one value"):
        add_entry(inline, "source", {"name": "b"})
    with pytest.raises(ConfigError, match="is written as one value"):
        remove_entry(inline, "source", "a")
    with pytest.raises(ConfigError, match="is written as one value"):
        change_entry(inline, "source", 0, {"name": "b"})
    with pytest.raises(ConfigError, match="has no \\[\\[source\\]\\] called 丁"):
        remove_entry("[[source]]\nname = '甲'\n", "source", "丁")


def test_a_file_without_sources_gets_those_in_force_before_it_is_changed() -> None:
    shipped = config.shipped_path().read_text("utf-8")
    adopted = adopt_array("theme = 'dark'", "source", shipped)
    assert adopted.startswith("theme = 'dark'\n\n[[source]]\n")
    assert table_of(adopted)["source"] == table_of(shipped)["source"]
    assert adopt_array("source = []", "source", shipped) == "source = []"


@pytest.mark.parametrize("name", ["甲", "is:unread", "甲 2"])
def test_a_taken_name_gets_the_next_number_however_many_are_taken(name: str) -> None:
    taken: set[str] = set()
    for _ in range(150):
        taken.add(free_name(name, taken))
    assert taken == {name, *(f"{name} {number}" for number in range(2, 151))}
