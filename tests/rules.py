"""The rules of size and of words, measured on the source.

Each rule gives the faults it finds: a file, a function or class in a file, or a file with a word.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE, LONGEST_INIT, LONGEST_FUNCTION = 400, 60, 50  # lines
MOST_OWN, MOST_IN_ALL = 20, 40  # methods of a class: its own, and with those of its ancestors in the project
BANNED = (
    "anew", "whoever", "whomever", "shall", "is none", "are none", "kin", "mate", "mates", "gathering", "gatherings",
    "desk", "crew", "ledger", "pieces", "doors", "guest", "guests", "condemned",
    "dress", "dresses", "harvest", "newsroom", "rot", "rots", "mended", "thereof",
)  # fmt: skip
"""Words with a plain term in docs/glossary.md, and forms that are not plain English."""

IRREGULAR_PARTICIPLES = frozenset((
    "begun", "born", "bought", "bound", "built", "chosen", "done", "drawn", "found", "frozen", "given",
    "gone", "heard", "held", "kept", "known", "laid", "left", "made", "meant", "met", "said",
    "seen", "sent", "shown", "spoken", "stood", "taken", "told", "understood", "woken", "written",
))  # fmt: skip
NOT_PARTICIPLES = frozenset(("feed", "need", "seed", "speed", "embed"))

Function = ast.FunctionDef | ast.AsyncFunctionDef
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def _sources() -> dict[str, ast.Module]:
    """The syntax tree of every module, by its path."""
    paths = sorted(path for package in ("feeds", "tui") for path in (ROOT / package).rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in paths}


SOURCES = _sources()
CLASSES = [(path, node) for path, tree in SOURCES.items() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def _length(path: str) -> int:
    return len((ROOT / path).read_text("utf-8").splitlines())


def long_files() -> Iterator[str]:
    """Files with too many lines."""
    yield from (path for path in SOURCES if _length(path) > LONGEST_FILE)


def long_inits() -> Iterator[str]:
    """`__init__.py` files with more than the names of their package."""
    yield from (path for path in SOURCES if path.endswith("/__init__.py") and _length(path) > LONGEST_INIT)


def long_functions() -> Iterator[str]:
    """Functions with more lines than a screen has."""
    for path, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, Function) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION:
                yield f"{path} {node.name}"


def _methods(node: ast.ClassDef) -> set[str]:
    return {item.name for item in node.body if isinstance(item, Function)}


def _ancestors(node: ast.ClassDef, known: dict[str, ast.ClassDef]) -> Iterator[ast.ClassDef]:
    """A class's ancestors inside the project, by their names."""
    for base in node.bases:
        plain = base.value if isinstance(base, ast.Subscript) else base
        name = getattr(plain, "id", getattr(plain, "attr", ""))
        if (found := known.get(name)) is not None and found is not node:
            yield found
            yield from _ancestors(found, known)


def crowded_classes() -> Iterator[str]:
    """Classes with too many methods."""
    known = {node.name: node for _path, node in CLASSES}
    for path, node in CLASSES:
        inherited = set().union(_methods(node), *map(_methods, _ancestors(node, known)))
        if len(_methods(node)) > MOST_OWN or len(inherited) > MOST_IN_ALL:
            yield f"{path} {node.name}"


def repeated_class_names() -> Iterator[str]:
    """Names of two or more classes."""
    places: dict[str, list[str]] = defaultdict(list)
    for path, node in CLASSES:
        places[node.name].append(path)
    yield from (name for name, paths in places.items() if len(paths) > 1)


def banned_words() -> Iterator[str]:
    """Banned words in the names of a module, its own name included, and in its docstrings."""
    for path, tree in SOURCES.items():
        given = " ".join(part.lower() for name in (path, *_names_given(tree)) for part in _PART.findall(name))
        docstrings = " ".join(re.split(r"\s+", " ".join(_docstrings(tree)).lower()))
        for word in BANNED:
            pattern = re.compile(rf"\b{word}\b")
            if pattern.search(docstrings) or (" " not in word and pattern.search(given)):
                yield f"{path} {word}"


def participle_names() -> Iterator[str]:
    """Functions with a bare participle as their name (`_told`). Fields and handlers of messages may have one."""
    for path, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, Function) and not any(map(_is_field_or_handler, node.decorator_list)):
                word = node.name.strip("_")
                if word in IRREGULAR_PARTICIPLES or (re.fullmatch(r"[a-z]+ed", word) and word not in NOT_PARTICIPLES):
                    yield f"{path} {node.name}"


def _is_field_or_handler(decorator: ast.expr) -> bool:
    plain = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(plain, ast.Name) and plain.id in ("property", "on")


def inverted_docstrings() -> Iterator[str]:
    """Docstrings with a sentence that begins with its object: `What ends it is left out`, `Of two, the last`."""
    for path, tree in SOURCES.items():
        for text in _docstrings(tree):
            for sentence in re.split(r"(?<=[.;:])\s+|\n\s*\n", text.strip()):
                if found := re.match(r"(?:What|Whatever|Whoever|Whichever|Of|Nor)\b", sentence):
                    yield f"{path} {found[0]}"


def _names_given(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, Function | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def _docstrings(tree: ast.Module) -> Iterator[str]:
    """All strings that are statements: docstrings, and texts below a field or a constant."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


RULES = (
    long_files,
    long_inits,
    long_functions,
    crowded_classes,
    repeated_class_names,
    banned_words,
    participle_names,
    inverted_docstrings,
)
