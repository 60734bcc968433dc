"""The examples in the documentation: commands, filters, keys and configuration.

Nothing is listed here by its words: a new example in README, docs, a help text or config.toml is found by its form.
"""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from feeds import query
from tui.screens.dialogs import help as help_screen
from tui.words import _

ROOT = Path(__file__).resolve().parents[2]
PAGES = tuple(path for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))))
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_FIELD = "|".join(field.name for field in query.FIELDS)
_TERM = re.compile(rf"-?(?:{_FIELD})[:：](?:\"[^\"]+\"|[^\s`|“”，。；、,;()（）]*[^\s`|“”，。；、,;()（）.])")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def fences(language: str) -> Iterator[tuple[str, str]]:
    """Every fenced block in a language: the page's name and the text."""
    for path in PAGES:
        for found in _FENCE.finditer(path.read_text("utf-8")):
            if found[1] == language:
                yield name_of(path), found[2]


def code_spans(path: Path) -> list[str]:
    """What stands between backticks outside of fenced blocks; a table's `\\|` is the bar."""
    return [found.replace("\\|", "|") for found in _CODE.findall(_FENCE.sub("", path.read_text("utf-8")))]


def commands() -> list[str]:
    """Every command line of zhengwen: in sh blocks, also behind `&&`, and between backticks."""
    lines = [line for _page, text in fences("sh") for line in text.splitlines()]
    parts = [part.strip() for line in lines for part in re.split(r"&&|\s#\s", line)]
    spans = [span for path in PAGES for span in code_spans(path)]
    spans += _CODE.findall((ROOT / "config.toml").read_text("utf-8"))
    found = [re.sub(r"^\.venv/bin/", "", line) for line in (*parts, *spans)]
    # `；plan FILE` behind a command's comment is one more.
    found += [
        f"zhengwen {more}"
        for line in lines
        if line.startswith("zhengwen ")
        for more in re.findall(r"；([a-z]+ [A-Z|.\-]+)", line)
    ]
    return list(dict.fromkeys(line for line in found if re.match(r"zhengwen( |$)", line)))


def spellings(usage: str) -> list[str]:
    """A usage line's own lines: with and without what stands in brackets, and each of what a bar parts."""
    pieces = re.findall(r"\[[^\]]*\]|'[^']*'|[^\s\[\]]+", usage)
    choices: list[tuple[str, ...]] = []
    for piece in pieces:
        if piece.startswith("["):
            choices.append(("", *piece[1:-1].split("|")))
        elif choices and len(choices[-1]) > 1 and choices[-1][0]:  # words behind a choice are the last one's
            choices[-1] = (*choices[-1][:-1], f"{choices[-1][-1]} {piece}")
        elif "|" in piece and not piece.startswith("'"):
            choices.append(tuple(piece.split("|")))
        else:
            choices.append((piece,))
    return [" ".join(filter(None, words)) for words in itertools.product(*choices)]


def help_filters() -> list[str]:
    """The filter language on the help screen: what stands before each line, and the values it also names."""
    found = []
    for term, words in help_screen.LANGUAGE:
        found.append(term)
        said = _(words)
        found += _TERM.findall(said)
        if listed := re.search(r"also ([^;]+)", said):
            values = [value.strip() for value in listed[1].split(",")]
            found += [f"{term.partition(':')[0]}:{value}" for value in values if ":" not in value]
    return found


def docstring_filters() -> list[str]:
    """The filters in the query language's docstring: a column of terms, then what they find."""
    lines = [line for line in (query.__doc__ or "").splitlines() if line.startswith("    ")]
    found = []
    for line in lines:
        field = ""
        for term in re.split(r" \| |\s{2,}", line.strip()):
            told = re.match(rf"({_FIELD}):", term)
            field = told[1] if told else field
            if told or not field:
                found.append(term.partition(" ")[0] if told else term)
            elif re.fullmatch(r"[\w.<>=-]+", term):
                found.append(f"{field}:{term}")
            else:
                break
    return [term for term in found if _TERM.match(term) or not re.search(r"[a-z]{3}|;", term)]


def page_filters() -> list[tuple[str, str]]:
    """Every filter that a page shows: (page, filter). A table's bare word stands behind the row's field.

    Those of the benchmarks are asked of corpora of their own.
    """
    found: list[tuple[str, str]] = []
    for path in PAGES:
        if path.name == "benchmarks.md":
            continue
        text = _FENCE.sub("", path.read_text("utf-8"))
        spans = [span for span in code_spans(path) if _TERM.fullmatch(span) and "…" not in span]
        found += [(name_of(path), span) for span in spans]
        found += [
            (name_of(path), term) for line in text.splitlines() for term in _TERM.findall(line) if "…" not in term
        ]
        if "| term | finds |" in text:
            found += [(name_of(path), term) for term in _terms_in_table(text)]
    return found


def _terms_in_table(text: str) -> Iterator[str]:
    for row in re.findall(r"^\| (`.*?) \| .* \|$", text, re.MULTILINE):
        field = ""
        for span in _CODE.findall(row):
            if span.endswith(":"):
                continue
            told = re.match(rf"({_FIELD}):", span)
            if told:
                field = told[1]
                sample = span.partition(":")[2].lstrip("<>=")
            if re.fullmatch(r"[<>=]+", span):
                yield f"{field}:{span}{sample}"
            elif told or not field or f"(`{span}`)" in row:
                yield span
            else:
                yield f"{field}:{span}"


def keys() -> list[tuple[str, str]]:
    """Every key that a page names: one character, `^x`, or several of them between one pair of backticks."""
    found = []
    for path in PAGES:
        text = _FENCE.sub("", path.read_text("utf-8"))
        rows = [line for line in text.splitlines() if line.startswith("| `") and path.name != "README.md"]
        for row in rows:  # tables of fields and terms name no keys
            text = text.replace(row, "")
        for span in _CODE.findall(text):
            parts = span.split()
            if all(re.fullmatch(r"\^[a-z]|[^\w\s<>-]|[A-Za-z1-9]", part) for part in parts):
                found += [(name_of(path), part) for part in parts]
    return list(dict.fromkeys(found))


def catalogue_filters() -> list[str]:
    """The filters that messages give as examples, in English and in Chinese."""
    found: list[str] = []
    with (ROOT / "tui/locale/zh_CN/LC_MESSAGES/zhengwen.po").open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        for text in filter(None, (message.id, message.string)):
            said = str(text)
            found += [term for term in _TERM.findall(said) if "{" not in term]
        for kind, field in (("date", "date"), ("deadline", "due"), ("number", "groups")):
            if told := re.match(rf"expected a {kind} such as (.*), not ", str(message.id)):
                found += [f"{field}:{value}" for value in re.split(r", | or ", told[1])]
    return list(dict.fromkeys(found))


def settings() -> list[str]:
    """Every `key = value` that a page shows between backticks."""
    spans = [span for path in PAGES for span in code_spans(path)]
    return list(dict.fromkeys(span for span in spans if re.fullmatch(r"[a-z_]+ = .+", span)))


def commented_keys() -> dict[str, list[str]]:
    """The keys that config.toml tells of in its comments, by the table they belong to."""
    found: dict[str, list[str]] = {}
    table = ""
    for line in (ROOT / "config.toml").read_text("utf-8").splitlines():
        if named := re.match(r"# .*\[\[(\w+)\]\]", line):
            table = named[1]
        elif not line.startswith("#"):
            table = ""
        elif told := re.match(r"#   ([a-z_]+)  +\S", line):
            found.setdefault(table, []).append(told[1])
    return found
