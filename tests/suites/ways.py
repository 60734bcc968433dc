"""The ways of a case through the project, as a text of a real source goes, and the checks of the result.

An answer is read as a worker reads it, its entries are named, each becomes an article, its line in a
day's file, and what `list`, `show` and `plan` print. A fault is

    a crash         an exception, or one that the project caught as a bug of its own; a line that says another article
    control bytes   a character of feeds.controls.STEERING in an entry (but its body, which is markup that is still
                    to be read), an article, a sentence, or a printed line before it is cleaned once more
    a lost entry    fewer entries, or fewer articles, than counting.py finds, while no sentence tells of any
"""

import io
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from feeds import config
from feeds.answers.media import medium_of
from feeds.archive import Archive
from feeds.archive.records import record_of
from feeds.archive.shards.lines import VERSION, plain, record_of_line
from feeds.controls import STEERING, escape_json
from feeds.errors import FeedError
from feeds.identity import name_entries
from feeds.intake.article import article_of_bytes
from feeds.model import BEIJING, Article, Entry, Flags, Page, Source
from feeds.model import Fault as Told
from feeds.query import parse
from feeds.query.results import Row
from feeds.workers.tasks import FeedTask, PostsTask, Task, TextTask, WorkerAnswer
from feeds.workers.worker import lines_of
from tests.suites.cases import Case, Fault
from tests.suites.counting import items_in, rows_in
from tui.cli import printing
from tui.words import sentence_of

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=BEIJING)
_STEERS = re.compile(f"[{STEERING}]")
_STEERS_IN_JSON = re.compile(f"[{STEERING.replace(chr(0x0A) + '-', chr(0x0B) + '-')}]")
_BUG = "not read, because zhengwen has a fault"
_answer: msgspec.json.Decoder[WorkerAnswer] = msgspec.json.Decoder(WorkerAnswer)


class _Terminal(io.StringIO):
    """What is printed as on a terminal."""

    def isatty(self) -> bool:
        return True


def faults_of(case: Case) -> list[Fault]:
    """What goes wrong with a case; runs in a process of its own."""
    try:
        return list(WAYS[case.way](case))
    except Exception as bug:  # noqa: BLE001 -- this is what is counted
        trace = bug.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
        return [Fault("crashes", f"{type(bug).__name__}: {bug} ({place})"[:300])]


# -- the ways


def _feed(case: Case) -> Iterator[Fault]:
    counted = items_in(case.body) or rows_in(case.body, "items")
    yield from _listed(case, Source(name="源", kind="rss", url="https://feeds.example/"), counted)


def _roll(case: Case) -> Iterator[Fault]:
    counted = rows_in(case.body, "result", "data")
    yield from _listed(case, Source(name="源", kind="roll", channel="155/1686"), counted)


def _live(case: Case) -> Iterator[Fault]:
    counted = rows_in(case.body, "result", "data", "feed", "list")
    yield from _listed(case, Source(name="源", kind="live", channel="152"), counted)


def _listed(case: Case, source: Source, counted: int) -> Iterator[Fault]:
    page = Page(url="https://feeds.example/", body=case.body, content_type=case.content_type, fetched=NOW)
    answer = _asked(FeedTask(source, page))
    yield from _faults_in(answer)
    naming = name_entries(answer.entries)
    articles = []
    for entry in naming.entries:
        read = _asked(TextTask(entry, None, NOW, ("类",)))
        yield from _faults_in(read)
        articles += [read.article] if read.article else []
    expected = counted if case.entries is None else case.entries
    told = answer.fault or answer.unread
    if not told and len(answer.entries) < expected:
        yield Fault("lost entries", f"{len(answer.entries)} of {expected} entries, and nothing is told")
    if len({article.id for article in articles}) < len(naming.entries):
        yield Fault("lost entries", f"{len(articles)} articles of {len(naming.entries)} entries")


def _page(case: Case) -> Iterator[Fault]:
    page = Page(url="https://news.example/1", body=case.body, content_type=case.content_type, fetched=NOW)
    for entry in (Entry(source="源", title="标题", url=page.url), Entry(source="", title="")):
        instead = medium_of(page)
        answer = _asked(TextTask(entry, None if instead else page, NOW, (), instead))
        yield from _faults_in(answer)
        if answer.article is None:
            yield Fault("lost entries", "the entry of the page became no article")


def _file(case: Case) -> Iterator[Fault]:
    try:
        article = article_of_bytes(case.body, "标题.html", NOW)
    except FeedError as error:
        yield from _steering_in(_sentences(error.fault))
    else:
        yield from _faults_of_article(article)


def _post(case: Case) -> Iterator[Fault]:
    file = _room() / "post.md"
    file.write_bytes(case.body)
    answer = _asked(PostsTask(os.fsencode(file), "源"))
    yield from _faults_in(answer)
    if not answer.entries and not answer.fault:
        yield Fault("lost entries", "the post became no entry, and nothing is told")
    for entry in answer.entries:
        yield from _faults_in(_asked(TextTask(entry, None, NOW)))


