"""`zhengwen export`: files that are whole, never over others, and articles that import reads back."""

import csv
import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from feeds.archive import Archive
from feeds.assembly import article_of_post
from feeds.export.files import FORMATS, FileFormat
from feeds.identity import id_of
from feeds.model import Article
from feeds.posts import kept_post
from tests.compare.conftest import demo_articles
from tui.cli import zhengwen
from tui.exporting import ExportJob, run_export
from tui.exporting.outfile import new_file


def stored() -> list[Article]:
    return [replace(article, keys=(slug,), id=id_of(slug)) for slug, article in demo_articles().items()]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "archive"
    with Archive.open(folder, write=True) as opened:
        opened.store_many(stored())
        opened.set_flags([stored()[0].id], tag=["要点", "=1+1"], starred=True, note="先看第二条")
    return folder


def run(archive: Path, *words: str) -> Result:
    return CliRunner().invoke(zhengwen, ["--archive", str(archive), "export", *words])


def test_a_folder_gets_a_file_an_article_which_reads_back(archive: Path, tmp_path: Path) -> None:
    done = run(archive, "--copies", "-o", f"{tmp_path}/out/")
    assert done.exit_code == 0, done.output
    known = {article.id: article for article in stored()}
    for path in (tmp_path / "out").iterdir():
        kept = kept_post(path.read_bytes())
        assert kept is not None
        article = article_of_post(kept, kept.article.seen)
        assert article == known.pop(article.id)
        if article.id == stored()[0].id:
            assert (kept.flags.starred, kept.flags.tags, kept.flags.note) == (True, ("要点", "=1+1"), "先看第二条")
    assert known == {}


def test_nothing_that_is_there_is_replaced_without_force(archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "plans.json"
    file.write_text("mine", "utf-8")
    assert run(archive, "--format", "plan-json", "-o", str(file)).exit_code == 1
    assert file.read_text("utf-8") == "mine"
    assert run(archive, "--format", "plan-json", "-o", str(file), "--force").exit_code == 0
    assert len(json.loads(file.read_text("utf-8"))) > 10
    folder = tmp_path / "texts"
    assert run(archive, "--format", "txt", "-o", f"{folder}/").exit_code == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = run(archive, "--format", "txt", "-o", str(folder))
    assert again.exit_code == 1
    assert "--force" in again.output
    assert run(archive, "--format", "txt", "-o", str(folder), "--force").exit_code == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert run(archive, "--format", "txt", "-o", "/dev/null", "--force").exit_code == 1


def test_standard_output_gets_what_a_file_gets(archive: Path, tmp_path: Path) -> None:
    for form in FORMATS:
        if form.of != "workbook" and form.name not in ("atom", "opml"):  # which say when they were made
            run(archive, "--format", form.name, "has:plan", "--output", str(tmp_path / form.name), "--force")
            printed = run(archive, "--format", form.name, "has:plan")
            assert printed.exit_code == 0, printed.output
            if not form.alone:
                assert (tmp_path / form.name).read_bytes() == printed.stdout_bytes, form.name


def test_one_article_by_its_id(archive: Path) -> None:
    article = stored()[0]
    printed = run(archive, "--format", "plan-json", "--id", article.id)
    assert json.loads(printed.stdout)["title"] == article.title
    assert run(archive, "--id", article.id, "工业").exit_code == 2
    assert run(archive, "--id", "zzzzz").exit_code == 4


def test_tables_have_a_line_for_each_row_and_a_workbook_both(archive: Path, tmp_path: Path) -> None:
    for name in ("targets-csv", "documents-csv"):
        text = run(archive, "--format", name).stdout_bytes
        assert text.startswith(b"\xef\xbb\xbf")
        assert len(list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))) > 5
    book = tmp_path / "tables.xlsx"
    assert run(archive, "--format", "xlsx", "-o", str(book)).exit_code == 0
    with zipfile.ZipFile(book) as inside:
        sheets = [inside.read(name).decode() for name in inside.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 2
    assert all("<f>" not in sheet and sheet.count("<row") > 5 for sheet in sheets)
    assert run(archive, "--format", "xlsx").exit_code == 1
    assert run(archive, "--format", "xlsx", "-o", f"{tmp_path}/").exit_code == 1


@pytest.mark.parametrize("form", [form for form in FORMATS if not form.alone], ids=lambda form: form.name)
def test_an_export_that_stops_leaves_nothing_half(archive: Path, tmp_path: Path, form: object) -> None:
    target = tmp_path / "out"
    with Archive.open(archive) as opened:
        job = ExportJob(form=form, title="", now=stored()[0].published, target=target)  # type: ignore[arg-type]
        steps = run_export(opened, job)
        next(steps)
        steps.close()
    assert list(tmp_path.iterdir()) == []


NOTHING = "全文没有的词"


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_an_export_that_finds_nothing_writes_no_file(
    archive: Path, tmp_path: Path, form: FileFormat, force: tuple[str, ...]
) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"last month")
    folder = tmp_path / "new"
    for target in (str(old), str(tmp_path / "file"), *([f"{folder}/"] if form.of == "articles" else [])):
        done = run(archive, NOTHING, "--format", form.name, "-o", target, *force)
        assert (done.exit_code, done.stdout) == (0, "")
        assert done.stderr == "Nothing matches this filter. No file is written.\n"
        assert {path: path.read_bytes() for path in tmp_path.iterdir()} == {old: b"last month"}


@pytest.mark.parametrize("name", ["targets-csv", "documents-csv"])
def test_an_empty_table_on_standard_output_keeps_its_head_and_says_so(archive: Path, name: str) -> None:
    head = run(archive, "--format", name).stdout.splitlines()[0]
    done = run(archive, NOTHING, "--format", name)
    assert (done.exit_code, done.stdout.splitlines()) == (0, [head])
    assert done.stderr == "Nothing matches this filter.\n"


def failing(target: Path) -> Iterator[None]:
    with new_file(target) as out:
        out.write(b"half")
        yield


def test_a_file_that_comes_meanwhile_stays(tmp_path: Path) -> None:
    target = tmp_path / "out"
    steps = failing(target)
    next(steps)
    target.write_bytes(b"theirs")
    with pytest.raises(Exception, match="exists already"):
        next(steps)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"theirs"]


def test_several_articles_of_markdown_need_a_folder(archive: Path, tmp_path: Path) -> None:
    refused = run(archive, "-o", str(tmp_path / "all.md"))
    assert refused.exit_code == 1
    assert "folder" in refused.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    refused = run(archive, "-o", f"{tmp_path}/file/inside/")
    assert refused.exit_code == 1
    assert len(refused.output.strip().splitlines()) == 1


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_was_made_for_nothing_goes_again(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    def refuse(*_args: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    folder = tmp_path / "out"
    if there:
        folder.mkdir()
    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(Path, "replace", refuse)
    refused = run(archive, "-o", f"{folder}/")
    assert refused.exit_code == 1
    assert "no space is left" in refused.output
    assert list(tmp_path.rglob("*")) == ([folder] if there else [])


def test_documents_are_joined_before_their_table_is_written(archive: Path, tmp_path: Path) -> None:
    copied = tmp_path / "archive"
    shutil.copytree(archive, copied)
    whole = run(copied, "--format", "documents-csv").stdout
    for path in copied.glob("index.sqlite*"):
        path.unlink()  # the next command makes the index anew, and leaves the titles to be joined later
    assert len(whole.splitlines()) > 2
    assert run(copied, "--format", "documents-csv").stdout == whole
