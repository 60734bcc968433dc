"""Declared counts: numeral, measure word, modifiers, kind noun (六方面具体任务, “两步走”); vague ones too (以下几方面).

The grammar is the noun phrase 数词 + 量词 + 名词 (Li & Thompson 1981, ch. 4.2): what may be counted as a part of a
plan is a closed, growing list of kind nouns (lexicon/nouns.tsv); places, bodies, people and time are never on it.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from feeds.marks import DIGITS
from feeds.plan.clauses import BLANK, Line, Paper
from feeds.plan.lexicon import any_of, matches_at, phrases, rows, words
from feeds.quantities.numerals import CHINESE, number_of


class Count(NamedTuple):
    """A count in paragraph `p`: its label's stretch, its number (None for a vague one), its noun."""

    p: int
    start: int
    end: int
    n: int | None
    noun: str
    part: bool
    """The noun names parts of a document, so that the count stands even where nothing is listed."""
    act: bool
    """Its items are verb phrases, not names."""
    quoted: bool
    exact: bool = False
    """Only a list of this very number makes it a group."""

    @property
    def key(self) -> tuple[int | None, str]:
        """Equal for two mentions of the same group: 六方面具体任务 said again is 六大任务."""
        return self.n, _SAME.get(self.noun, self.noun)


GENERAL = "任务"
"""Stands for the nouns that every plan counts and that may therefore be counted twice in one text."""
_SAME = dict.fromkeys(("任务", "工作", "举措", "措施", "方面", "政策", "实招", "硬招"), GENERAL)

# A numeral that goes on to the left (第十, 2.5, 十三个) or counts roughly (数十项, 近百条) declares nothing.
# What stands before it is looked at from behind its first character, by whose class alone a text is then searched.
_MEASURES = "个大方项条类种步期级档重层处篇道对组件桩场份批章部阶张点股座把块样轮招"
_NUMERAL = re.compile(
    rf"[0-9{CHINESE}](?<![第\d.〇零一二两三四五六七八九十百千万亿几数多每近约逾超上前头连].)"
    rf"(?:(?<=[“‘”].)|(?=[\d{CHINESE}]{{0,5}}[{_MEASURES}]))"
)
"""The first character of a numeral that may count: a measure word follows it, or quotation marks stand before it."""
_CANDIDATE = re.compile(
    rf"(?P<number>[\d{CHINESE}](?<!\d[至—~-].)(?:(?<=\d)\d{{0,2}}|(?<!\d)[{CHINESE}]{{0,5}}))(?P<measure>个?大?方面|大类|个|项|条|大|类|种|步走|步|期|级|档|"
    rf"重|层|处|篇|道|对|组|件|桩|场|份|批|章|部分|阶段|张网|张|点)"
)
_VAGUE = re.compile(
    rf"[几多若](?<![{DIGITS}百千万亿\d].)(?:(?<=[几多])个?|(?<=若)干)(?:大?方面|项|条|点)(?:重点|主要|具体)?(?:工作|任务|措施|举措|内容|要求|问题|考虑|意见|建议|体会|特点|变化|原因)?"
    r"|(?:以下|下列)(?:重点|主要|具体|几)?(?:方面|任务|工作|措施|举措|内容|要求|事项|条件|问题|情形|原则|标准|规定|做法|程序)"
)
# “三统一”: numeral and verb without a measure word; only the quotation marks make it a name.
_WORDED = re.compile(
    rf"[“‘](?P<number>[二两三四五六七八九十]|\d{{1,2}})(?:(?P<word>(?![{CHINESE}]{{2}})(?![年月日天时点]|选一|个一|[道张条层处组件把块座项种样][^一二三])[\u4e00-\u9fff]{{1,2}})"
    rf"|[个大项重](?P<named>(?!(?:一律|不|没)|[个月年])[\u4e00-\u9fff]{{2,5}}|一(?=[”’])))(?=[”’])"
)


_MOST = 60
"""Counts that a paragraph may declare; one with more is a table."""
_LARGEST = 300
"""No plan has more parts."""


_NOT_BEFORE = {"举": "(?![办行措报证例荐])", "事": "(?![故业件情实务宜])"}
"""Characters that turn a noun of one character into the first half of another word."""


class _Noun(NamedTuple):
    part: bool
    act: bool


