"""Read a labelled post: one text file, which somebody who knows the language can write without Python.

    标题 | the post's title            日期 | 2024-02-18            类 | plan or none
    one paragraph a line
    = 文件 | title | issuer、issuer | number
    = 组 | declared count or - | label | item | item | 可选
    = 组@item title | …                a group inside an item
    = 条@item title | item | item      sections inside an item
    = 目标 | deadline | quote
    = 指标 | deadline | indicator | comparator | direction | value | unit | baseline

Every label, item and quote stands verbatim in a paragraph. 可选 at the end marks a group that may be left out.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from feeds.model import BEIJING, Article, Block

POSTS = Path(__file__).parent / "posts"
OPTIONAL = "可选"


class LabelledItem(Struct):
    """One item of a labelled group."""

    title: str
    items: list["LabelledItem"] = field(default_factory=list)
    groups: list["LabelledGroup"] = field(default_factory=list)


class LabelledGroup(Struct):
    """A labelled group; `n` is the declared count, None where the text declares none."""

    label: str
    n: int | None
    items: list[LabelledItem]
    optional: bool = False


class Labels(Struct):
    """What a careful reader finds in a post. `targets` have the fields of feeds.model.Target without its place."""

    kind: str
    documents: list[tuple[str, tuple[str, ...], str | None]] = field(default_factory=list)
    groups: list[LabelledGroup] = field(default_factory=list)
    goals: list[tuple[str, str]] = field(default_factory=list)
    targets: list[dict[str, Any]] = field(default_factory=list)


class LabelledPost(Struct):
    """An article and its labels."""

    name: str
    article: Article
    labels: Labels


def labelled_posts(folder: Path = POSTS) -> list[LabelledPost]:
    """Every labelled post of the folder, in the order of their names."""
    return [read_post(path) for path in sorted(folder.glob("*.txt"))]


def read_post(path: Path) -> LabelledPost:
    """Read one file; a ValueError names the line that is wrong."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line]
    head = dict(_cells(line)[:2] for line in lines[:3])
    when = datetime.fromisoformat(head["日期"]).replace(hour=12, tzinfo=BEIJING)
    paragraphs = tuple(Block(line) for line in lines[3:] if not line.startswith("= "))
    labels = Labels(head["类"])
    for line in lines[3:]:
        if line.startswith("= "):
            try:
                _add_label(labels, _cells(line[2:]))
            except (ValueError, IndexError, StopIteration) as error:
                raise ValueError(f"{path.name}: {line}") from error
    article = Article(id=path.stem, keys=(path.stem,), title=head["标题"], published=when, seen=when, blocks=paragraphs)
    return LabelledPost(path.stem, article, labels)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _add_label(labels: Labels, cells: list[str]) -> None:
    kind, _, holder = cells[0].partition("@")
    if kind == "文件":
        issuers = tuple(cells[2].split("、")) if len(cells) > 2 and cells[2] else ()
        labels.documents.append((cells[1], issuers, cells[3] if len(cells) > 3 else None))
    elif kind == "组":
        (_item_of(labels.groups, holder).groups if holder else labels.groups).append(_group_of(cells))
    elif kind == "条":
        _item_of(labels.groups, holder).items += [LabelledItem(title) for title in cells[1:]]
    elif kind == "目标":
        labels.goals.append((cells[1], cells[2]))
    elif kind == "指标":
        names = ("deadline", "indicator", "comparator", "direction", "value", "unit", "baseline")
        values = dict(zip(names, cells[1:], strict=True))
        labels.targets.append(values | {"baseline": values["baseline"] or None})
    else:
        raise ValueError(kind)


def _group_of(cells: list[str]) -> LabelledGroup:
    optional = cells[-1] == OPTIONAL
    titles = cells[3:-1] if optional else cells[3:]
    items = [LabelledItem(title) for title in titles]
    return LabelledGroup(cells[2], None if cells[1] == "-" else int(cells[1]), items, optional)


def _item_of(groups: list[LabelledGroup], title: str) -> LabelledItem:
    """The item with the title, at any depth."""
    stack = [item for group in groups for item in group.items]
    while stack:
        item = stack.pop()
        if item.title == title:
            return item
        stack += item.items
        stack += [inner for group in item.groups for inner in group.items]
    raise ValueError(title)
