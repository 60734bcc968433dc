"""Front-matter posts as the dumps write them, which are not quite YAML."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest

from feeds.errors import ParseError
from feeds.kinds import address_of, entries_of
from feeds.model import BEIJING, Entry, Page, Source
from feeds.parse import posts_of, reading_of_body

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


def test_a_post_gives_its_metadata(tmp_path: Path) -> None:
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
def test_titles_with_mistakes_are_read(tmp_path: Path, written: str, title: str) -> None:
    (tmp_path / "a.md").write_text(f"---\ntitle: {written}\ntags: [子, 丑]\n---\n<p>文</p>", "utf-8")
    (entry,) = posts_of(tmp_path / "a.md")
    assert (entry.title, entry.keywords) == (title, ("子", "丑"))


def test_a_folder_is_walked_in_order_and_other_files_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.md", "a.md", "sub/c.md"):
        (tmp_path / name).write_text(f"---\ntitle: {name}\n---\n文", "utf-8")
    (tmp_path / "README.md").write_text("# 不是文章", "utf-8")
    (tmp_path / "d.png").write_bytes(b"\x89PNG")
    assert [entry.title for entry in posts_of(tmp_path, "dump")] == ["a.md", "b.md", "sub/c.md"]
    assert {entry.source for entry in posts_of(tmp_path, "dump")} == {"dump"}


def test_a_file_that_is_not_a_post_is_a_parse_error(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("没有前言", "utf-8")
    with pytest.raises(ParseError, match="front matter"):
        list(posts_of(tmp_path / "a.md"))
    with pytest.raises(ParseError, match="cannot be read"):
        list(posts_of(tmp_path / "missing.md"))


def test_a_post_from_the_network_is_an_entry_of_its_source(sample: Maker) -> None:
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


def entry_in(text: str, folder: Path, name: str = "a.md") -> Entry:
    (folder / name).write_bytes(text.encode())
    (entry,) = posts_of(folder / name)
    return entry


HUGO_TOML = """+++
title = '渠系 "改造" 方案'
date = 2026-03-05T09:30:00+08:00
lastmod = 2026-03-06
draft = true
description = "一句\\u8bdd"
tags = ["水利", "农业, 农村"]
categories = ["政策"]
[params]
author = "某水利报"
[cover]
title = "不是题目"
+++
正文。
"""
HUGO_JSON = """{
  "title": "渠系改造方案", "date": "2026-03-05T01:30:00Z", "lastmod": "2026-03-06",
  "tags": ["水利"], "categories": ["政策", "省级"], "draft": false, "weight": 3
}

正文。
"""
JEKYLL = """---
layout: post
title:  "渠系改造：\\"三年\\" 方案"   # 题目
date:   2026-03-05 09:30:00 +0800
last_modified_at: 2026-03-06T08:00:00+08:00
categories: 政策 省级
tags: [水利, "农业, 农村", '某''县']
published: true
excerpt: >-
  第一行
  接着第一行

  第二段
author:
  name: 某水利报
  title: 不是题目
---
正文。
"""
HUGO_YAML = """---\r
# 注\r
title: |\r
  渠系改造方案\r
date: 2026-03-05T09:30:00+08:00\r
lastmod: '2026-03-06'\r
cover:\r
  image: /a.png\r
  title: 不是题目\r