@cache
def _nouns() -> dict[str, _Noun]:
    return {row[0]: _Noun(row[1] == "part", row[2] == "act") for row in rows("nouns.tsv")}


@cache
def _noun_pattern() -> re.Pattern[str]:
    nouns = words("nouns.tsv")
    alone = "|".join(noun + following for noun, following in _NOT_BEFORE.items())
    return re.compile(f"(?:{any_of(set(nouns) - _NOT_BEFORE.keys())}|{alone})+")


def counts_of(paper: Paper) -> list[Count]:
    """Every declared or vague count of the article, in reading order, none inside another."""
    numerals, vague = paper.places(_NUMERAL), paper.places(phrases.SAYS_VAGUE)
    counts: list[Count] = []
    for p in sorted({*numerals, *vague}):
        line = paper.lines[p]
        found = _counts_at(line, [end - 1 for end in numerals.get(p, ())])
        if p in vague:
            found += [
                Count(p, match.start(), match.end(), None, "方面", part=False, act=True, quoted=False)
                for match in islice(_VAGUE.finditer(line.plain), _MOST)
            ]
        counts += sorted(found)
    return counts


def _counts_at(line: Line, numerals: list[int]) -> list[Count]:
    """The counts that begin with one of the numerals."""
    found: list[Count] = []
    for match in matches_at(numerals, _CANDIDATE, line.plain):
        if len(found) >= _MOST:
            break
        n = number_of(match["number"])
        if n is None or not 2 <= n <= _LARGEST or (found and match.start() < found[-1].end):
            continue
        if (count := _count_at(line, match, n)) is not None:
            found.append(count)
    named = list(_counts_of_anything(line, numerals)) if numerals else []
    return found + [count for count in named if not any(a.start < count.end and count.start < a.end for a in found)]


def _counts_of_anything(line: Line, numerals: list[int]) -> Iterator[Count]:
    """The counts of what no lexicon has, which a list or quotation marks beside them show."""
    plain, flat = line.plain, line.flat
    quoted = [i for i in numerals if i and plain[i - 1] in "“‘”"] if "”" in plain or "’" in plain else ()
    if quoted:
        yield from _counts_of_words(line, quoted)
    if "、" in flat:
        first = flat.find("、")
        yield from _after_lists(line, [i for i in numerals if i > first and flat[i] != BLANK])
    if quoted:
        yield from _bare_nouns(line, quoted)
    if "：" in flat:
        yield from _before_lists(line, [i for i in numerals if plain.find("：", i, i + _ANY_LENGTH) > 0])


def _count_at(line: Line, match: re.Match[str], n: int) -> Count | None:
    plain, end, measure = line.plain, match.end(), match["measure"]
    start = match.start()
    quoted = start > 0 and plain[start - 1] in "“‘"

    def count_of(stop: int, noun: str) -> Count:
        kind = _nouns().get(noun, _Noun(part=noun in ("条", "章"), act=noun != "类"))
        return Count(line.p, start, stop, n, noun, part=kind.part, act=kind.act, quoted=quoted)

    if measure in ("步走", "部分", "阶段", "张网"):
        return count_of(end, measure)
    if measure.endswith("方面"):
        return _of_sides(plain, end, count_of)
    if (
        measure in ("个", "大", "项", "件", "桩", "篇", "张", "场")
        and (word := _noun_of_name(plain, end, n)) is not None
    ):
        return count_of(word.end() if word[0][0] in "“‘" else word.end(1), word[1])
    # 三类主体, 两大类地区: bodies and places are counted as parts only where they are sorted into kinds.
    return (
        None if measure not in ("类", "大类") and phrases.NEVER.match(plain, end) else _with_noun(line, match, count_of)
    )


_ANYTHING = re.compile(
    rf"(?P<number>[\d{CHINESE}](?:(?<=\d)\d?|(?<!\d)[{CHINESE}]{{0,2}}))"
    r"(?:个|大|项|点|条|类|种|道|重|层|处|组|对|件|股|座|把|张|场|块|份|样|桩|轮|招)(?P<noun>[\u4e00-\u9fff]{0,6}?)[”’]?(?=[：，。]|$)"
)


_ANY_LENGTH = 12
"""Characters of what _ANYTHING describes, with the mark behind it."""


