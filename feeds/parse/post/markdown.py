"""From Markdown to HTML: the blocks of CommonMark 0.31 (§4 and §5), and tables of GFM, notes and lists of terms.

Posts often have HTML inside Markdown. It stays as it is, because the result goes through `markup` like all HTML. A post
that is only HTML is not changed.
"""

import re

from feeds.parse.markup import escape_html
from feeds.parse.post.spans import References, html_of_line, name_of

_DEPTH = 12

_SIGNS = re.compile(
    r"^ {0,3}(?:#{1,6}[ \t]|[-*+][ \t]+\S|\d{1,9}[.)][ \t]+\S|>|```|~~~|\|.{1,400}\|[ \t]*$|\[[^\]\n]{1,200}\]:[ \t])"
    r"|^.{1,200}\n {0,3}(?:={3,}|-{3,})[ \t]*$|\*\*[^*\s][^*\n]{0,400}\*\*|~~[^~\n]{1,400}~~|\]\([^()\s]{1,400}\)"
    r"|!\[|`[^`\n]{1,400}`|\[\^\w{1,20}\]",
    re.MULTILINE,
)
_TAG = re.compile(r"<[a-zA-Z!/]")
_TAG_WHOLE = re.compile(r"<[^<>]{0,4000}>")

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^`]*)$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$|(#{2,6})([^#\s].*?)#*[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r"( {0,3})([-*+]|(\d{1,9})[.)])(?:([ \t]+)(.*)|$)")
_TASK = re.compile(r"\[([ xX])\][ \t]+")
_DELIMITERS = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL = re.compile(r"(?<!\\)\|")
_DEFINITION = re.compile(
    r" {0,3}\[([^\[\]^][^\[\]]{0,200})\]:[ \t]*<?([^\s<>]{1,1000})>?"
    r"(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*$"
)
_NOTE = re.compile(r" {0,3}\[\^([^\s\[\]]{1,40})\]:[ \t]*(.*)$")
_TERM = re.compile(r" {0,3}:[ \t]+(\S.*)$")
# A line with only commands of a template. Words between two commands are text.
_COMMAND = re.compile(
    r"(?:(?:[ \t]*(?:\{%(?:(?!%\}).)*%\}|\{\{[<%](?:(?!\}\}).)*[>%]\}\}|\{:[^{}]*\}|\[\[?toc\]?\]|\\newpage))+"
    r"|[ \t]*:{3,}[ \t]*[a-z-]*)[ \t]*$",
    re.IGNORECASE,
)
_HTML = re.compile(
    r" {0,3}<(?:!--|!\[CDATA\[|[?!]|/?(?:address|article|aside|blockquote|body|center|details|dialog|dd|div|dl|dt"
    r"|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|li|link|main|menu|meta|nav|noscript|ol|p|pre"
    r"|script|section|style|summary|table|tbody|td|template|textarea|tfoot|th|thead|title|tr|ul|video|audio)(?=[\s/>]|$)"
    r"|/?[a-zA-Z][^<>]*>[ \t]*$)",
    re.IGNORECASE,
)
_HTML_TO = {
    "<!--": "-->",
    "<![cdata[": "]]>",
    "<script": "</script>",
    "<style": "</style>",
    "<pre": "</pre>",
    "<textarea": "</textarea>",
}
_HAN = re.compile("[\u3400-\u9fff]")


def html_of(text: str) -> str:
    """The HTML of a post's text, or the text itself if it is HTML already."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _is_markdown(text):
        return text
    lines = text.expandtabs(4).split("\n")
    references: References = {}
    notes: list[tuple[str, list[str]]] = []
    lines = _without_definitions(lines, references, notes)
    blocks = _Blocks(references)
    blocks.read(lines, 0)
    for name, words in notes:
        blocks.out.append(f"<p>[{escape_html(name)}] {html_of_line(' '.join(words), references)}</p>")
    return "\n".join(blocks.out)


def _is_markdown(text: str) -> bool:
    """Whether the text has signs of Markdown outside of tags, or has no tags."""
    return _TAG.search(text) is None or _SIGNS.search(_TAG_WHOLE.sub("<>", text)) is not None


def _without_definitions(lines: list[str], references: References, notes: list[tuple[str, list[str]]]) -> list[str]:
    """The lines without definitions of links and notes, which go into `references` and `notes`. Code is not changed."""
    kept = []
    fence = ""
    in_note = False
    for line in lines:
        if found := _FENCE.match(line):
            fence = "" if fence and found[1].startswith(fence) else fence or found[1][:3]
        if not fence and (note := _NOTE.match(line)):
            notes.append((note[1], [note[2]]))
            in_note = True
        elif in_note and line.startswith("    ") and line.strip():
            notes[-1][1].append(line.strip())
        elif not fence and (found := _DEFINITION.match(line)):
            references.setdefault(name_of(found[1]), found[2])
        else:
            in_note = in_note and not line.strip()
            kept.append(line)
    return kept


class _Blocks:
    """From lines to HTML. A quotation or an item is read by a recursive call."""

    def __init__(self, references: References) -> None:
        self.references = references
        self.out: list[str] = []

    def read(self, lines: list[str], depth: int) -> None:
        position = 0
        while position < len(lines):
            line = lines[position]
            if not line.strip() or _COMMAND.match(line):
                position += 1
            elif found := _FENCE.match(line):
                position = self._read_fenced(lines, position + 1, found[1])
            elif heading := _HEADING.match(line):
                level, title = len(heading[1] or heading[3]), heading[2] or heading[4] or ""
                self.out.append(f"<h{level}>{self._line_html(title)}</h{level}>")
                position += 1
            elif _RULE.match(line):
                self.out.append("<hr>")
                position += 1
            else:
                position = self._read_container(lines, position, depth)

    def _read_container(self, lines: list[str], position: int, depth: int) -> int:
        line = lines[position]
        if depth < _DEPTH and _QUOTE.match(line):
            return self._read_quotation(lines, position, depth)
        if depth < _DEPTH and _ITEM.match(line):
            return self._read_list(lines, position, depth)
        if _HTML.match(line):
            return self._read_html(lines, position)
        if "|" in line and position + 1 < len(lines) and _is_table(line, lines[position + 1]):
            return self._read_table(lines, position)
        if line.startswith("    ") and not _HAN.search(line):
            return self._read_indented(lines, position)
        return self._read_paragraph(lines, position)

    def _line_html(self, text: str) -> str:
        return html_of_line(text.strip(), self.references)

    def _read_fenced(self, lines: list[str], position: int, fence: str) -> int:
        end = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
        stop = next((i for i in range(position, len(lines)) if end.match(lines[i])), len(lines))
        self.out.append(f"<pre>{escape_html(chr(10).join(lines[position:stop]))}</pre>")
        return stop + 1

    def _read_indented(self, lines: list[str], position: int) -> int:
        stop = position
        while stop < len(lines) and (lines[stop].startswith("    ") or not lines[stop].strip()):
            stop += 1
        self.out.append(f"<pre>{escape_html(chr(10).join(line[4:] for line in lines[position:stop]))}</pre>")
        return stop

    def _read_quotation(self, lines: list[str], position: int, depth: int) -> int:
        inner: list[str] = []
        while position < len(lines) and lines[position].strip():
            found = _QUOTE.match(lines[position])
            if found is None and (not inner or not inner[-1].strip() or _begins(lines, position)):
                break
            inner.append(lines[position][found.end() :] if found else lines[position])
            position += 1
        self.out.append("<blockquote>")
        self.read(inner, depth + 1)
        self.out.append("</blockquote>")
        return position

    def _read_list(self, lines: list[str], position: int, depth: int) -> int:
        first = _ITEM.match(lines[position])
        number, delimiter = (first[3], first[2][-1]) if first else (None, "")
        self.out.append(f'<ol start="{number}">' if number else "<ul>")
        while position < len(lines):
            found = _ITEM.match(lines[position])
            if found is None or found[2][-1] != delimiter or _RULE.match(lines[position]):
                break
            inner, position = _item(lines, position, found)
            task = _TASK.match(inner[0])
            if task:
                inner[0] = ("☐ " if task[1] == " " else "☑ ") + inner[0][task.end() :]
            self.out.append("<li>")
            self.read(inner, depth + 1)
            self.out.append("</li>")
        self.out.append("</ol>" if number else "</ul>")
        return position

    def _read_html(self, lines: list[str], position: int) -> int:
        opening = lines[position].lstrip().lower()
        end = next((end for begin, end in _HTML_TO.items() if opening.startswith(begin)), "")
        stop = position
        if end:
            while stop < len(lines) - 1 and end not in lines[stop].lower():
                stop += 1
            stop += 1
        else:
            while stop < len(lines) and lines[stop].strip():
                stop += 1
        self.out.append("\n".join(lines[position:stop]))
        return stop

    def _read_table(self, lines: list[str], position: int) -> int:
        self.out.append("<table>")
        head = position
        while position < len(lines) and lines[position].strip() and (position == head or "|" in lines[position]):
            if position != head + 1:
                cells = "".join(f"<td>{self._line_html(cell)}</td>" for cell in _cells(lines[position]))
                self.out.append(f"<tr>{cells}</tr>")
            position += 1
        self.out.append("</table>")
        return position

    def _read_paragraph(self, lines: list[str], position: int) -> int:
        stop = position + 1
        while stop < len(lines) and lines[stop].strip():
            if (under := _SETEXT.match(lines[stop])) is not None:
                level = 1 if under[1][0] == "=" else 2
                self.out.append(f"<h{level}>{self._text_html(lines[position:stop])}</h{level}>")
                return stop + 1
            if _begins(lines, stop) or _TERM.match(lines[stop]):
                break
            stop += 1
        text = self._text_html(lines[position:stop])
        if stop < len(lines) and _TERM.match(lines[stop]):
            self.out.append(f"<dl><dt>{text}</dt>")
            while stop < len(lines) and (definition := _TERM.match(lines[stop])):
                self.out.append(f"<dd>{self._line_html(definition[1])}</dd>")
                stop += 1
            self.out.append("</dl>")
        else:
            self.out.append(f"<p>{text}</p>")
        return stop

    def _text_html(self, lines: list[str]) -> str:
        """The HTML of a paragraph without blanks at the beginning of lines. Blanks at the end may mean a line break."""
        return html_of_line("\n".join(line.lstrip() for line in lines).rstrip(), self.references)


def _begins(lines: list[str], position: int) -> bool:
    """Whether a line begins a new block, although no empty line ends the paragraph above it."""
    line = lines[position]
    if _QUOTE.match(line) or _RULE.match(line) or _FENCE.match(line) or _COMMAND.match(line):
        return True
    if (found := _HEADING.match(line)) and (found[1] or found[3]):
        return True
    item = _ITEM.match(line)
    if item and item[5]:
        return True
    return _HTML.match(line) is not None and line.lstrip()[1:2] != "!"


def _item(lines: list[str], position: int, found: re.Match[str]) -> tuple[list[str], int]:
    """The lines of one item without their indent, and the position after it."""
    blanks = len(found[4] or "")
    indent = len(found[1]) + len(found[2]) + (blanks if 1 <= blanks <= 4 else 1)
    inner = [found[5] or ""]
    position += 1
    while position < len(lines):
        line = lines[position]
        if not line.strip():
            following = next((each for each in lines[position + 1 : position + 3] if each.strip()), "")
            if len(following) - len(following.lstrip(" ")) < min(indent, 2):
                if _ITEM.match(following):
                    position += 1
                    continue
                break
            inner.append("")
        elif len(line) - len(line.lstrip(" ")) >= min(indent, 2):
            inner.append(line[min(indent, len(line) - len(line.lstrip(" "))) :])
        elif _ITEM.match(line) or _begins(lines, position) or not inner[-1].strip():
            break
        else:
            inner.append(line)
        position += 1
    return inner, position


def _is_table(head: str, line: str) -> bool:
    return "-" in line and _DELIMITERS.match(line) is not None and len(_cells(head)) == len(_cells(line))


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    line = line[:-1] if line.endswith("|") and not line.endswith("\\|") else line
    return [cell.strip().replace("\\|", "|") for cell in _CELL.split(line)]
