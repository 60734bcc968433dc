"""The samples: complete, varied, and without other people's words."""

import html
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feeds.demo import samples
from feeds.demo.markup import fill_dates, html_of, paragraphs_of
from feeds.demo.publisher import Publisher, Story
from feeds.demo.samples import CHANNELS, Sample, comos_of, flash_samples, sample_of, time_of
from feeds.model import BEIJING

START = datetime(2026, 11, 20, 15, 30, tzinfo=BEIJING)
RUN = 12
# 《…规划》（以下简称《规划》） is how every such report introduces its document.
FORMULA = re.compile(r"（(?:以下简称|下称)[^）]*）")
EVERY = pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.slug)


def texts_of(sample: Sample) -> list[str]:
    """Every paragraph of the first issue and of the re-issue, and the lines beside the text."""
    issues = [fill_dates(sample.body, START, revision) for revision in (0, 1)]
    lines = [para.plain for issue in issues for para in paragraphs_of(issue)]
    return [sample.title, sample.intro, sample.original, *lines]


def bare_of(text: str) -> str:
    return FORMULA.sub("", re.sub(r"\s+", "", text))


@EVERY
def test_a_header_is_complete(sample: Sample) -> None:
    assert sample.title
    assert sample.origin.startswith("演示")
    assert sample.keywords
    assert sample.shape
    assert set(sample.channels) <= CHANNELS.keys()
    assert "1686" in sample.channels
    assert sample.when == "new" or time_of(sample.when, START) < START


@EVERY
def test_an_article_has_the_length_of_one(sample: Sample) -> None:
    length = sum(len(para.plain) for para in paragraphs_of(fill_dates(sample.body, START)))
    assert 290 <= length <= 1600


@EVERY
def test_nothing_of_the_markup_reaches_a_page(sample: Sample) -> None:
    for revision in (0, 1):
        for layout in ("finance", "news", "mobile", "classic"):
            body = html_of(paragraphs_of(fill_dates(sample.body, START, revision)), layout)
            text = re.sub(r"<[^>]+>", "", body)
            assert not re.search(r"\*\*|\{|\}|\[\[|\]\]|!\[|^## |^\|", text, re.MULTILINE)


def test_ids_are_stable_and_distinct() -> None:
    ids = [sample.comos for sample in samples()]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]{7}\d{7}", comos) for comos in ids)
    # An id may not change: an archive filled by one demonstration knows the article in the next one.
    assert comos_of("ministries/cold-chain") == "wtjoyyh5803537"


def test_there_are_enough_of_every_sort() -> None:
    policy = [sample for sample in samples() if not sample.shape.startswith("ordinary")]
    assert len(policy) >= 22
    assert len(samples()) - len(policy) >= 14
    assert len(flash_samples()) >= 12
    assert {sample.layout for sample in samples()} == {"finance", "news", "mobile", "classic"}
    assert sum(sample.is_held_back for sample in samples()) >= 8


def test_the_backlog_has_something_for_today_this_week_and_three_weeks() -> None:
    ages = [START - time_of(sample.when, START) for sample in samples() if sample.when.startswith("-")]
    days = {age.days for age in ages}
    assert min(ages).total_seconds() <= 600
    assert len(days) >= 8
    assert 14 <= max(days) <= 22


def test_a_faulty_header_is_named() -> None:
    good = "---\ntitle: 题\norigin: 演示社\nwhen: new\nshape: ordinary\n---\n正文\n"
    assert sample_of("macro/x", good).body == "正文"
    for old, new in (("title: 题\n", ""), ("when", "wann"), ("shape:", "layout: silk\nshape:"), ("title: 题", "题")):
        with pytest.raises(ValueError, match="macro/x"):
            sample_of("macro/x", good.replace(old, new))


def test_day_words_follow_the_day_of_publication() -> None:
    new_year = START.replace(year=2027, month=1, day=1)
    filled = fill_dates("{date} {yesterday} {last_month} {year} {last_year}", new_year)
    assert filled == "1月1日 12月31日 12月 2027年 2026年"


def test_a_change_shows_one_side_at_a_time() -> None:
    text = "增长{{3|5}}%\n{{|更新一段}}"
    assert [para.text for para in paragraphs_of(fill_dates(text, START, 0))] == ["增长3%"]
    assert [para.text for para in paragraphs_of(fill_dates(text, START, 1))] == ["增长5%", "更新一段"]


def test_markup_becomes_the_html_of_its_layout() -> None:
    paragraphs = paragraphs_of(
        "## 小标题\n甲<乙**粗**\n- 一\n- 二\n| 头 | 数 |\n| 甲 | 1 |\n![图](a.jpg)\n[[sz000000|某公司]]涨"
    )
    page = html_of(paragraphs, "news")
    assert 'strong-Bold">小标题</font>' in page
    assert "甲&lt;乙<strong>粗</strong>" in page
    assert "<ul>\n<li>一</li>\n<li>二</li>\n</ul>" in page
    assert "<th>头</th><th>数</th>" in page
    assert '<span class="img_descr">图</span>' in page
    assert '<span id="quote_sz000000">' in page
    assert '<p class="art_p">' in html_of(paragraphs, "mobile")


def test_a_summary_is_short() -> None:
    for sample in samples():
        story = Story(sample=sample, published=START, updated=START)
        assert 0 < len(story.summary) <= 120


def test_times_are_in_beijing_and_before_the_start() -> None:
    assert time_of("-1 09:30", START) == START.replace(day=19, hour=9, minute=30)
    assert time_of("0 23:00", START) < START
    assert time_of("-25m", START).tzinfo == BEIJING


def test_a_sample_with_a_date_keeps_it_and_is_not_listed_before() -> None:
    dated_samples = [sample for sample in samples() if sample.when[:1].isdecimal()]
    assert dated_samples
    for sample in dated_samples:
        published = time_of(sample.when, START)
        assert published == time_of(sample.when, START.replace(year=2030))
        for start, listed in ((published - timedelta(days=1), False), (published + timedelta(days=1), True)):
            room = Publisher(start=start, seed=0, now=lambda: START)
            assert (sample.slug in {story.sample.slug for story in room.stories()}) is listed


def test_no_sample_borrows_a_line_from_a_real_post_or_page(gold: Path) -> None:
    real = [path.read_text("utf-8", "replace") for path in sorted(gold.glob("blocks/*.txt"))]
    real += [path.read_text("utf-8", "replace") for path in sorted(gold.glob("posts/*.md"))]
    real += [path.read_text("utf-8", "replace") for path in sorted(gold.parent.glob("sina/pages/*.html"))]
    runs: set[str] = set()
    for text in real:
        bare = bare_of(html.unescape(re.sub(r"<[^>]*>", "", text)))
        runs.update(bare[at : at + RUN] for at in range(len(bare) - RUN + 1))
    borrowed = {
        text[at : at + RUN]
        for sample in samples()
        for text in map(bare_of, texts_of(sample))
        for at in range(len(text) - RUN + 1)
        if text[at : at + RUN] in runs
    }
    assert borrowed == set()