def counted_as(line: Line, start: int, end: int, n: int) -> Count | None:
    """A count of `n` things of whatever name that closes its clause in the stretch (三道坎, 两点疑问)."""
    for numeral in _NUMERAL.finditer(line.plain, start, end):
        match = _ANYTHING.match(line.plain, numeral.start(), end)
        if match is None:
            continue
        stop = match.end("noun")
        if number_of(match["number"]) == n and not phrases.NEVER.match(line.plain, match.start("noun")):
            return Count(line.p, match.start(), stop, n, match["noun"], part=False, act=True, quoted=False)
    return None


def _after_lists(line: Line, numerals: list[int]) -> Iterator[Count]:
    """人员、业务、药械三项统一管理: right behind a list of that number anything may be counted."""
    for match in islice(matches_at(numerals, _ANYTHING, line.flat), _MOST):
        n, start, stop = number_of(match["number"]), match.start(), match.end("noun")
        listed = line.flat.count("、", max(0, start - _LIST), start)
        if (
            n is None
            or n < 3
            or listed < n - 2
            or stop - start < 4
            or phrases.NEVER.match(line.plain, match.start("noun"))
        ):
            continue
        yield Count(line.p, start, stop, n, match["noun"], part=False, act=False, quoted=False, exact=True)


def _bare_nouns(line: Line, quoted: list[int]) -> Iterator[Count]:
    """“人、车、路”三要素: behind a list in quotation marks a numeral needs no measure word."""
    for match in islice(matches_at(quoted, phrases.BARE, line.plain), _MOST):
        n = number_of(match["number"]) or 0
        yield Count(line.p, *match.span(), n, match["noun"], part=False, act=False, quoted=False, exact=True)


def _before_lists(line: Line, numerals: list[int]) -> Iterator[Count]:
    """里面有三样：补贴、贴息、担保: right before a colon and a list of that number anything may be counted."""
    for match in islice(matches_at(numerals, _ANYTHING, line.plain), _MOST):
        listed = phrases.LISTED.match(line.flat, match.end("noun"))
        n = number_of(match["number"])
        if listed is None or n is None or n < 3 or not _is_list_of(listed["list"], n):
            continue
        if not phrases.NEVER.match(line.plain, match.start("noun")):
            start, stop = match.start(), match.end("noun")
            yield Count(line.p, start, stop, n, match["noun"], part=False, act=True, quoted=False, exact=True)


def _is_list_of(text: str, n: int) -> bool:
    """甲、乙、丙, 甲、乙以及丙; 坚持甲，坚持乙，坚持丙: so many names, or so many clauses that begin with one word."""
    clauses = text.split("，")
    marks = clauses[0].count("、")
    if marks:
        return marks == n - 1 or (marks == n - 2 and phrases.JOINTS.search(clauses[0].replace("、", "")) is not None)
    return len(clauses) == n and len({clause[:2] for clause in clauses}) == 1


_LIST = 160
"""Characters before a count among which the list that it sums up must stand."""


def _counts_of_words(line: Line, quoted: list[int]) -> Iterator[Count]:
    """“三统一”, “四同步”, “五个一体化”: what is counted is a verb or a name that no lexicon has; quoted, it is one."""
    for match in islice(matches_at((i - 1 for i in quoted), _WORDED, line.plain), _MOST):
        n = number_of(match["number"])
        word = match["word"] or match["named"]
        name = line.plain[match.start("number") : match.end()]
        if n is not None and n >= 2 and not _noun_pattern().fullmatch(word) and name not in words("abbreviations.txt"):
            start, end = match.start("number"), match.end()
            act = match["named"] is None
            yield Count(line.p, start, end, n, word, part=False, act=act, quoted=True, exact=True)


def _of_sides(plain: str, end: int, count_of: Callable[[int, str], Count]) -> Count:
    """七方面具体任务 is a count of 任务, 五方面|完善政策 one of 方面."""
    tail = phrases.AFTER_SIDE.match(plain, end)
    if tail is None:
        noun = _noun_pattern().match(plain, end, end + 6)
        if noun is not None and phrases.CLOSED.match(plain, noun.end()):
            return count_of(noun.end(), _last_noun(noun[0]))
        return count_of(end, "方面")
    return count_of(tail.end(), _last_noun(_noun_pattern().findall(tail[0])[-1]))


