"""Output of the command line for links without a text, and `zhengwen fetch`, over real HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner, Result

from feeds.archive import Archive
from tests.http_server import QuietHandler, serving
from tui.cli import zhengwen
from tui.words import speak

WALL = "<html><title>安全中心</title><body><p>请完成验证后继续访问。</p></body></html>"
TEXT = "<html><body><div id='artibody'><p>灌区改造分三批进行，任务有三项。</p><p>年内全部开工。</p></div></body></html>"
PAGES: dict[str, tuple[str, bytes]] = {
    "/plan.pdf": ("application/pdf", b"%PDF-1.6\n%\xe2\xe3"),
    "/named-html.pdf": ("text/html", b"%PDF-1.6\n%\xe2\xe3"),
    "/data": ("application/json", b'{"a": 1}'),
    "/photo": ("text/html", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
    "/wall": ("text/html; charset=utf-8", WALL.encode()),
    "/text": ("application/octet-stream", TEXT.encode()),
    "/plain": ("text/plain; charset=utf-8", "灌区改造任务有三项。\n年内开工。".encode()),
}
ITEM = "<item><title>{title}</title><link>{url}</link><description>{summary}</description></item>"


class Handler(QuietHandler):
    """Serves PAGES and whatever a test adds."""

    pages: ClassVar[dict[str, tuple[str, bytes]]] = {}

    def do_GET(self) -> None:  # noqa: N802 -- as http.server calls it
        """One answer."""
        content_type, body = self.pages.get(self.path, ("text/html", b""))
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site() -> Iterator[str]:
    Handler.pages = dict(PAGES)
    with serving(Handler) as host:
        yield f"http://{host}"


@pytest.fixture
def place(tmp_path: Path, site: str) -> Path:
    items = [("灌区改造", "wall", "灌区改造的提要。"), ("灌区规划", "plan.pdf", "规划的提要。")]
    told = "".join(ITEM.format(title=title, url=f"{site}/{path}", summary=summary) for title, path, summary in items)
    feed = f'<rss version="2.0"><channel><title>水务</title>{told}</channel></rss>'
    Handler.pages["/feed"] = ("application/rss+xml", feed.encode())
    (tmp_path / "config.toml").write_text(
        '[fetch]\npause = 0.0\nretries = 0\n[[source]]\nname = "水务"\nkind = "rss"\n'
        f'url = "{site}/feed"\ninterval = 60\n',
        "utf-8",
    )
    return tmp_path


def run(place: Path, *words: str) -> Result:
    options = ("--config", str(place / "config.toml"), "--archive", str(place / "archive"))
    return CliRunner().invoke(zhengwen, [*options, *words])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/plan.pdf", "a PDF file (application/pdf)"),
        ("/named-html.pdf", "a PDF file (application/pdf)"),
        ("/data", "data in JSON (application/json)"),
        ("/photo", "a picture"),
        ("/wall", "a page that asks for a verification"),
    ],
)
def test_plan_prints_in_a_line_what_an_address_is(place: Path, site: str, path: str, expected: str) -> None:
    result = run(place, "plan", site + path)
    assert result.exit_code == 1
    assert result.stderr == f"zhengwen: {site}{path}: no article but {expected}\n"
    assert result.stdout == ""


@pytest.mark.parametrize("path", ["/text", "/plain"])
def test_plan_reads_a_text_under_any_name(place: Path, site: str, path: str) -> None:
    assert run(place, "plan", site + path).exit_code == 0


def test_plan_says_what_a_file_is(place: Path) -> None:
    (place / "a.html").write_bytes(b"%PDF-1.4")
    result = run(place, "plan", str(place / "a.html"))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "a PDF file" in result.stderr


def test_poll_show_and_fetch_print_what_a_link_gave_until_the_text_is_there(place: Path, site: str) -> None:
    polled = run(place, "poll", "--once")
    assert polled.exit_code == 0
    assert "· a PDF file (application/pdf)" in polled.stdout
    assert "· a page that asks for a verification" in polled.stdout
    with Archive.open(place / "archive") as archive:
        ids = {row.title: row.id for row in archive.listing().window(0, 9)}
    wall, document = ids["灌区改造"], ids["灌区规划"]

    shown = run(place, "show", document).stdout
    assert "规划的提要。" in shown
    assert shown.splitlines()[-1] == "The link is a PDF file (application/pdf)."
    shown = run(place, "show", wall).stdout
    assert "灌区改造的提要。" in shown
    assert f"zhengwen fetch {wall}" in shown

    result = run(place, "fetch", wall, document)
    assert result.exit_code == 1
    assert "灌区改造: the link is a page that asks for a verification" in result.stdout
    assert "灌区规划: the link is a PDF file (application/pdf)" in result.stdout

    Handler.pages["/wall"] = ("text/html", TEXT.encode())
    result = run(place, "fetch", wall[:5])
    assert (result.exit_code, result.stdout) == (0, "灌区改造: the text has come\n")
    shown = run(place, "show", wall).stdout
    assert "任务有三项" in shown
    assert "提要" not in shown
    assert "验证" not in (place / "archive").joinpath("state.json").read_text("utf-8")
    result = run(place, "fetch", f"{site}/wall")
    assert (result.exit_code, result.stdout) == (0, "灌区改造: the same text came again\n")


def test_fetch_reports_an_unknown_id_and_a_locked_archive(place: Path) -> None:
    run(place, "poll", "--once")
    result = run(place, "fetch", "nosuchid")
    assert (result.exit_code, result.stderr.count("\n")) == (4, 1)
    with Archive.open(place / "archive", write=True) as archive:
        name = archive.listing().window(0, 1)[0].id
        result = run(place, "fetch", name)
    assert result.exit_code == 3
    assert "another zhengwen" in result.stderr


def test_in_chinese(place: Path, site: str) -> None:
    run(place, "poll", "--once")
    with Archive.open(place / "archive") as archive:
        ids = {row.title: row.id for row in archive.listing().window(0, 9)}
    speak("zh")
    try:
        assert run(place, "show", ids["灌区规划"]).stdout.splitlines()[-1] == "链接是 PDF 文件（application/pdf）。"
        assert "要求验证的页面" in run(place, "show", ids["灌区改造"]).stdout
        assert "不是文章，而是 PDF 文件" in run(place, "plan", f"{site}/plan.pdf").stderr
    finally:
        speak("en")
