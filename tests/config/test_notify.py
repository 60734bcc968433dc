"""[notify] and the watches of config.toml."""

from pathlib import Path

import pytest

from feeds import config
from feeds.config import NotifySettings, View
from feeds.errors import ConfigError

SECRET = "dingtalk://a-secret-token"  # noqa: S105 -- invented


def load(tmp_path: Path, text: str) -> config.Config:
    (tmp_path / "config.toml").write_text(text, "utf-8")
    return config.load(tmp_path / "config.toml")


def test_watches_and_notify_are_read_and_written(tmp_path: Path) -> None:
    text = '[notify]\ncommand = ["p", "$(x)"]\nosc = 777\napprise = [{ env = "ROBOT" }]\n'
    views = (
        '[[view]]\nname = "甲"\nquery = "has:plan"\nnotify = true\n[[view]]\nname = "乙"\nquery = ""\nnotify_due = 30\n'
    )
    made = load(tmp_path, text + views + '[[view]]\nname = "丙"\nquery = ""\n')
    assert made.notify == NotifySettings(command=("p", "$(x)"), osc=777, apprise=({"env": "ROBOT"},))
    assert made.watches == (
        View(name="甲", query="has:plan", notify=True),
        View(name="乙", query="", notify_due=30),
    )
    again = load(tmp_path, config.text_of(made, tmp_path))
    assert (again.notify, again.views) == (made.notify, made.views)


def test_an_address_in_the_file_is_never_printed(tmp_path: Path) -> None:
    made = load(tmp_path, f'[notify]\napprise = ["{SECRET}", {{ file = "~/robot" }}]\n')
    assert made.notify.apprise == (SECRET, {"file": "~/robot"})
    assert "secret" not in config.text_of(made, tmp_path)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('command = "notify-send"', "notify.command"),
        ('command = ["p", ""]', "notify.command"),
        ('quiet = "22-7"', "notify.quiet"),
        ('quiet = "25:00-07:00"', "notify.quiet"),
        ("digest = 0", "notify.digest"),
        ("osc = 8", "notify.osc"),
        ('bell = "yes"', "notify.bell"),
        ('apprise = "json://x"', "notify.apprise"),
        (f'apprise = [{{ env = "A", file = "{SECRET}" }}]', "notify.apprise[1]"),
        (f'apprise = ["ok://x", {{ word = "{SECRET}" }}]', "notify.apprise"),
        ("sound = true", "notify.sound"),
    ],
)
def test_a_mistake_names_its_key_and_no_secret(tmp_path: Path, line: str, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, f"[notify]\n{line}\n")
    assert key in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", ["367", "-1", '"30"'])
def test_days_before_a_deadline_are_bounded(tmp_path: Path, value: str) -> None:
    with pytest.raises(ConfigError, match=r"view\[1\]\.notify_due: expected a whole number of days"):
        load(tmp_path, f'[[view]]\nname = "甲"\nquery = ""\nnotify_due = {value}\n')
