"""The registry finds a kind in its folder, and what every kind must have."""

import subprocess
import sys
from pathlib import Path

import pytest

from feeds.config import load
from feeds.errors import ConfigError
from feeds.kinds import address_of, kind_names, kind_of
from feeds.model import Source

ROOT = Path(__file__).resolve().parents[2]


def test_each_folder_is_a_kind() -> None:
    folders = {path.name for path in (ROOT / "feeds" / "kinds").iterdir() if (path / "__init__.py").exists()}
    assert {*kind_names()} == folders >= {"roll", "live", "rss", "posts"}


@pytest.mark.parametrize("name", kind_names())
def test_a_kind_needs_a_key_and_says_what_is_expected(name: str) -> None:
    kind = kind_of(name)
    assert kind.needs
    found = kind.first_wrong_key({})
    assert found is not None
    assert found[0] in kind.needs
    assert found[1]


@pytest.mark.parametrize("name", kind_names())
def test_there_is_no_page_below_the_first(name: str) -> None:
    source = Source(name="甲", kind=name, url="https://news.example.cn/a", channel="155/1686")
    assert [address_of(source, number) for number in (0, -1)] == ["", ""]


def test_a_kind_is_imported_without_a_parser() -> None:
    program = (
        "import sys, feeds.config\n"
        "from feeds.kinds import kind_names, kind_of\n"
        "[kind_of(name) for name in kind_names()]\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('feedparser', 'selectolax') "
        "or name.startswith('feeds.parse')])"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ('kind = "rss"\nurl = "https://a.example/f"\noptions = {a = "b"}', "options"),
        ('kind = "rss"\nurl = "https://a.example/f"\nselektor = "li"', "selektor"),
        ('kind = "live"\nchannel = "152"\nurl = "gopher://a.example"', "url"),
        ('kind = "roll"\nchannel = "155/1686/1"', "channel"),
        ('kind = "kinds"\nurl = "x"', "kind"),
        ('kind = "__pycache__"\nurl = "x"', "kind"),
        ("kind = 5", "kind"),
    ],
)
def test_a_wrong_key_of_a_source_is_named(tmp_path: Path, row: str, key: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[[source]]\nname = "甲"\n{row}\n', "utf-8")
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert f"source[1].{key}:" in str(caught.value)
    assert "\n" not in str(caught.value)
