"""A document's title without what changes from one article to the next, and what was taken out of it."""

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from feeds.folding import folded_text

_MARKS = str.maketrans(dict.fromkeys("“”„‟\"＂〝〞‘’‚‛'＇`´′″「」『』﹁﹂﹃﹄《》〈〉«»‹›<>·•‧・", ""))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣~～〜", "-"))
_BRACKETED = re.compile(r"[(〔【\[]([^()〔〕【】\[\]]*)[)〕】\]]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = r"(?:19|20)\d\d年?(?:(?:-+|至|到)(?:(?:19|20)\d\d|\d\d)年?)?(?:度|版|本)?"
_DRAFT = (
    "(?:征求意见|修订|修正|修改|审议|送审|讨论|报批|审定|建议|初审|试行|草|初)(?:草案)?稿"
    "|草案|新?(?:修订|修正|修改)(?:案|版|本|草案)?|新版|征求意见(?:稿?[一二三四五六1-6]稿)?|[一二三四五六1-6]审?稿"
)
_ROUND = "第[一二三四五六七八九1-9][次轮稿版]|[一二三四五六七八九再1-9]次|公开|向社会"
_STATE = re.compile(rf"(?:{_YEARS}|{_ROUND}|{_DRAFT}|(?:试行|暂行)[版本]?|[、,;])+")
_DRAFT_BEHIND = re.compile(
    r"(?<=.{4})(?:(?:公开)?征求意见稿|(?:修订)?草案(?:公开)?(?:征求意见稿|送审稿|审议稿)?|送审稿|审议稿|讨论稿|报批稿)$"
)
_BODY = r"(?:院|厅|部|委|局|署|会|府|行|社|办|中央|等(?:[一二三四五六七八九十0-9]+个?|有关|相关)?(?:部门|单位|部委))"
_WHO = rf"(?:(?!关于).){{1,60}}?{_BODY}"
_PAPER = "(?:的?(?:通知|公告|通告|公示|函|启事|决定|命令|令))"
_ISSUES = "(?:联合)?(?:印发|发布|公布|颁布|转发|批转|下发)"
_ASKS = (
    "(?:面?向社会(?:各界)?|面?向公众|再次|第[二三四]次)*(?:公开)?(?:征求|征集|听取)(?:对)?(?:社会(?:各界)?|公众|各方)?"
)
_OPINIONS = "(?:修改)?意见(?:建议|和建议|与建议)?"
_NOTICES = (
    re.compile(rf"^(?P<head>(?:(?!关于).){{0,60}}?)关于{_ISSUES}(?P<inner>.{{4,}}?){_PAPER}$"),
    re.compile(rf"^(?P<head>{_WHO}){_ISSUES}(?P<inner>.{{4,}}?){_PAPER}$"),
)
_CONSULTATIONS = (
    re.compile(rf"^(?P<head>(?:(?!关于).){{0,60}}?)关于(?:就|对)?{_ASKS}(?P<inner>.{{4,}}?)的?{_OPINIONS}{_PAPER}?$"),
    re.compile(rf"^(?P<head>(?:(?!关于).){{0,60}}?)关于(?:就|对)?(?P<inner>.{{4,}}?){_ASKS}{_OPINIONS}{_PAPER}?$"),
    re.compile(rf"^(?P<head>(?:{_WHO})?)(?:就|对)?(?P<inner>.{{4,}}?)(?:向社会)?公开{_ASKS}{_OPINIONS}{_PAPER}?$"),
    re.compile(rf"^(?P<head>{_WHO}){_ASKS}(?P<inner>.{{4,}}?)的?{_OPINIONS}{_PAPER}?$"),
)
_ISSUER = re.compile(rf"^(?P<who>{_WHO})(?=关于.)")
_ISSUED = re.compile(rf"^(?P<who>{_WHO}){_ISSUES}(?=.{{4,}})")
_COUNTRY = re.compile(r"^中华人民共和国(?=.{2,})")
_CONSULTED = "征求意见"
_PRINTED = re.compile(
    r"[“”„‟\"＂〝〞‘’‚‛'「」『』﹁﹂﹃﹄《》〈〉«»‹›<>·•()〔〕【】\[\]\s]+|关于(?:印发|公开征求)|的(?:通知|公告)$"
)


class TitleKey(Struct, frozen=True):
    """A title as documents are compared by it.

    `years` are those that stood in brackets, `stage` what the title says of its state (征求意见稿), `head` the issuer
    in front of it. `rules` names what was taken out, in order.
    """

    key: str
    years: tuple[str, ...] = ()
    stage: str = ""
    head: str = ""
    rules: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether the title calls itself a draft. 试行 and 修订 are final."""
        return any(word in self.stage for word in ("稿", "草案", _CONSULTED))


def printed_core(title: str) -> str:
    """The longest part of a title that every article prints alike: without brackets, years, marks and notices."""
    key = title_key(title).key
    parts = _PRINTED.split(folded_text(title))
    inside = [part for part in parts if "".join(part.split()) in key]
    return max(inside or parts, key=len).strip() or title


class _Title:
    """A title from which one thing after the other is taken out."""

    def __init__(self, bare: str) -> None:
        self.bare = bare
        self.years: list[str] = []
        self.stages: list[str] = []
        self.head = ""
        self.rules: list[str] = []

    def take_out_brackets(self) -> None:
        """Take out brackets that hold years, the state of a draft, or both."""
        self.bare = _BRACKETED.sub(self._without_state, self.bare)

    def _without_state(self, match: re.Match[str]) -> str:
        inside = match[1].translate(_DASHES)
        if not _STATE.fullmatch(inside):
            return match[0]
        self.years += _years_of(inside)
        if words := re.sub(_YEARS, "", inside).strip("、,;"):
            self.stages.append(words)
            self.rules.append("stage")
        if _YEAR.search(inside):
            self.rules.append("years")
        return ""

    def take_out_draft(self) -> None:
        """Take out the state of a draft that stands behind the title without brackets."""
        if found := _DRAFT_BEHIND.search(self.bare):
            self.bare = self.bare[: found.start()]
            self.stages.append(found[0])
            self.rules.append("stage")

    def take_out_paper(self) -> None:
        """Leave only the title that a notice issues, or on which it asks for opinions."""
        if found := next(filter(None, (pattern.match(self.bare) for pattern in _CONSULTATIONS)), None):
            self.stages = self.stages or [_CONSULTED]
            self.rules.append("consultation")
        elif found := next(filter(None, (pattern.match(self.bare) for pattern in _NOTICES)), None):
            self.rules.append("notice")
        else:
            return
        self.head, self.bare = self.head or found["head"], found["inner"]

    def take_out_front(self) -> None:
        """Take out the issuer in front of the title, and the name of the country."""
        for pattern in (_ISSUER, _ISSUED):
            if found := pattern.match(self.bare):
                self.head, self.bare = self.head or found["who"], self.bare[found.end() :]
                self.rules.append("issuer")
        if found := _COUNTRY.match(self.bare):
            self.bare = self.bare[found.end() :]
            self.rules.append("state")


@lru_cache(maxsize=1000)  # each document of an article is asked for four times while the article is stored
def title_key(title: str) -> TitleKey:
    """The key of a title as printed, with or without 《》."""
    plain = "".join(character for character in folded_text(title) if _is_seen(character))
    found = _Title(plain.translate(_MARKS))
    if found.bare != title:
        found.rules.append("quotes-width")
    for _round in range(2):  # a notice may issue what itself has an issuer in front, or a state behind
        found.take_out_brackets()
        found.take_out_paper()
        found.take_out_front()
        found.take_out_draft()
    rules = tuple(dict.fromkeys(found.rules))
    return TitleKey(found.bare or plain or title.strip(), tuple(found.years), "".join(found.stages), found.head, rules)


def _is_seen(character: str) -> bool:
    """Whether a character is neither blank nor invisible."""
    return not character.isspace() and unicodedata.category(character) not in {"Cf", "Cc", "Cn"}


def _years_of(text: str) -> list[str]:
    """The years of a text, in four digits: 2026-30 is 2026 and 2030."""
    whole = re.sub(r"((?:19|20))(\d\d)年?(?:-+|至|到)(\d\d)(?!\d)", r"\1\2-\1\3", text)
    return _YEAR.findall(whole)