def _query(case: Case) -> Iterator[Fault]:
    text = case.body.decode("utf-8", "surrogatepass")
    try:
        query = parse(text, date(2026, 3, 2))
    except FeedError as error:
        yield from _steering_in(_sentences(error.fault))
        return
    if parse(str(query), date(2026, 3, 2)) != query:
        yield Fault("crashes", f"the query's own spelling says another query: {str(query)!r}")
    yield from _steering_in([str(query), *query.terms(), *query.words()])
    with Archive.open(_archive()) as archive:
        listing = archive.listing(query)
        listing.count_on(5)
        yield from _steering_in(printing.rows(listing.window(0, 5), NOW, as_json=False))


def _tag(case: Case) -> Iterator[Fault]:
    with Archive.open(_archive(), write=True) as archive:
        name = archive.listing().ids()[0]
        archive.set_flags([name], tag=[case.body.decode("utf-8", "surrogatepass")])
        archive.fold_flags()
        tags = archive.flags(name).tags
        yield from _steering_in(tags)
        archive.set_flags([name], untag=tags)


def _config(case: Case) -> Iterator[Fault]:
    file = _room() / "config.toml"
    file.write_bytes(case.body)
    try:
        found = config.load(file)
        written = config.text_of(found, found.archive)
        file.write_text(written, "utf-8")
        if config.load(file) != found:
            yield Fault("crashes", "the configuration as it is shown says another one")
    except FeedError as error:
        yield from _steering_in(_sentences(error.fault))
    else:
        yield from _steering_in(source.name for source in found.sources)


WAYS: dict[str, Callable[[Case], Iterable[Fault]]] = {
    "feed": _feed,
    "roll": _roll,
    "live": _live,
    "page": _page,
    "file": _file,
    "post": _post,
    "query": _query,
    "tag": _tag,
    "config": _config,
}


# -- what is looked at


def _asked(task: Task) -> WorkerAnswer:
    return _answer.decode(*lines_of([task]))


def _faults_in(answer: WorkerAnswer) -> Iterator[Fault]:
    for told in (answer.fault, answer.unread):
        if told and _BUG in str(told):
            yield Fault("crashes", str(told)[:300])
        if told:
            yield from _steering_in(_sentences(told))
    for entry in answer.entries:
        yield from _steering_in(_strings(structs.replace(entry, body=None)))
    if answer.article:
        yield from _faults_of_article(answer.article)


def _faults_of_article(article: Article) -> Iterator[Fault]:
    yield from _steering_in(_strings(article))
    record = record_of(article, Flags())
    if record_of_line(msgspec.json.encode(plain(record)), VERSION) != record:
        yield Fault("crashes", "the line of the archive says another article")
    for as_json in (False, True):
        lines = [
            *printing.article(article, Flags(), [], as_json=as_json),
            *printing.rows([_row(article)], NOW, as_json=as_json),
        ]
        if as_json:
            yield from _steering_in(map(escape_json, lines), _STEERS_IN_JSON)
        else:
            yield from _steering_in(lines)
    with redirect_stdout(_Terminal()):
        yield from _steering_in([*printing.rows([_row(article)], NOW, as_json=False), *printing.plan(article)])


def _row(article: Article) -> Row:
    return Row(
        id=article.id, title=article.title, source=article.sources[0] if article.sources else "",
        category=article.categories[0] if article.categories else (), origin=article.origin,
        agency=article.plan.agencies[0] if article.plan.agencies else "", badge=article.plan.badge,
        published=article.published, unread=True, starred=False, url=article.url, flash=article.flash,
        has_plan=bool(article.plan),
    )  # fmt: skip


def _sentences(told: Told) -> list[str]:
    return [str(told), sentence_of(told)]


def _steering_in(texts: Iterable[str], steers: re.Pattern[str] = _STEERS) -> Iterator[Fault]:
    for text in texts:
        if found := steers.search(text):
            around = text[max(found.start() - 20, 0) : found.end() + 20]
            yield Fault("control bytes", f"{found[0]!a} in {around!a}")
            return


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _strings(getattr(value, name))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _strings(part)


# -- the process's own folder


@cache
def _room() -> Path:
    return Path(tempfile.mkdtemp())


@cache
def _archive() -> Path:
    """An archive with a few articles, for queries and tags."""
    place = _room() / "archive"
    with Archive.open(place, write=True) as archive:
        for number in range(3):
            entry = Entry(
                source="源", title=f"第{number}号通知", guid=f"g{number}", body="<p>发展数字经济。</p>", published=NOW
            )
            if found := _asked(TextTask(entry, None, NOW)).article:
                archive.store(found)
    return place
