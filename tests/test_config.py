"""config.toml: what it takes, and how it says what is wrong."""

from pathlib import Path

import msgspec
import pytest

from feeds import config
from feeds.errors import ConfigError

VIEW = '[[view]]\nname = "甲"\nquery = "\\"a b\\" is:unread"\n'


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_file_polls_the_five_channels() -> None:
    shipped = config.load(config.shipped_path())
    assert [source.name for source in shipped.sources] == ["国内滚动", "宏观经济", "部委动态", "金融新闻", "7x24"]
    assert shipped.sources[0].category == ("金融", "新浪财经", "国内滚动")


def test_every_key_of_the_shipped_file_has_its_line_of_comment() -> None:
    lines = config.shipped_path().read_text("utf-8").split("# 每个来源")[0].splitlines()
    assert all("#" in line for line in lines if "=" in line)


def test_the_shipped_file_states_the_defaults_of_the_code() -> None:
    shipped = config._decoded(config.shipped_path())
    shipped.pop("source")
    shipped.pop("view")
    empty = config._File()
    assert msgspec.convert(shipped, config._File) == empty


def test_a_readers_file_is_laid_over_the_shipped_one(tmp_path: Path) -> None:
    path = written(
        tmp_path, '[fetch]\npause = 2\n[[source]]\nname = "a"\nkind = "rss"\nurl = "https://example.org/x"\n'
    )
    loaded = config.load(path)
    assert loaded.fetch.pause == 2
    assert loaded.fetch.deadline == 30
    assert [source.name for source in loaded.sources] == ["a"]
    assert loaded.sources[0].category == ("a",)


def test_paths_are_relative_to_the_file_that_names_them(tmp_path: Path) -> None:
    path = written(tmp_path, 'archive = "mine"\n[[source]]\nname = "p"\nkind = "posts"\nurl = "posts"\n')
    loaded = config.load(path)
    assert loaded.archive == tmp_path / "mine"
    assert loaded.sources[0].url == str(tmp_path / "posts")


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ('theme = "pink"', "theme", "auto, dark or light"),
        ("[fetch]\ndeadline = 0", "fetch.deadline", "above 0"),
        ('[fetch]\nper_host = "many"', "fetch.per_host", "from 1 to 16"),
        ('[[source]]\nname = "a"\nkind = "gopher"', "source[1].kind", "roll, live, rss or posts"),
        ('[[source]]\nkind = "rss"', "source[1].name", "not empty"),
        ('[[source]]\nname = "a"\nkind = "rss"\nurl = "ftp://x"', "source[1].url", "http"),
        ('[[source]]\nname = "a"\nkind = "roll"\nchannel = "155"', "source[1].channel", "155/1686"),
        ('[[source]]\nname = "a"\nkind = "live"\nchannel = "x"', "source[1].channel", "152"),
        ('[[source]]\nname = "a"\nkind = "posts"', "source[1].url", "path"),
        ("colour = 1", "colour", "no such key"),
        ("[fetch]\nspeed = 1", "fetch.speed", "no such key"),
        ("source = 3", "source", "[[source]]"),
        ("view = 3", "view", "[[view]]"),
        ('[[view]]\nquery = "a"', "view[1].name", "not empty"),
        ('[[view]]\nname = "a"', "view[1].query", "a filter"),
        ('[[view]]\nname = "a"\nquery = "a"\nkey = "ab"', "view[1].key", "one character"),
        ('[[view]]\nname = "a"\nquery = "b is:red"', "view[1].query", "at character 6: expected one of unread"),
        ('[[view]]\nname = "a"\nquery = "due:soon"', "view[1].query", "at character 5: expected a deadline"),
        ("fetch = 3", "fetch", "a table"),
    ],
)
def test_a_fault_names_file_key_and_what_was_expected(tmp_path: Path, text: str, key: str, expected: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    said = str(caught.value)
    assert said.startswith(f"{path}: {key}: ")
    assert expected in said
    assert "\n" not in said


def test_two_sources_cannot_share_a_name(tmp_path: Path) -> None:
    row = '[[source]]\nname = "a"\nkind = "live"\nchannel = "152"\n'
    with pytest.raises(ConfigError, match=r"source\[2\]\.name"):
        config.load(written(tmp_path, row + row))


def test_two_views_share_neither_name_nor_key(tmp_path: Path) -> None:
    row = '[[view]]\nname = "a"\nquery = "甲"\nkey = "1"\n'
    with pytest.raises(ConfigError, match=r"view\[2\]\.name"):
        config.load(written(tmp_path, row + row))
    with pytest.raises(ConfigError, match=r"view\[2\]\.key"):
        config.load(written(tmp_path, row + row.replace('"a"', '"b"')))


def test_views_are_known_by_name(tmp_path: Path) -> None:
    loaded = config.load(written(tmp_path, '[[view]]\nname = "规划"\nquery = "has:plan due:<=2027"\nkey = "1"\n'))
    assert loaded.views == (config.View(name="规划", query="has:plan due:<=2027", key="1"),)
    assert loaded.view("规划") is loaded.views[0]
    with pytest.raises(ConfigError, match="no view called 无; there are 规划"):
        loaded.view("无")
    assert [view.name for view in config.load(config.shipped_path()).views] == ["今日", "未读规划"]


def test_what_is_no_toml_and_what_is_not_there_are_said_in_one_line(tmp_path: Path) -> None:
    for path in (written(tmp_path, "= ="), tmp_path / "none.toml", tmp_path):
        with pytest.raises(ConfigError) as caught:
            config.load(path)
        assert "\n" not in str(caught.value)


def test_what_is_shown_reads_back_to_the_same(tmp_path: Path) -> None:
    source = '[[source]]\nname = "甲\\"乙"\nkind = "rss"\nurl = "https://example.org/x"\ncategory = "金融/试"\n'
    loaded = config.load(written(tmp_path, f'language = "zh"\narchive = "mine"\n[fetch]\npause = 0.25\n{source}{VIEW}'))
    (tmp_path / "again.toml").write_text(config.text_of(loaded, loaded.archive), "utf-8")
    again = config.load(tmp_path / "again.toml")
    assert msgspec.structs.replace(again, path=loaded.path) == loaded
