"""`zhengwen source`: what an address is, the test before it is kept, and config.toml afterwards."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feeds import config
from feeds.intake.candidates import find_candidates
from feeds.model import FetchLimits
from tests.http_server import QuietHandler, serving
from tui.cli import zhengwen

ITEM = "<item><title>关于促进冷链物流的通知</title><link>/a/1</link><pubDate>Thu, 08 Oct 2026 02:00:00 GMT</pubDate>"
RSS = f"<rss version='2.0'><channel><title>某部 要闻</title>{ITEM}</item></channel></rss>"
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>某局动态</title><id>x</id>"
    "<entry><title>一项通知</title><id>e1</id><updated>2026-10-08T02:00:00Z</updated></entry></feed>"
)
JSON = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "title": "某会", "items": [{"id": "1", "title": "甲"}]}
)
PAGE = """<html><head><title>部网</title>
<link rel="alternate" type="application/rss+xml" title="要闻" href="rss.xml">
<link REL="Alternate" TYPE="application/atom+xml" href="/atom.xml"><link rel="stylesheet" type="text/css" href="a.css">
<link rel="alternate" type="application/rss+xml" title="坏" href="/none">
<link rel="alternate" type="application/rss+xml" href="http://10.0.0.1/rss"></head><body>正文</body></html>"""
ROLL = {
    "result": {"status": {"code": 0}, "data": [{"title": "滚动一条", "url": "http://a.cn/1", "ctime": "1759888800"}]}
}
ANSWERS = {
    "/rss.xml": RSS, "/atom.xml": ATOM, "/feed.json": JSON, "/": PAGE,
    "/one/": '<html><link rel=alternate type="application/rss+xml" href=/rss.xml>', "/plain": "<html><p>没有</p>",
    "/api/roll/get": json.dumps(ROLL),
}  # fmt: skip


class Site(QuietHandler):
    def do_GET(self) -> None:  # noqa: N802 -- as http.server calls it
        answer = ANSWERS.get(self.path.partition("?")[0])
        self.send_response(200 if answer else 404)
        self.end_headers()
        self.wfile.write((answer or "").encode())


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving(Site) as host:
        yield f"http://{host}"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(
        "[fetch]\npause = 0.0  # 不等\nretries = 0\n\n# 旧\n[[source]]\nname = '旧源'\nkind = 'rss'\nurl = 'http://u:p@a.cn/'\n",
        "utf-8",
    )
    return tmp_path


def run(place: Path, *words: str) -> Result:
    return CliRunner().invoke(zhengwen, ["--config", str(place / "config.toml"), "source", *words])


def names(place: Path) -> list[str]:
    return [source.name for source in config.load(place / "config.toml").sources]


@pytest.mark.parametrize(
    ("path", "kind", "title"),
    [
        ("/rss.xml", "rss", "某部 要闻"), ("/atom.xml", "rss", "某局动态"), ("/feed.json", "rss", "某会"),
        ("/one/", "rss", "某部 要闻"), ("/api/roll/get?pageid=155&lid=1686", "roll", "新浪 155/1686"),
    ],
)  # fmt: skip
def test_an_address_is_recognised_tested_and_kept(place: Path, site: str, path: str, kind: str, title: str) -> None:
    before = (place / "config.toml").read_text("utf-8")
    result = run(place, "add", site + path, "--category", "部委/甲", "--interval", "600")
    assert result.exit_code == 0, result.output
    assert "1 article" in result.output
    assert names(place) == ["旧源", title]
    added = config.load(place / "config.toml").sources[1]
    assert (added.kind, added.category, added.interval) == (kind, ("部委", "甲"), 600)
    assert (place / "config.toml").read_text("utf-8").startswith(before)


def test_several_feeds_are_listed_and_one_is_chosen(place: Path, site: str) -> None:
    result = run(place, "add", site)
    assert result.exit_code == 1
    assert [line.split("  ")[0] for line in result.stdout.splitlines() if line[0] != " "][:2] == [
        "1. 某部 要闻",
        "2. 某局动态",
    ]
    assert "10.0.0.1 is inside" in result.stdout.replace("http://", "").replace("/rss", "")
    assert names(place) == ["旧源"]
    assert run(place, "add", site, "--choose", "2", "--name", "动态").exit_code == 0
    assert names(place) == ["旧源", "动态"]


@pytest.mark.parametrize("path", ["/plain", "/none", "/../missing"])
def test_what_is_no_source_is_told_in_one_line_and_not_kept(place: Path, site: str, path: str) -> None:
    before = (place / "config.toml").read_bytes()
    result = run(place, "add", site + path)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert (place / "config.toml").read_bytes() == before


def test_a_folder_of_posts_is_recognised(place: Path, tmp_path: Path) -> None:
    folder = tmp_path / "文稿"
    folder.mkdir()
    (folder / "a.md").write_text("---\ntitle: 某地方案\ndate: 2026-10-08\n---\n\n正文一段。\n", "utf-8")
    assert "newest: 某地方案" in run(place, "add", str(folder)).output
    assert names(place) == ["旧源", "文稿"]
    assert "there is no" in run(place, "add", str(tmp_path / "none")).stderr


def test_channels_of_sina_are_recognised_by_their_address(monkeypatch: pytest.MonkeyPatch) -> None:
    async def seen(source: object, *_: object) -> object:
        return source

    monkeypatch.setattr("feeds.intake.candidates._test", seen)
    for address, kind, channel in (
        ("https://finance.sina.com.cn/roll/#pageid=384&lid=2519&k=&num=50&page=1", "roll", "384/2519"),
        ("feed.mix.sina.com.cn/api/roll/get?pageid=153&lid=2509&num=50", "roll", "153/2509"),
        ("https://finance.sina.com.cn/7x24/", "live", "152"),
        ("https://zhibo.sina.com.cn/api/zhibo/feed?zhibo_id=152&page=1", "live", "152"),
    ):
        (found,) = find_candidates(address, FetchLimits())
        assert (getattr(found, "kind", ""), getattr(found, "channel", "")) == (kind, channel)


def test_a_source_is_paused_renamed_listed_and_removed(place: Path) -> None:
    assert run(place, "pause", "旧源").exit_code == 0
    assert run(place, "list").stdout == "旧源\trss\thttp://a.cn/\t旧源\tpaused\n"
    assert run(place, "resume", "旧源").exit_code == 0
    assert run(place, "rename", "旧源", "新源").exit_code == 0
    (row,) = json.loads(run(place, "list", "--json").stdout)
    assert row == {
        "name": "新源", "kind": "rss", "address": "http://a.cn/", "category": "旧源", "paused": False, "page": None,
        "mute": [], "request": [],
    }  # fmt: skip
    result = run(place, "pause", "新园")
    assert result.exit_code == 2
    assert "there is no source called 新园; there are 新源" in result.stderr
    assert run(place, "remove", "新源").exit_code == 0
    assert names(place) == []


SETTINGS = """
[[source]]
name = "要密码"
kind = "rss"
url = "SITE/rss.xml"
user_agent = "own/1.0"
cookie = "C00kie=1"
login = { user = "bob", password = { env = "FEED_PASSWORD" } }
headers = { X-Key = "K3y" }
page = false
"""


def test_a_test_of_a_source_has_its_settings_and_no_output_has_a_secret(
    place: Path, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads: list[dict[str, str]] = []
    answer = Site.do_GET

    def note_and_answer(handler: Site) -> None:
        heads.append(dict(handler.headers))
        answer(handler)

    monkeypatch.setattr(Site, "do_GET", note_and_answer)
    with (place / "config.toml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS.replace("SITE", site))
    lost = run(place, "test", "要密码")
    assert lost.exit_code == 1
    assert "login: FEED_PASSWORD is not set or empty" in lost.output
    monkeypatch.setenv("FEED_PASSWORD", "S3cret")
    printed = [run(place, *words) for words in (("test", "要密码"), ("test", "要密码", "--json"), ("list",),
               ("list", "--json"), ("export",))]  # fmt: skip
    assert [result.exit_code for result in printed] == [0] * 5
    assert (heads[0]["User-Agent"], heads[0]["Cookie"], heads[0]["X-Key"]) == ("own/1.0", "C00kie=1", "K3y")
    assert heads[0]["Authorization"] == "Basic Ym9iOlMzY3JldA=="
    shown = CliRunner().invoke(zhengwen, ["--config", str(place / "config.toml"), "config", "show"])
    text = "".join(result.output for result in (*printed, lost, shown))
    assert not [secret for secret in ("C00kie", "bob", "S3cret", "K3y") if secret in text]
    row = json.loads(printed[3].stdout)[1]
    assert (row["page"], row["request"]) == (False, ["user_agent", "login", "cookie", "headers.X-Key"])


OPML = """<opml version="2.0"><body><outline text="部委"><outline type="rss" text="某部" xmlUrl="https://m.example.cn/rss"/>
</outline></body></opml>"""


@pytest.mark.parametrize(("name", "code"), [("feeds.opml", 0), ("FEEDS.OPML", 0), ("backup.xml", 0), ("feed.xml", 1)])
def test_import_knows_opml(place: Path, tmp_path: Path, name: str, code: int) -> None:
    file = tmp_path / name
    file.write_text(OPML if code == 0 else RSS, "utf-8")
    words = [
        "--config",
        str(place / "config.toml"),
        "--archive",
        str(tmp_path / "archive"),
        "import",
        str(file),
        str(file),
    ]
    result = CliRunner().invoke(zhengwen, words)
    assert result.exit_code == code, result.output
    assert names(place) == (["旧源", "某部"] if code == 0 else ["旧源"])
    if code == 0:
        assert result.output == "1 added, 0 known already, 0 not read\n0 added, 1 known already, 0 not read\n"
        assert config.load(place / "config.toml").sources[1].category == ("部委",)


def test_import_of_hostile_opml_changes_nothing(place: Path, tmp_path: Path) -> None:
    before = (place / "config.toml").read_bytes()
    file = tmp_path / "x.opml"
    file.write_text("<!DOCTYPE o [<!ENTITY a 'b'>]><opml><body><outline text='&a;'/></body></opml>", "utf-8")
    result = CliRunner().invoke(zhengwen, ["--config", str(place / "config.toml"), "import", str(file)])
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "declares entities" in result.stderr
    assert (place / "config.toml").read_bytes() == before
