"""Front-matter posts as the dumps write them, which is not quite YAML."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest

from feeds.addresses import address_of
from feeds.errors import ParseError
from feeds.model import Page, Source
from feeds.parse import entries_of, posts_of, reading_of_body

POST = """
---
title: '财政部印发《_十五五_财政规划》 \"回应\"关切'
categories:{space}
 - 金融
 - 新浪财经
 - 新浪财经－国內
headimg: 'https://n.sinaimg.cn/a.png'
author: 新浪财经
comments: false
date: Thu, 04 May 2023 01:12:09 GMT
thumbnail: '//n.sinaimg.cn/t.png'
---

<div>{space}
<p cms-style="font-L">　　财政部印发规划。</p><!-- news_keyword_pub,stock, -->
</div>
            """.replace("{space}", " ")  # the dumps leave blanks at these line ends


class Maker(Protocol):
    def text(self, text: str, content_type: str = ..., url: str = ..., coding: str = ...) -> Page: ...


def test_a_post_says_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(POST, "utf-8")
    (entry,) = posts_of(tmp_path / "a.md")
    assert entry.title == '财政部印发《“十五五”财政规划》 "回应"关切'
    assert entry.category == ("金融", "新浪财经", "新浪财经－国內")
    assert entry.published == datetime(2023, 5, 4, 1, 12, 9, tzinfo=UTC)
    assert (entry.author, entry.headimg, entry.thumbnail) == (
        "新浪财经",
        "https://n.sinaimg.cn/a.png",
        "https://n.sinaimg.cn/t.png",
    )
    assert [block.text for block in reading_of_body(entry.body or "").blocks] == ["财政部印发规划。"]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("'甲''乙'", "甲'乙"),
        ("甲：乙: 丙", "甲：乙: 丙"),
        ('"甲 \\"乙\\""', '甲 "乙"'),
        ("'甲_乙'", "甲_乙"),
        ("'甲\n  乙'", "'甲 乙'"),
        ("", ""),
    ],
)
def test_titles_are_read_forgivingly(tmp_path: Path, written: str, title: str) -> None:
    (tmp_path / "a.md").write_text(f"---\ntitle: {written}\ntags: [子, 丑]\n---\n<p>文</p>", "utf-8")
    (entry,) = posts_of(tmp_path / "a.md")
    assert (entry.title, entry.keywords) == (title, ("子", "丑"))


def test_a_folder_is_walked_in_order_and_other_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.md", "a.md", "sub/c.md"):
        (tmp_path / name).write_text(f"---\ntitle: {name}\n---\n文", "utf-8")
    (tmp_path / "README.md").write_text("# 不是文章", "utf-8")
    (tmp_path / "d.png").write_bytes(b"\x89PNG")
    assert [entry.title for entry in posts_of(tmp_path, "dump")] == ["a.md", "b.md", "sub/c.md"]
    assert {entry.source for entry in posts_of(tmp_path, "dump")} == {"dump"}


def test_what_is_no_post_is_a_parse_error(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("没有前言", "utf-8")
    with pytest.raises(ParseError, match="front matter"):
        list(posts_of(tmp_path / "a.md"))
    with pytest.raises(ParseError, match="cannot be read"):
        list(posts_of(tmp_path / "missing.md"))


def test_a_post_that_came_over_the_wire_is_an_entry_of_its_source(sample: Maker) -> None:
    source = Source(name="旧闻", kind="posts", url="https://a.example/x.md")
    (entry,) = entries_of(sample.text(POST), source)
    assert entry.source == "旧闻"
    assert address_of(source, 1) == ""
    with pytest.raises(ParseError):
        entries_of(sample.text("文"), source)


def test_gold_posts_have_title_time_and_path(gold: Path) -> None:
    entries = list(posts_of(gold / "posts"))
    assert len(entries) == 31
    assert all(entry.title and entry.published and entry.body for entry in entries)
    assert {entry.category[0] for entry in entries} == {"金融"}
