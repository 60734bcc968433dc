"""A document's title without what changes from one article to the next, and what was taken out of it."""

import re

from msgspec import Struct

from feeds.folding import folded_text

_MARKS = str.maketrans(dict.fromkeys("“”\"'‘’「」『』《》〈〉·•", ""))
_BRACKETED = re.compile(r"\(([^()]*)\)")
_YEARS = re.compile(r"(?:19|20)\d\d(?:年)?(?:(?:-+|—+|–|~|至|到)(?:(?:19|20)\d\d)(?:年)?)?(?:度|版|修订|修正|本)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STAGED = re.compile(
    r"(?:第[一二三四五]次|二次|再次|公开)?(?:征求意见|修订|修正|审议|送审|讨论)?(?:稿|草案)|(?:修订|修正)(?:案|版)?|试行|暂行|公开征求意见"
)
_NOTICE = re.compile(r"^(?P<head>.*?)关于(?:印发|发布|公布|转发|下发|批转)(?P<inner>.{4,})的(?:通知|公告|函|决定)$")
_ISSUER = re.compile(
    r"^(?P<who>[^关]{2,60}?(?:院|厅|部|委|局|署|会|府|行|社|办|等[一二三四五六七八九十0-9]+部门))关于(?=.)"
)
_STATE = re.compile(r"^中华人民共和国(?=.{2,})")


class TitleKey(Struct, frozen=True):
    """A title as documents are compared by it.

    `years` are those that stood in brackets, `stage` what the brackets say of its state (征求意见稿), `head` the issuer
    in front of it. `rules` names what was taken out, in order.
    """

    key: str
    years: tuple[str, ...] = ()
    stage: str = ""
    head: str = ""
    rules: tuple[str, ...] = ()


def title_key(title: str) -> TitleKey:
    """The key of a title as printed, with or without 《》."""
    plain = "".join(folded_text(title).split())
    rules: list[str] = []
    bare = plain.translate(_MARKS)
    if bare != title:
        rules.append("quotes-width")
    years: list[str] = []
    stages: list[str] = []

    def take_out(match: re.Match[str]) -> str:
        inside = match[1]
        if _YEARS.fullmatch(inside):
            years.extend(_YEAR.findall(inside))
            rules.append("years")
            return ""
        if _STAGED.fullmatch(inside) or _STAGED.fullmatch(_YEARS.sub("", inside)):
            years.extend(_YEAR.findall(inside))
            stages.append(inside)
            rules.append("stage")
            return ""
        return match[0]

    bare = _BRACKETED.sub(take_out, bare)
    head = ""
    if found := _NOTICE.match(bare):
        head, bare = found["head"], found["inner"]
        rules.append("notice")
    if found := _ISSUER.match(bare):
        head, bare = head or found["who"], bare[found.end("who") :]
        rules.append("issuer")
    if found := _STATE.match(bare):
        bare = bare[found.end() :]
        rules.append("state")
    return TitleKey(bare or plain, tuple(years), "".join(stages), head, tuple(dict.fromkeys(rules)))