tags:\r
- 水利\r
-  '农业'\r
categories: [\r
  政策,\r
  "省级"\r
]\r
keywords: ~\r
...\r
正文。\r
"""


def test_hugo_writes_toml(tmp_path: Path) -> None:
    entry = entry_in(HUGO_TOML, tmp_path)
    assert (entry.title, entry.author, entry.summary) == ('渠系 "改造" 方案', "某水利报", "一句话")
    assert entry.published == datetime(2026, 3, 5, 1, 30, tzinfo=UTC)
    assert entry.updated == datetime(2026, 3, 5, 16, 0, tzinfo=UTC)
    assert (entry.keywords, entry.category, entry.body) == (("水利", "农业, 农村"), ("政策",), "<p>正文。</p>")


@pytest.mark.parametrize(
    "head", ["title: 渠系名录\ndate: 2026-03-02 08:00:00\ntags:\n- 灌区", "date: 2026-03-02 08:00\ntitle: 渠系名录"]
)
def test_hexo_leaves_out_the_first_fence(tmp_path: Path, head: str) -> None:
    entry = entry_in(f"{head}\n---\n全文如下。\n", tmp_path)
    assert entry.title == "渠系名录"
    assert entry.published == datetime(2026, 3, 2, 8, tzinfo=BEIJING)
    assert "全文如下" in (entry.body or "")


@pytest.mark.parametrize("text", ["title: 渠系\n一段没有字段的话。\n---\n正文。\n", "subject: 甲\n---\n正文。\n"])
def test_text_above_a_rule_is_not_front_matter(tmp_path: Path, text: str) -> None:
    with pytest.raises(ParseError):
        entry_in(text, tmp_path)


def test_hugo_writes_json(tmp_path: Path) -> None:
    entry = entry_in(HUGO_JSON, tmp_path)
    assert (entry.title, entry.keywords, entry.category) == ("渠系改造方案", ("水利",), ("政策", "省级"))
    assert entry.published == datetime(2026, 3, 5, 1, 30, tzinfo=UTC)
    assert entry.body == "<p>正文。</p>"


def test_jekyll_writes_yaml(tmp_path: Path) -> None:
    entry = entry_in(JEKYLL, tmp_path)
    assert (entry.title, entry.author) == ('渠系改造："三年" 方案', "某水利报")
    assert entry.summary == "第一行 接着第一行 第二段"
    assert entry.published == datetime(2026, 3, 5, 1, 30, tzinfo=UTC)
    assert entry.updated == datetime(2026, 3, 6, 0, 0, tzinfo=UTC)
    assert (entry.category, entry.keywords) == (("政策", "省级"), ("水利", "农业, 农村", "某'县"))


@pytest.mark.parametrize("mark", ["", "\ufeff", "\r\n\r\n"])
def test_hugo_writes_yaml_with_other_line_ends_and_a_mark(tmp_path: Path, mark: str) -> None:
    entry = entry_in(mark + HUGO_YAML, tmp_path)
    assert (entry.title, entry.keywords, entry.category) == ("渠系改造方案", ("水利", "农业"), ("政策", "省级"))
    assert entry.published == datetime(2026, 3, 5, 1, 30, tzinfo=UTC)
    assert entry.body == "<p>正文。</p>"


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("categories:\n- [政策, 省级]\n- 其他", ("政策", "省级", "其他")),
        ("categories: [[政策, 省级], [其他]]", ("政策", "省级")),
        ("categories: 政策，省级", ("政策", "省级")),
        ('category: "政策"', ("政策",)),
        ("categories:\n  -   政策\n  - 省级 # 注", ("政策", "省级")),
        ("categories: []", ()),
    ],
)
def test_categories_in_each_style(tmp_path: Path, written: str, path: tuple[str, ...]) -> None:
    assert entry_in(f"---\ntitle: t\n{written}\n---\n文", tmp_path).category == path


@pytest.mark.parametrize(
    "text",
    [
        "---\n\n一条横线下面的文字。\n\n---\n又一段。",
        "---\n- 甲\n- 乙\n---\n",
        "---\ntitle: 没有结尾",
        "+++\n这不是 TOML\n+++\n文",
        "+++\ntitle = 't'\n没有结尾",
        '{"a": 1}\n文',
        "{这不是 JSON}",
        "[]",
    ],
)
def test_a_rule_at_the_beginning_is_not_front_matter(tmp_path: Path, text: str) -> None:
    with pytest.raises(ParseError, match="front matter"):
        entry_in(text, tmp_path)


def test_the_first_rule_of_a_text_is_not_taken_for_the_end_of_its_matter(tmp_path: Path) -> None:
    entry = entry_in("---\ntitle: 题\n---\n甲\n\n---\n\n乙", tmp_path)
    assert [block.text for block in reading_of_body(entry.body or "").blocks] == ["甲", "乙"]


def test_a_file_name_of_jekyll_gives_the_day(tmp_path: Path) -> None:
    entry = entry_in("---\ntitle: 题\n---\n文", tmp_path, "2026-04-05-qu-xi.md")
    assert entry.published == datetime(2026, 4, 4, 16, 0, tzinfo=UTC)
