"""A change of config.toml on the disk: checked, whole, and taken back."""

import os
from pathlib import Path

import pytest

from feeds import config
from feeds.config.changing import ChangeStack, edit, undo
from feeds.config.editing import add_entry, change_entry, remove_entry
from feeds.errors import ConfigError

NEW = {"name": "部网", "kind": "rss", "url": "https://a.cn/rss.xml"}


def adding(text: str) -> str:
    return add_entry(text, "source", NEW)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("ZHENGWEN_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return config.reader_path()


def test_without_a_file_the_shipped_one_is_the_start(reader: Path) -> None:
    change = edit(config.shipped_path(), adding, "source")
    assert change.path == reader
    assert change.after == adding(config.shipped_path().read_text("utf-8"))
    assert [source.name for source in config.load().sources][-2:] == ["7x24", "部网"]
    undo(change)
    assert not reader.exists()


def test_a_change_keeps_link_mode_and_bytes_and_is_undone(tmp_path: Path) -> None:
    real, path = tmp_path / "real" / "c.toml", tmp_path / "config.toml"
    real.parent.mkdir()
    text = "\ufefftheme = 'dark'\r\n[[source]]\r\nname = '甲'\r\nkind = 'posts'\r\nurl = 'p'\r\n"
    real.write_bytes(text.encode())
    real.chmod(0o640)
    path.symlink_to(real)
    change = edit(path, lambda old: change_entry(old, "source", "甲", {"name": "乙"}), "source")
    assert path.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert real.read_bytes() == text.replace("'甲'", '"乙"').encode()
    undo(change)
    assert real.read_bytes() == text.encode()
    real.write_bytes(text.encode() + b"# \r\n")
    with pytest.raises(ConfigError, match="was changed since"):
        undo(change)


def test_what_would_be_refused_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    text = "theme = 'dark'\n"
    path.write_text(text, "utf-8")
    for values in ({"name": "7x24"}, {"kind": "roll"}, {"name": "\x1b[2J"}, {"name": "甲\ud800"}, {"url": "http://"}):
        with pytest.raises(ConfigError):
            edit(path, lambda old, values=values: add_entry(old, "source", NEW | values), "source")  # type: ignore[misc]
    assert path.read_text("utf-8") == text
    for broken in ("theme = ", "\0", "[[source]]\nname = 1\nname = 2\n"):
        path.write_text(broken, "utf-8")
        with pytest.raises(ConfigError):
            edit(path, adding, "source")
        assert path.read_text("utf-8") == broken


def test_a_file_without_sources_keeps_those_in_force(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("theme = 'dark'\n", "utf-8")
    edit(path, adding, "source")
    assert len(config.load(path).sources) == 6
    for source in config.load(path).sources:
        edit(path, lambda text, name=source.name: remove_entry(text, "source", name), "source")  # type: ignore[misc]
    assert config.load(path).sources == ()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_refuses_is_told(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("", "utf-8")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ConfigError, match="cannot be written"):
            edit(path, adding, "source")
    finally:
        tmp_path.chmod(0o700)


def test_a_name_that_is_a_folder_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(ConfigError, match="cannot be written"):
        edit(blocked / "config.toml", adding, "source")


def test_a_change_that_cannot_be_undone_yet_is_kept_for_later(tmp_path: Path) -> None:
    path, changes = tmp_path / "config.toml", ChangeStack()
    text = "theme = 'dark'\n[[source]]\nname = '甲'\nkind = 'posts'\nurl = 'p'\n"
    path.write_text(text, "utf-8")
    first, second = (
        changes.edit(path, lambda old, name=name: add_entry(old, "source", NEW | {"name": name}), "source").after  # type: ignore[misc]
        for name in ("乙", "丙")
    )
    path.write_text(second + "# 手写\n", "utf-8")
    for _again in range(2):
        with pytest.raises(ConfigError, match="was changed since"):
            changes.undo()
    path.write_text(second, "utf-8")
    assert changes.undo()
    assert path.read_text("utf-8") == first
    assert changes.undo()
    assert path.read_text("utf-8") == text
    assert changes.undo() is None