def _noun_of_name(plain: str, end: int, n: int) -> re.Match[str] | None:
    """3个“一律”: the quoted word is the noun; 三个确保：确保甲，确保乙，确保丙: the word that all items begin with."""
    if plain[end - 1] != "项" and (quoted := phrases.QUOTED.match(plain, end)) is not None:
        return quoted
    word = phrases.REPEATED.match(plain, end)
    if word is not None and _noun_pattern().match(word[1]):
        return None
    if word is None:
        return None
    # …做到三个确保： with the list in the paragraphs below.
    ends = not plain[word.end() :].strip("”’：。 ")
    return word if ends or plain.count(word[1], word.end(), end + 200) >= n else None


def _with_noun(line: Line, match: re.Match[str], count_of: Callable[[int, str], Count]) -> Count | None:
    plain, end, measure = line.plain, match.end(), match["measure"]
    noun = (_noun_pattern() if measure != "点" else phrases.POINTS).search(plain, end, end + 24)
    far = noun is not None and phrases.MODIFIES.fullmatch(noun[0]) is not None
    if noun is not None and (far or not _is_part(noun[0])):
        noun = _head_of(plain, noun.end(), end + 24 if far else noun.end() + 6) or noun
    if noun is not None and measure in ("项", "条") and (later := _after_of(plain, noun.end(), end + 24)):
        noun = later
    if noun is not None and phrases.STOP.search(plain, end, noun.start()):
        noun = None
    if noun is None or measure in ("章", "步", "期", "级", "档") or (measure == "点" and noun.start() > end):
        return _bare(line, match, count_of)
    if noun.start() > end + 8 and (measure not in ("项", "条") or not _is_part(noun[0])):
        return None
    if "的" in plain[end : noun.start()] and not _is_part(noun[0]):
        return None
    return count_of(noun.end(), _last_noun(noun[0]))


def _head_of(plain: str, start: int, end: int) -> re.Match[str] | None:
    """35项关键技术攻关清单, 五大资源共享中心: the head noun closes the phrase, all before it is its modifier."""
    for noun in _noun_pattern().finditer(plain, start, end):
        if phrases.STOP.search(plain, start, noun.start()) or phrases.ACTS.search(plain, start, noun.start()):
            return None
        if noun.end() >= len(plain) or phrases.STOP.match(plain, noun.end()):
            return noun
    return None


def _bare(line: Line, match: re.Match[str], count_of: Callable[[int, str], Count]) -> Count | None:
    """《意见》共18条: the measure word is the noun. 重点任务有五项：一是…: the noun stands before."""
    plain, end, measure = line.plain, match.end(), match["measure"]
    if measure in ("项", "个方面", "条") and (
        head := phrases.HEAD.search(plain, max(0, match.start() - 12), match.start())
    ):
        return count_of(end, head[1]) if phrases.ENDS.match(plain, end) else None
    if measure in _STAGES and phrases.BY_STAGES.search(plain, max(0, match.start() - 8), match.start()):
        return count_of(end, measure)
    if measure not in ("条", "章", "类", "大类"):
        return None
    told = measure != "条" or phrases.COUNTS_TOLD.search(plain, max(0, match.start() - 8), match.start())
    if not told or (measure == "条" and phrases.BARE_END.match(plain, end) is None):
        return None  # 开通航线100条, 10个集市、100条夜市街
    kind = phrases.SORTED.match(plain, end) if measure == "类" else None
    if kind is not None and not phrases.STOP.search(plain, end, kind.end()):
        return count_of(kind.end(), measure)
    return count_of(end, measure)


_STAGES = frozenset(("步", "批", "期", "层", "级", "档"))


@cache
def _last_noun(run: str) -> str:
    """The last kind noun of a run such as 政策措施."""
    for noun in words("nouns.tsv"):
        if run.endswith(noun):
            return noun
    return run


def _after_of(plain: str, start: int, end: int) -> re.Match[str] | None:
    """43项方便集市摊主经营的实招: the head noun stands after 的, the one before it belongs to the modifier."""
    of = plain.find("的", start, end)
    noun = _noun_pattern().search(plain, of, min(of + 8, end)) if of >= 0 else None
    return noun if noun is not None and _is_part(noun[0]) and not phrases.CLAUSE.search(plain, start, of) else None


def _is_part(run: str) -> bool:
    return _nouns()[_last_noun(run)].part
