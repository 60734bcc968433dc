"""The walk: a tame tree to lines of text with their kind, in document order, each element visited once.

What is foreign by its place in the page is left out here (see `foreign`); what is foreign by what it says is judged
afterwards, line by line, in `bylines`. Where what was left out proves to be the text, the walk is made once more.
"""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from feeds.model import BlockKind
from feeds.parse.blocks import pictures
from feeds.parse.blocks.foreign import Omission, editors_of, is_quote_fill, is_richer, omission_of, restored
from feeds.parse.blocks.inline import Attributes, is_struck, is_transparent, meaning_of, parting, said
from feeds.parse.blocks.lines import Piece, TextLine, line_of, parts_of
from feeds.parse.blocks.tables import Grid, Numbering
from feeds.parse.safety import PARAGRAPH_LIMIT

LINES_LIMIT = 5_000
CUT_SHORT = "〔原文过长，以下从略〕"
# A table cell with more text than this places columns on a page; it holds no datum.
_LAYOUT_CELL = 400
_ROUNDS = 5  # how often what was left out is looked at for the text

_CAPTION_WORD = re.compile(r"(?:^|\s)(?:img_descr|legend|img-caption|pic-desc|caption)(?:$|\s)")
_BOLD_STYLE = re.compile(r"font-weight\s{0,4}:\s{0,4}(?:bold|[6-9]00)", re.IGNORECASE)
_WHITE_SPACE = re.compile(r"white-space(?:-collapse)?\s{0,4}:\s{0,4}([a-z-]{3,16})", re.IGNORECASE)
_KEEPS_LINE_ENDS = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces", "preserve", "preserve-breaks"})
_DISPLAY = re.compile(r"display\s{0,4}:\s{0,4}(block|inline)\b(?!-)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_SKIPPED = frozenset({"title", "meta", "-comment", "head"})
# Attributes that may speak against an element; most have none of them.
_TELLING = frozenset({"class", "id", "style", "hidden", "data-is", "data-sudaclick"})
_VERBATIM = frozenset({"pre", "listing", "xmp", "plaintext", "textarea"})


@dataclass(slots=True)
class Harvest:
    """What the walk brings home: the lines of the text and, apart, what the page marks as editors' lines."""

    lines: list[TextLine] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    cut: bool = False


def harvest_of(root: LexborNode) -> Harvest:
    """The lines below `root`, which is itself not judged."""
    kept: frozenset[int] = frozenset()
    first = harvest = _walked(root, kept)
    for _ in range(_ROUNDS):
        if not harvest.omissions:
            break
        nodes = restored(harvest.lines, harvest.omissions, lambda node: _walked(node, None).lines)
        if not nodes:
            break
        kept |= {node.mem_id for node in nodes}
        harvest = _walked(root, kept)
    if harvest is not first and not is_richer(harvest.lines, first.lines):
        harvest = first
    if harvest.cut:
        harvest.lines.append(TextLine(CUT_SHORT))
    return harvest


def _walked(root: LexborNode, kept: frozenset[int] | None) -> Harvest:
    walk = _Walk(kept)
    walk.children(root)
    walk.flush()
    return walk.harvest


class _Walk:
    """One walk down one tree; the tree is shallow (see `markup`), so it may recurse.

    What is in `kept` is not left out, nothing is where that is None.
    """

    def __init__(self, kept: frozenset[int] | None, outer: "_Walk | None" = None) -> None:
        self.kept = kept
        self.harvest = Harvest()
        if outer is not None:
            self.harvest.editors, self.harvest.omissions = outer.harvest.editors, outer.harvest.omissions
        self.pieces: list[Piece] = []
        self.pictures: list[TextLine] = []
        self.kind: BlockKind = "text"
        self.level = 0
        self.strong = False
        self.linked = False
        self.lists = 0
        self.lead = ""
        self.verbatim: bool = outer.verbatim if outer else False
        self.numbers: Numbering | None = None
        self.grid = Grid()

    def children(self, node: LexborNode) -> None:
        child = node.child
        while child is not None:
            tag = child.tag
            if tag == "-text":
                self._text(child.text_content or "")
            elif tag in ("br", "hr"):
                self.flush()
            elif tag == "img":
                self._picture(child)
            elif tag not in _SKIPPED:
                self.element(child, tag or "")
            child = child.next

    def element(self, node: LexborNode, tag: str) -> None:
        attributes = node.attributes
        if _TELLING.isdisjoint(attributes) and tag not in ("nav", "aside", "footer"):
            if tag != "span":
                self._outline(node, tag, attributes)
            elif attributes:
                self._inline(node, attributes)
            else:
                self.children(node)
            return
        if self._foreign(node, tag, attributes):
            return
        before = self.verbatim
        if "data-is" in attributes:
            self.verbatim = before or attributes["data-is"] in _VERBATIM
        if style := attributes.get("style"):
            tag = self._styled(tag, style)
        if tag == "span":
            self._inline(node, attributes)
        else:
            self._outline(node, tag, attributes)
        self.verbatim = before

    def _styled(self, tag: str, style: str) -> str:
        """Learns from a style whether line ends are kept; returns the tag that the element has by its style."""
        if found := _WHITE_SPACE.search(style):
            self.verbatim = found[1].lower() in _KEEPS_LINE_ENDS
        if tag in ("span", "div") and (shown := _DISPLAY.search(style)):
            return "span" if shown[1].lower() == "inline" else "div"
        return tag

    def _outline(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        if tag == "tr":
            self._row(node)
        elif tag == "li":
            self._item(node, attributes)
        elif tag in _HEADINGS:
            self._block(node, "heading", _HEADINGS[tag])
        elif tag in ("figcaption", "caption"):
            self._block(node, "caption", 0)
        elif tag in ("ul", "ol"):
            before = self.numbers
            self.numbers = Numbering.of(node, attributes) if tag == "ol" else None
            self.lists += 1
            self._block(node, "text", 0)
            self.lists -= 1
            self.numbers = before
        elif tag == "table":
            grid, self.grid = self.grid, Grid()
            self._block(node, self.kind, self.level, attributes)
            self.grid = grid
        else:
            self._block(node, self.kind, self.level, attributes)

    def _foreign(self, node: LexborNode, tag: str, attributes: Attributes) -> bool:
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if names != " ":
            if is_quote_fill(names):
                return True
            if (editors := editors_of(node, names)) is not None:
                self.harvest.editors.append(editors)
                return True
        if is_struck(attributes, node):
            return True
        if self.kept is None:
            return False
        if (reason := omission_of(tag, attributes, names)) and node.mem_id not in self.kept:
            self.harvest.omissions.append(Omission(node, reason))
            return True
        return False

    def _text(self, text: str) -> None:
        if self.verbatim and ("\n" in text or "\r" in text):
            head, *rest = _LINE_END.split(text)
            self.pieces.append((head, self.strong, self.linked))
            for line in rest:
                self.flush()
                self.pieces.append((line, self.strong, self.linked))
        else:
            self.pieces.append((text, self.strong, self.linked))

    def _picture(self, node: LexborNode) -> None:
        """A picture's description: a sign of the line where it stands for one, else a line behind it."""
        attributes = node.attributes
        if sign := pictures.sign_of(attributes):
            self.pieces.append((sign, self.strong, self.linked))
        elif not self.linked and (text := pictures.description_of(attributes)):
            self.pictures.append(TextLine(text, "caption", picture=True))
            if not self.pieces:
                self.flush()

    def _inline(self, node: LexborNode, attributes: Attributes) -> None:
        if _CAPTION_WORD.search(attributes.get("class") or ""):
            self._block(node, "caption", 0)
            return
        before = self.strong, self.linked
        self.strong = self.strong or _is_bold(attributes)
        if "href" in attributes:
            self.linked = self.linked or not pictures.is_address(attributes["href"])
        if ("data-is" in attributes or "style" in attributes) and (meaning := meaning_of(attributes)):
            self._meant(node, meaning)
        else:
            self.children(node)
        self.strong, self.linked = before

    def _meant(self, node: LexborNode, meaning: str) -> None:
        preceding = self.pieces[-1][0] if self.pieces else ""
        if is_transparent(node, meaning):
            if sign := parting(node, meaning, preceding):
                self.pieces.append((sign, self.strong, self.linked))
            self.children(node)
        elif text := said(node, meaning, preceding):
            self.pieces.append((text, self.strong, self.linked))

    def _item(self, node: LexborNode, attributes: Attributes) -> None:
        number = self.numbers.next(attributes, node) if self.numbers else ""
        self._block(node, "item", max(self.lists, 1), first=number)

    def _block(
        self, node: LexborNode, kind: BlockKind, level: int, attributes: Attributes | None = None, first: str = ""
    ) -> None:
        self.flush()
        before = self.kind, self.level, self.strong, self.linked
        if attributes:
            if _CAPTION_WORD.search(f"{attributes.get('class') or ''} {attributes.get('cms-style') or ''}"):
                kind = "caption"
            self.strong = self.strong or _is_bold(attributes)
        self.kind, self.level = kind, level
        self.lead = first or self.lead
        self.children(node)
        self.flush()
        if first:
            self.lead = ""
        self.kind, self.level, self.strong, self.linked = before

    def _row(self, row: LexborNode) -> None:
        """One line a table row. A row that only places columns is read as ordinary text."""
        self.flush()
        cells = []
        child = row.child
        while child is not None:
            if child.tag in ("td", "th"):
                cells.append(child)
            child = child.next
        if len(cells) == 1 and not self.grid.waits:
            self.element(cells[0], "td")
            return
        contents = [self._cell(cell) for cell in cells]
        texts = [" ".join(line.text for line in lines if not line.picture) for lines in contents]
        if max(map(len, texts), default=0) > _LAYOUT_CELL:
            for lines in contents:
                for line in lines:
                    self._keep(line)
        elif any(texts):
            self._keep(TextLine(" | ".join(self.grid.row(cells, texts)).rstrip(), "row"))

    def _cell(self, cell: LexborNode) -> list[TextLine]:
        walk = _Walk(self.kept, self)
        attributes = cell.attributes
        if not (attributes and walk._foreign(cell, "td", attributes)):
            walk.children(cell)
            walk.flush()
        return walk.harvest.lines

    def flush(self) -> None:
        """Ends the line that is being gathered."""
        if self.pieces:
            if self.lead and any(not text.isspace() for text, _, _ in self.pieces if text):
                self.pieces.insert(0, (self.lead, False, False))
                self.lead = ""
            line = line_of(self.pieces)
            self.pieces = []
            if line.text:
                line.kind, line.level = self.kind, self.level
                self._keep(line)
        if self.pictures:
            for picture in self.pictures:
                self._keep(picture)
            self.pictures = []

    def _keep(self, line: TextLine) -> None:
        lines = self.harvest.lines
        if len(lines) >= LINES_LIMIT:
            self.harvest.cut = True
        elif len(line.text) > PARAGRAPH_LIMIT:
            for part in parts_of(line):
                lines.append(part)
        else:
            lines.append(line)


def _is_bold(attributes: Attributes) -> bool:
    return (
        "data-b" in attributes
        or "strong-Bold" in (attributes.get("cms-style") or "")
        or bool(_BOLD_STYLE.search(attributes.get("style") or ""))
    )
