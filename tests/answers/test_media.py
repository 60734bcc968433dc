"""The kind of file of an answer: bytes come before labels, and text stays text."""

import io
import zipfile
import zlib

import pytest

from feeds.answers.media import medium_of
from feeds.model import Instead, Page


def medium_at(body: bytes, content_type: str = "text/html", url: str = "http://stats.example.cn/a") -> Instead | None:
    return medium_of(Page(url=url, body=body, content_type=content_type))


def kind(body: bytes, content_type: str = "text/html", url: str = "http://stats.example.cn/a") -> str | None:
    medium = medium_at(body, content_type, url)
    return medium.kind if medium else None


def zip_of(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "x" * 20)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
        (b"\xef\xbb\xbf%PDF-1.4\n", "pdf"),
        (b"\r\n%PDF-1.4\n", "pdf"),
        (zip_of("[Content_Types].xml", "word/document.xml"), "word"),
        (zip_of("[Content_Types].xml", "xl/workbook.xml"), "sheet"),
        (zip_of("[Content_Types].xml", "ppt/presentation.xml"), "slides"),
        (zip_of("OFD.xml".lower(), "Doc_0/Document.xml"), "ofd"),
        (zip_of("a.txt"), "archive"),
        (OLE + "WordDocument".encode("utf-16-le"), "word"),
        (OLE + "Workbook".encode("utf-16-le"), "sheet"),
        (b"{\\rtf1\\ansi x}", "word"),
        (b"Rar!\x1a\x07\x01\x00", "archive"),
        (b"7z\xbc\xaf\x27\x1c\x00", "archive"),
        (PNG, "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (b"GIF89a\x01\x00", "picture"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><path/></svg>', "picture"),
        (b"ID3\x03\x00\x00\x00", "audio"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio"),
        (b"\x00\x00\x00\x18ftypmp42\x00", "video"),
        (b"\x1a\x45\xdf\xa3\x01\x00", "video"),
        (b'{"code": 0, "data": ["\xe6\xb0\xb4\xe5\x88\xa9"]}', "json"),
        (b"[1, 2, 3]", "json"),
        (b'show({"code": 0});', "json"),
        (b'<?xml version="1.0"?><records><r>1</r></records>', "xml"),
        (b'<?xml version="1.0"?><!-- a --><rss version="2.0"><channel/></rss>', "feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "feed"),
    ],
)
@pytest.mark.parametrize("content_type", ["text/html", "application/octet-stream", "text/plain; charset=utf-8", ""])
def test_bytes_show_the_kind_of_a_file_under_any_name(body: bytes, expected: str, content_type: str) -> None:
    assert kind(body, content_type) == expected


PAGE = "<!DOCTYPE html><html><head><title>灌区</title></head><body><p>灌区改造全面开工。</p></body></html>"


@pytest.mark.parametrize(
    "content_type",
    [
        "application/octet-stream",
        "application/pdf",
        "image/png",
        "application/json",
        "text/xml",
        "application/xhtml+xml",
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        PAGE.encode(),
        b"\xef\xbb\xbf\r\n" + PAGE.encode(),
        b'<?xml version="1.0" encoding="utf-8"?>\n' + PAGE.encode(),
        "<!-- 模板 --><div><p>灌区改造全面开工。</p></div>".encode(),
        PAGE.encode("utf-16"),
        PAGE.encode("utf-16-le"),
        "灌区改造<p>全面开工。</p>".encode("gb18030"),
    ],
)
def test_markup_is_a_page_under_any_name(body: bytes, content_type: str) -> None:
    assert medium_at(body, content_type) is None


@pytest.mark.parametrize(
    "content_type", ["text/plain", "text/plain; charset=gbk", "application/octet-stream", "text/html", ""]
)
@pytest.mark.parametrize(
    "text",
    [
        "灌区改造全面开工，三项任务年内完成。\n一是修渠。",
        "[本报讯] 灌区改造全面开工。",
        "{编者按}灌区改造全面开工。",
        "<关于灌区改造的通知>已经印发。",
        "BM 厂的灌区设备",
        "灌区面积<5万亩的，由县里改造。",
    ],
)
def test_plain_text_is_text(text: str, content_type: str) -> None:
    assert medium_at(text.encode(), content_type) is None
    assert medium_at(text.encode("gb18030"), content_type) is None


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("application/pdf", "pdf"),
        ("application/msword", "word"),
        ("application/vnd.ms-excel", "sheet"),
        ("image/jpeg", "picture"),
        ("audio/mpeg", "audio"),
        ("video/mp4", "video"),
        ("application/zip", "archive"),
        ("text/css", "code"),
        ("text/javascript", "code"),
        ("text/csv; charset=utf-8", "file"),
    ],
)
def test_the_content_type_decides_about_unknown_bytes(content_type: str, expected: str) -> None:
    assert kind(b"a,b;c\n1,2;3\n", content_type) == expected


@pytest.mark.parametrize("body", [zlib.compress(b"x" * 4000) * 3, bytes(range(32)) * 20, b"\x00\x01\x02\x03" * 100])
def test_bytes_that_are_not_text_are_a_file(body: bytes) -> None:
    assert kind(body, "application/octet-stream") == "file"
    assert kind(body, "text/html") == "file"


def test_the_suffix_decides_about_an_old_office_file() -> None:
    assert kind(OLE, url="http://stats.example.cn/files/a.wps?v=1") == "word"
    assert kind(OLE, url="http://stats.example.cn/files/a.xls") == "sheet"
    assert kind(OLE) == "file"


def test_only_a_correct_media_type_of_the_server_is_kept() -> None:
    assert medium_at(b"%PDF-1.4", "Application/PDF; name=a.pdf") == Instead("pdf", "application/pdf")
    assert medium_at(b"%PDF-1.4", "text/html") == Instead("pdf", "application/pdf")
    assert medium_at(PNG, "text/html; \x1b]52;c;aGk=\x07") == Instead("picture", "")
    assert medium_at(PNG, "image/png\x1b[2J") == Instead("picture", "")
    assert medium_at(PNG, "image/" + "x" * 5000) == Instead("picture", "")


def test_an_empty_body_is_not_a_file() -> None:
    assert medium_at(b"") is None
    assert medium_at(b" \r\n\x00") is None


def test_a_large_body_costs_little() -> None:
    assert kind(b"[" * 2_000_000, "text/plain") == "json"
    assert kind(b"{" + b'"a":1,' * 400_000, "text/html") == "json"
    assert medium_at(b"<" * 4_000_000, "text/html") is None
    assert kind(b"<?xml " + b"<!-- " * 400_000, "text/xml") == "xml"
