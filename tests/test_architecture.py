"""The laws of the code, tested on its source. pyproject.toml has the layers for import-linter."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(path for package in ("feeds", "tui") for path in (ROOT / package).rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8")) for path in SOURCES}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in SOURCES}


def imports_of(path: Path, tree: ast.Module | None = None) -> Iterator[str]:
    """Every module that a file names in an import, wherever the import stands."""
    for node in ast.walk(tree or TREES[path]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module


def importers_of(library: str) -> set[str]:
    return {name_of(path) for path in SOURCES if any(name.split(".")[0] == library for name in imports_of(path))}


def under(names: set[str], *packages: str) -> bool:
    return all(any(name == package or name.startswith(package + ".") for package in packages) for name in names)


@pytest.mark.parametrize(
    ("library", "room"),
    [
        ("httpx", "feeds.fetch"),
        ("httpcore", "feeds.fetch"),
        ("feedparser", "feeds.kinds.rss"),
        ("selectolax", "feeds.parse"),
        ("tinydb", "feeds.archive.shards"),
        ("sqlite3", "feeds.archive.sqlite"),
    ],
)
def test_a_library_has_one_owner(library: str, room: str) -> None:
    importers = importers_of(library)
    assert importers
    assert under(importers, room), importers


SQL = re.compile(
    r"\b(?:SELECT\s.+\sFROM\s|INSERT\s+(?:OR\s+\w+\s+)?INTO\s|DELETE\s+FROM\s|UPDATE\s+\w+\s+SET\s|PRAGMA\s|"
    r"CREATE\s+TABLE\s)",
    re.DOTALL,
)


def test_sql_stands_in_one_folder() -> None:
    found = {
        name_of(path)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value)
    }
    assert len(found) > 10
    assert under(found, "feeds.archive.sqlite"), found


# What opens an archive names its class. Everything else names the Protocols of feeds.archive.engine.
OPENERS = {
    "feeds.__main__",
    "tui.app",
    "tui.cli.checks.examination",
    "tui.cli.fetching",
    "tui.cli.importing",
    "tui.cli.reading",
    "tui.cli.upkeep",
    "tui.screens.archive_reading",
    "tui.screens.outputs.exports",
    "tui.screens.main.parts.filtering",
    "tui.screens.main.parts.marking",
}


def test_only_what_opens_an_archive_names_its_class() -> None:
    found = {
        name_of(path)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module == "feeds.archive"
        and "Archive" in {alias.name for alias in node.names}
    }
    assert {name for name in found if not name.startswith("feeds.archive")} == OPENERS


def test_the_poller_knows_no_screen() -> None:
    program = "import sys, feeds.poller, feeds.__main__; print([m for m in sys.modules if m.split('.')[0] in %r])"
    run = subprocess.run(
        [sys.executable, "-c", program % (("textual", "tui"),)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("module", ["feeds.workers.worker", "feeds.archive.preparation.worker"])
def test_a_process_that_only_reads_loads_no_database_and_no_program(module: str) -> None:
    """Each of these modules would cost every worker memory, and time at its start."""
    kept_out = ("sqlite3", "click", "httpx", "tomlkit", "tinydb", "filelock", "asyncio", "textual", "tui", "feedparser")
    program = f"import sys, {module}; print([m for m in sys.modules if m.split('.')[0] in {kept_out}])"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_no_import_runs_in_a_circle() -> None:
    arrows = {name: {target for target in imports_of(path) if target in MODULES} for name, path in MODULES.items()}
    state: dict[str, int] = defaultdict(int)

    def visit(name: str, trail: list[str]) -> None:
        assert state[name] != 1, " → ".join([*trail[trail.index(name) :], name])
        if state[name] == 0:
            state[name] = 1
            for target in sorted(arrows[name] - {name}):
                visit(target, [*trail, name])
            state[name] = 2

    for name in arrows:
        visit(name, [])


def test_tui_imports_only_some_modules_of_feeds() -> None:
    allowed = {
        "feeds",
        "feeds.model",
        "feeds.events",
        "feeds.query.results",
        "feeds.errors",
        "feeds.config",
        "feeds.config.changing",
        "feeds.config.editing",
        "feeds.config.watching",
        "feeds.folding",
        "feeds.archive",
        "feeds.archive.state",
        "feeds.attachments",
        "feeds.controls",
        "feeds.marks",
        "feeds.endings",
    }
    allowed |= {"feeds.endings", "feeds.query", "feeds.query.completion", "feeds.query.nearest"}
    pure = {
        "feeds.compare",
        "feeds.documents",
        "feeds.targets",
        "feeds.agencies",
        "feeds.export.files",
        "feeds.export.rowtext",
    }  # a command computes with these; so may a screen
    commands = {
        "tui.cli.commands.articles": {"feeds.intake.article"},
        "tui.cli.commands.changes": {"feeds.assembly"},  # the plans of versions that were stored without one
        "tui.screens.main.parts.changes": {"feeds.assembly"},
        "tui.cli.commands.digest": {"feeds.digest", "feeds.query.dates"},
        "tui.screens.main.since_left": {"feeds.digest"},
        "tui.screens.main.watches": {"feeds.archive.sqlite.watches", "feeds.watches.quiet"},
        "tui.widgets.layout.digest": {"feeds.digest"},
        "tui.cli.reading": {"feeds.intake.article", "feeds.assembly"},  # as in commands.changes
        "tui.cli.commands.sources": {"feeds.intake.candidates", "feeds.intake.opml", "feeds.fetch.permission"},
        "tui.cli.commands.rules.command": {"feeds.config.sources.rules", "feeds.query.rules"},
        "tui.cli.checks.examination": {"feeds.fetch.environment", "feeds.fetch.settings", "feeds.kinds"},
        "tui.cli.upkeep": {"feeds.archive.whole"},
        "tui.cli.importing": {"feeds.intake.posts", "feeds.config.sources.rules"},
        "tui.dashboard": {"feeds.demo"},
    }
    for path in SOURCES:
        name = name_of(path)
        if name.startswith("tui"):
            entered = {target for target in imports_of(path) if target.split(".")[0] == "feeds"}
            entered -= {target for target in entered if under({target}, *pure)}
            entered -= {
                target
                for target in entered
                if under({target}, "feeds.export") and under({name}, "tui.cli", "tui.exporting")
            }
            assert entered <= allowed | commands.get(name, set()), name


def test_no_widget_or_screen_imports_the_app() -> None:
    for path in SOURCES:
        if name_of(path).startswith(("tui.widgets", "tui.screens")):
            assert "tui.app" not in set(imports_of(path)), path


PURE = (
    "feeds.schedule",
    "feeds.kinds",
    "feeds.parse",
    "feeds.plan",
    "feeds.query",
    "feeds.compare",
    "feeds.documents",
    "feeds.targets",
    "feeds.export",
    "feeds.posts",
    "feeds.attachments",
    "tui.text",
    "feeds.identity",
    "feeds.folding",
)


def test_the_middle_is_pure() -> None:
    forbidden = {"time", "random", "socket", "logging", "subprocess", "os", "asyncio", "threading", "urllib.request"}
    for path in SOURCES:
        name = name_of(path)
        if under({name}, *PURE):
            text = path.read_text("utf-8").replace("from time import struct_time", "")  # a type, no clock
            tree = ast.parse(text)
            assert not forbidden & set(imports_of(path, tree)), name
            calls = {
                node.func.attr
                for node in ast.walk(TREES[path])
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            }
            assert not {"now", "today", "utcnow"} & calls, name


# Modules that handle one page, entry, article or source at a time: a bug there is logged and affects only that one.
BUGS_ARE_REPORTED = {
    "feeds.parse.entrywise",
    "feeds.workers.worker",
    "feeds.poller.batches",
    "feeds.poller.texts",
    "feeds.poller.poller",
}


def reports_the_bug(handler: ast.ExceptHandler) -> bool:
    """Whether the handler gives the exception to `on_failure` or to `fault_of_bug`, which logs its traceback."""
    calls = [node for node in ast.walk(handler) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return any(
        isinstance(call.func, ast.Name)
        and call.func.id in ("on_failure", "fault_of_bug")
        and [argument.id for argument in call.args if isinstance(argument, ast.Name)] == [handler.name]
        for call in calls
    )


def test_no_except_hides_a_bug() -> None:
    for path in SOURCES:
        for node in ast.walk(TREES[path]):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, path
                names = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}
                if isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None:
                    continue  # it cleans up and raises the bug again
                if name_of(path) in BUGS_ARE_REPORTED and reports_the_bug(node):
                    continue
                assert not names & {"Exception", "BaseException"}, f"{path}:{node.lineno}"


def test_files_functions_and_folders_stay_small() -> None:
    for path in SOURCES:
        assert len(path.read_text("utf-8").splitlines()) <= 420, path
        for node in ast.walk(TREES[path]):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 56, f"{path}:{node.lineno} {node.name}"
            if isinstance(node, ast.ClassDef):
                methods = [item for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)]
                public = [method for method in methods if not method.name.startswith("_")]
                assert len(public) <= 24, f"{path}:{node.lineno} {node.name} has {len(public)} public methods"
    for package in ("feeds", "tui"):
        for folder in {path.parent for path in (ROOT / package).rglob("*.py")}:
            files = [path for path in folder.iterdir() if path.suffix == ".py"]
            assert len(files) <= 12, f"{folder} holds {len(files)} modules"


def test_every_module_has_a_docstring() -> None:
    for path, tree in TREES.items():
        assert ast.get_docstring(tree), path


def test_the_architecture_page_names_only_what_exists() -> None:
    """Every path in docs/architecture.md leads to a file or folder; `…` stands for the rest of a name."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    first = {path.name for path in ROOT.iterdir()}
    named = {word.rstrip(".,;:/") for word in re.findall(r"[\w./…-]+", page)}
    paths = {word for word in named if "/" in word and word.split("/")[0] in first}
    assert len(paths) > 20
    missing = {path for path in paths if not list(ROOT.glob(path.replace("…", "*")))}
    assert missing == set()
    folders = {path.parent.name for path in ROOT.glob("feeds/*/__init__.py")}
    assert {name for name in folders if f"feeds/{name}" not in page} == set()


def test_the_architecture_page_has_a_line_for_every_module() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named: set[str] = set()
    folder = ""
    for line in page.partition("## Every module\n")[2].splitlines():
        if head := re.fullmatch(r"\| ((?:feeds|tui)/[\w/]*) \| \|", line):
            folder = head[1]
        elif row := re.match(r"\| ([\w.]+\.py) \| \S", line):
            named.add(folder + row[1])
    modules = {path.relative_to(ROOT) for package in ("feeds", "tui") for path in (ROOT / package).rglob("*.py")}
    assert named == {path.as_posix() for path in modules if path.name != "__init__.py"}
