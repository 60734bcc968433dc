"""The walk: from a tame tree to lines of text with their kind, in document order. It visits each element once.

The walk leaves out elements that are not part of the text by their markup (see `foreign`). `bylines` later removes
lines by their words. If an element that was left out proves to be the text, the walk is repeated.
"""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from feeds.model import BlockKind
from feeds.parse.attachments import is_file_address
from feeds.parse.blocks import pictures
from feeds.parse.blocks.foreign import Omission, editors_of, is_quote_fill, is_richer, omission_of, omissions_with_text
from feeds.parse.blocks.inline import Attributes, is_struck, is_transparent, meaning_of, separator_of, text_by_meaning
from feeds.parse.blocks.lines import Run, TextLine, line_of, parts_of
from feeds.parse.blocks.tables import Grid, Numbering
from feeds.parse.safety import PARAGRAPH_LIMIT

LINES_LIMIT = 5_000
CUT_SHORT = "〔原文过长，以下从略〕"
# A table cell with more text is layout, not data.
_LAYOUT_CELL = 400
_FILES = 100  # links to files; a file may have two: its sign and its name
_ROUNDS = 5  # how often the walk is repeated at most

_CAPTION_WORD = re.compile(r"(?:^|\s)(?:img_descr|legend|img-caption|pic-desc|caption)(?:$|\s)")
_BOLD_STYLE = re.compile(r"font-weight\s{0,4}:\s{0,4}(?:bold|[6-9]00)", re.IGNORECASE)
_WHITE_SPACE = re.compile(r"white-space(?:-collapse)?\s{0,4}:\s{0,4}([a-z-]{3,16})", re.IGNORECASE)
_KEEPS_LINE_ENDS = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces", "preserve", "preserve-breaks"})
_DISPLAY = re.compile(r"display\s{0,4}:\s{0,4}(block|inline)\b(?!-)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_SKIPPED = frozenset({"title", "meta", "-comment", "head"})
# Attributes by which an element may be left out; most elements have none of them.
_TELLING = frozenset({"class", "id", "style", "hidden", "data-is", "data-sudaclick"})
_VERBATIM = frozenset({"pre", "listing", "xmp", "plaintext", "textarea"})


@dataclass(slots=True)
class WalkResult:
    """The lines of the text, the lines that the page marks as editors' lines, and the elements that were left out.

    `files` has the address and the words of each link to a file.
    """

    lines: list[TextLine] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    cut: bool = False
    files: list[tuple[str, str]] = field(default_factory=list)


def walk_tree(root: LexborNode) -> WalkResult:
    """The lines below `root`. The element `root` itself is never left out."""
    kept: frozenset[int] = frozenset()
    first = result = _walk_over(root, kept)
    for _ in range(_ROUNDS):
        if not result.omissions:
            break
        nodes = omissions_with_text(result.lines, result.omissions, lambda node: _walk_over(node, None).lines)
        if not nodes:
            break
        kept |= {node.mem_id for node in nodes}
        result = _walk_over(root, kept)
    if result is not first and not is_richer(result.lines, first.lines):
        result = first
    if result.cut:
        result.lines.append(TextLine(CUT_SHORT))
    return result


def _walk_over(root: LexborNode, kept: frozenset[int] | None) -> WalkResult:
    walk = _Walk(kept)
    walk.walk_children(root)
    walk.flush()
    return walk.result


class _Walk:
    """One walk over one tree. The tree is shallow (see `markup`), so recursion is safe.

    An element in `kept` is not left out. If `kept` is `None`, no element is left out.
    """

    def __init__(self, kept: frozenset[int] | None, outer: "_Walk | None" = None) -> None:
        self.kept = kept
        self.result = WalkResult()
        if outer is not None:
            self.result.editors, self.result.omissions = outer.result.editors, outer.result.omissions
            self.result.files = outer.result.files
        self.runs: list[Run] = []
        self.pictures: list[TextLine] = []
        self.kind: BlockKind = "text"
        self.level = 0
        self.strong = False
        self.linked = False
        self.lists = 0
        self.lead = ""
        self.keeps_line_ends: bool = outer.keeps_line_ends if outer else False
        self.numbers: Numbering | None = None
        self.grid = Grid()

    def walk_children(self, node: LexborNode) -> None:
        child = node.child
        while child is not None:
            tag = child.tag
            if tag == "-text":
                self._add_text(child.text_content or "")
            elif tag in ("br", "hr"):
                self.flush()
            elif tag == "img":
                self._add_picture(child)
            elif tag not in _SKIPPED:
                self.walk_element(child, tag or "")
            child = child.next

    def walk_element(self, node: LexborNode, tag: str) -> None:
        attributes = node.attributes
        if _TELLING.isdisjoint(attributes) and tag not in ("nav", "aside", "footer"):
            if tag != "span":
                self._walk_block_element(node, tag, attributes)
            elif attributes:
                self._walk_inline(node, attributes)
            else:
                self.walk_children(node)
            return
        if self._leave_out_foreign(node, tag, attributes):
            return
        before = self.keeps_line_ends
        if "data-is" in attributes:
            self.keeps_line_ends = before or attributes["data-is"] in _VERBATIM
        if style := attributes.get("style"):
            tag = self._shape_by_style(tag, style)
        if tag == "span":
            self._walk_inline(node, attributes)
        else:
            self._walk_block_element(node, tag, attributes)
        self.keeps_line_ends = before

    def _shape_by_style(self, tag: str, style: str) -> str:
        """Note whether the style keeps line ends. Return the tag that fits the style."""
        if found := _WHITE_SPACE.search(style):
            self.keeps_line_ends = found[1].lower() in _KEEPS_LINE_ENDS
        if tag in ("span", "div") and (shown := _DISPLAY.search(style)):
            return "span" if shown[1].lower() == "inline" else "div"
        return tag

    def _walk_block_element(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        if tag == "tr":
            self._add_row(node)
        elif tag == "li":
            self._walk_item(node, attributes)
        elif tag in _HEADINGS:
            self._walk_block(node, "heading", _HEADINGS[tag])
        elif tag in ("figcaption", "caption"):
            self._walk_block(node, "caption", 0)
        elif tag in ("ul", "ol"):
            before = self.numbers
            self.numbers = Numbering.of(node, attributes) if tag == "ol" else None
            self.lists += 1
            self._walk_block(node, "text", 0)
            self.lists -= 1
            self.numbers = before
        elif tag == "table":
            grid, self.grid = self.grid, Grid()
            self._walk_block(node, self.kind, self.level, attributes)
            self.grid = grid
        else:
            self._walk_block(node, self.kind, self.level, attributes)

    def _leave_out_foreign(self, node: LexborNode, tag: str, attributes: Attributes) -> bool:
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if names != " ":
            if is_quote_fill(names):
                return True
            if (editors := editors_of(node, names)) is not None:
                self.result.editors.append(editors)
                return True
        if is_struck(attributes, node):
            return True
        if self.kept is None:
            return False
        if (reason := omission_of(tag, attributes, names)) and node.mem_id not in self.kept:
            self.result.omissions.append(Omission(node, reason))
            return True
        return False

    def _add_text(self, text: str) -> None:
        if self.keeps_line_ends and ("\n" in text or "\r" in text):
            head, *rest = _LINE_END.split(text)
            self.runs.append((head, self.strong, self.linked))
            for line in rest:
                self.flush()
                self.runs.append((line, self.strong, self.linked))
        else:
            self.runs.append((text, self.strong, self.linked))

    def _add_picture(self, node: LexborNode) -> None:
        """Add a picture's text: as a character of the line if it replaces one, else as a line after it."""
        attributes = node.attributes
        if sign := pictures.sign_of(attributes):
            self.runs.append((sign, self.strong, self.linked))
        elif not self.linked and (text := pictures.description_of(attributes)):
            self.pictures.append(TextLine(text, "caption", picture=True))
            if not self.runs:
                self.flush()

    def _walk_inline(self, node: LexborNode, attributes: Attributes) -> None:
        if _CAPTION_WORD.search(attributes.get("class") or ""):
            self._walk_block(node, "caption", 0)
            return
        before = self.strong, self.linked
        self.strong = self.strong or _is_bold(attributes)
        if "href" in attributes:
            self.linked = self.linked or not pictures.is_address(attributes["href"])
            self._take_file(attributes["href"], node)
        if ("data-is" in attributes or "style" in attributes) and (meaning := meaning_of(attributes)):
            self._add_by_meaning(node, meaning)
        else:
            self.walk_children(node)
        self.strong, self.linked = before

    def _take_file(self, address: str | None, node: LexborNode) -> None:
        """Keep a link that leads to a file."""
        if address and is_file_address(address) and len(self.result.files) < _FILES:
            self.result.files.append((address, node.text()))

    def _add_by_meaning(self, node: LexborNode, meaning: str) -> None:
        preceding = self.runs[-1][0] if self.runs else ""
        if is_transparent(node, meaning):
            if sign := separator_of(node, meaning, preceding):
                self.runs.append((sign, self.strong, self.linked))
            self.walk_children(node)
        elif text := text_by_meaning(node, meaning, preceding):
            self.runs.append((text, self.strong, self.linked))

    def _walk_item(self, node: LexborNode, attributes: Attributes) -> None:
        number = self.numbers.next(attributes, node) if self.numbers else ""
        self._walk_block(node, "item", max(self.lists, 1), first=number)

    def _walk_block(
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
        self.walk_children(node)
        self.flush()
        if first:
            self.lead = ""
        self.kind, self.level, self.strong, self.linked = before

    def _add_row(self, row: LexborNode) -> None:
        """Add one line for a table row. A row that is only layout is read as ordinary text."""
        self.flush()
        cells = []
        child = row.child
        while child is not None:
            if child.tag in ("td", "th"):
                cells.append(child)
            child = child.next
        if len(cells) == 1 and not self.grid.has_pending_cells:
            self.walk_element(cells[0], "td")
            return
        contents = [self._cell_lines(cell) for cell in cells]
        texts = [" ".join(line.text for line in lines if not line.picture) for lines in contents]
        if max(map(len, texts), default=0) > _LAYOUT_CELL:
            for lines in contents:
                for line in lines:
                    self._keep(line)
        elif any(texts):
            self._keep(TextLine(" | ".join(self.grid.row(cells, texts)).rstrip(), "row"))

    def _cell_lines(self, cell: LexborNode) -> list[TextLine]:
        walk = _Walk(self.kept, self)
        attributes = cell.attributes
        if not (attributes and walk._leave_out_foreign(cell, "td", attributes)):
            walk.walk_children(cell)
            walk.flush()
        return walk.result.lines

    def flush(self) -> None:
        """End the current line."""
        if self.runs:
            if self.lead and any(not text.isspace() for text, _, _ in self.runs if text):
                self.runs.insert(0, (self.lead, False, False))
                self.lead = ""
            line = line_of(self.runs)
            self.runs = []
            if line.text:
                line.kind, line.level = self.kind, self.level
                self._keep(line)
        if self.pictures:
            for picture in self.pictures:
                self._keep(picture)
            self.pictures = []

    def _keep(self, line: TextLine) -> None:
        lines = self.result.lines
        if len(lines) >= LINES_LIMIT:
            self.result.cut = True
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
