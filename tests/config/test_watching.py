"""A config.toml that changes while the program runs: what is right is taken over, a fault is told once."""

from pathlib import Path

import pytest

from feeds import config
from feeds.config.watching import ConfigWatch
from feeds.errors import ConfigError


def written(path: Path, *views: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"[[view]]\nname = '{name}'\nquery = 'is:unread'\n" for name in views), "utf-8")
    return path


def test_a_change_is_given_once_and_a_fault_at_the_second_look(tmp_path: Path) -> None:
    path = written(tmp_path / "config.toml", "甲")
    watch = ConfigWatch(path)
    assert watch.look() is None
    written(path, "甲", "乙")
    changed = watch.look()
    assert changed
    assert [view.name for view in changed.views] == ["甲", "乙"]
    assert watch.look() is None
    path.write_text("[[view]]\nname = ", "utf-8")
    assert watch.look() is None  # perhaps an editor is still writing
    with pytest.raises(ConfigError, match="is not TOML"):
        watch.look()
    assert watch.look() is None
    written(path, "丙")
    assert watch.look()


def test_a_removed_file_is_a_fault_and_one_that_comes_back_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "config.toml", "甲")
    watch = ConfigWatch(path)
    path.unlink()
    assert watch.look() is None
    with pytest.raises(ConfigError, match="no such file"):
        watch.look()
    written(path, "甲")
    assert watch.look()


def test_over_the_shipped_file_the_readers_own_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHENGWEN_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    watch = ConfigWatch(config.shipped_path())
    written(config.reader_path(), "甲")
    changed = watch.look()
    assert changed
    assert changed.path == config.reader_path()
    config.reader_path().unlink()
    changed = watch.look()
    assert changed
    assert changed.path == config.shipped_path()
