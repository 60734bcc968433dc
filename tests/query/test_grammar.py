"""The filter language as text: its meaning, its spelling, and the positions of mistakes."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feeds.agencies import official_name
from feeds.errors import QueryError
from feeds.query import Query, parse
from feeds.query.terms import And, Dates, Due, Groups, Has, Is, LabelTerm, Node, Not, Or, TextTerm, TitleTerm

TODAY = date(2024, 2, 28)  # a Wednesday


def nodes(text: str) -> tuple[Node, ...]:
    return parse(text, TODAY).root.nodes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("  \u3000 ", ()),
        ("数字经济", (TextTerm("数字经济"),)),
        ("数字 经济", (TextTerm("数字"), TextTerm("经济"))),
        ('"数字 经济"', (TextTerm("数字 经济"),)),
        ("“数字 经济”", (TextTerm("数字 经济"),)),
        ('"他说""好"""', (TextTerm('他说"好"'),)),
        ("cat:金融/新浪财经", (LabelTerm("cat", "金融/新浪财经"),)),
        ('CAT:"a b"', (LabelTerm("cat", "a b"),)),
        ("agency:工信部 source:要闻", (LabelTerm("agency", "工业和信息化部"), LabelTerm("source", "要闻"))),
        ("star", (Is("starred"),)),
        ("is:Unread has:targets", (Is("unread"), Has("targets"))),
        ("groups:>=4", (Groups(">=", 4),)),
        ("groups:3", (Groups("=", 3),)),
        ("title:规划", (TitleTerm("规划"),)),
        ("tag:制造", (LabelTerm("tag", "制造"),)),
        ("甲 order:rank 乙", (TextTerm("甲"), TextTerm("乙"))),
        ("order:rank", ()),
        ("-房地产", (Not(TextTerm("房地产")),)),
        ("-(a b)", (Not(And((TextTerm("a"), TextTerm("b")))),)),
        ("a or b", (Or((TextTerm("a"), TextTerm("b"))),)),
        ("a b OR c", (Or((And((TextTerm("a"), TextTerm("b"))), TextTerm("c"))),)),
        ("x (a or b)", (TextTerm("x"), Or((TextTerm("a"), TextTerm("b"))))),
        ("(a (b c)) d", tuple(map(TextTerm, "abcd"))),
        ("10:30", (TextTerm("10:30"),)),
        ("新华社：快讯", (TextTerm("新华社:快讯"),)),
        ("https://a.example/?q=1", (TextTerm("https://a.example/?q=1"),)),
        (
            "ｃａｔ：部委动态　－（甲　or　乙）",
            (LabelTerm("cat", "部委动态"), Not(Or((TextTerm("甲"), TextTerm("乙"))))),
        ),
        ("ｇｒｏｕｐｓ：＞＝４", (Groups(">=", 4),)),
        ("十四五-规划", (TextTerm("十四五-规划"),)),
    ],
)
def test_a_text_means(text: str, expected: tuple[Node, ...]) -> None:
    assert nodes(text) == expected


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2022-01-12", "2022-01-12", "2022-01-12"),
        ("2024-2", "2024-02-01", "2024-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-12..2022-03", "2021-12-01", "2022-03-31"),
        ("2021-12-30..2022", "2021-12-30", "2022-12-31"),
        ("..2022-03", None, "2022-03-31"),
        ("2022..", "2022-01-01", None),
        ("today", "2024-02-28", "2024-02-28"),
        ("YESTERDAY", "2024-02-27", "2024-02-27"),
        ("week", "2024-02-26", "2024-03-03"),
        ("month", "2024-02-01", "2024-02-29"),
        ("２０２２－０１", "2022-01-01", "2022-01-31"),
    ],
)
def test_a_date_means_these_days(typed: str, first: str | None, last: str | None) -> None:
    (node,) = nodes(f"date:{typed}")
    assert isinstance(node, Dates)
    assert [day and day.isoformat() for day in (node.first, node.last)] == [first, last]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("=2025-06", "2025-06-01", "2025-06-30"),
        ("<=2027", None, "2027-12-31"),
        ("<2027", None, "2026-12-31"),
        (">2027", "2028-01-01", None),
        (">=2027-03", "2027-03-01", None),
        ("2025..2030", "2025-01-01", "2030-12-31"),
        ("..2030-06-15", None, "2030-06-15"),
        ("＜＝２０２７", None, "2027-12-31"),
        (">9999", "9999-12-31", "0001-01-01"),
        ("<0001", "9999-12-31", "0001-01-01"),
    ],
)
def test_a_deadline_lies_between_these_days(typed: str, first: str | None, last: str | None) -> None:
    (node,) = nodes(f"due:{typed}")
    assert isinstance(node, Due)
    assert [day and day.isoformat() for day in (node.first, node.last)] == [first, last]


def test_the_order_stands_beside_the_terms() -> None:
    query = parse("甲 ORDER:Rank -(乙 or 丙)", TODAY)
    assert (str(query), query.order) == ("甲 -(乙 or 丙) order:rank", "rank")
    assert parse(str(query), TODAY) == query
    assert query.without("order") == parse("甲 -(乙 or 丙)", TODAY)
    assert parse("甲", TODAY).with_term("order", "rank") == parse("order:rank 甲", TODAY)
    assert str(parse("甲 order:rank order:date", TODAY)) == "甲"
    assert parse("a or b order:rank", TODAY) == Query(And((Or((TextTerm("a"), TextTerm("b"))),)), TODAY, "rank")
    assert bool(parse("order:rank", TODAY))
    assert parse("甲 order:rank", TODAY).and_also(parse("乙 甲", TODAY)) == parse("甲 乙 order:rank", TODAY)


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("tga:制造", 0, "no field is called “tga”; there are cat, agency"),
        ("数字 cat:", 7, "expected a value"),
        ("cat: 金融", 4, "expected a value"),
        ('a "数字', 2, "quote is never closed"),
        ("a “数字", 2, "quote is never closed"),
        ("a (b or c", 2, "parenthesis is never closed"),
        ("a) b", 1, "parenthesis was never opened"),
        ("()", 1, "expected a word or a field"),
        ("a or", 4, "expected a word or a field"),
        ("or a", 0, "expected a word or a field"),
        ("a -", 3, "exclude"),
        ("date:2022-13", 5, "expected a date"),
        ("date:2023-02-29", 5, "expected a date"),
        ("date:明天", 5, "expected a date"),
        ("date:2022..tomorrow", 11, "expected a date"),
        ("date:..", 5, "before or after"),
        ("date:2022..2021", 5, "ends before it begins"),
        ("date:0000", 5, "expected a date"),
        ("is:red", 3, "expected one of unread, read, starred, plan"),
        ("has:x", 4, "expected one of targets"),
        ("groups:many", 7, "expected a number"),
        ("groups:>=²", 7, "expected a number"),
        ("due:soon", 4, "expected a deadline"),
        ("due:>=2025..2027", 6, "expected a deadline"),
        ("due:2025..today", 10, "expected a deadline"),
        ("due:2030..2025", 4, "ends before it begins"),
        ("tag:", 4, "expected a value"),
        ("order:best", 6, "expected one of date, rank, oldest, due"),
        ("a -order:rank", 3, "neither negated"),
        ("(a order:rank)", 3, "neither negated"),
        ("a or order:rank", 15, "either side"),
        ("order:rank or a", 15, "either side"),
        ('""', 0, "expected a value"),
        ("(" * 1000, 40, "nested too deeply"),
        ("-" * 1000 + "a", 40, "nested too deeply"),
        ("a " * 1000, 400, "more than 200 terms"),
    ],
)
def test_a_wrong_text_is_refused_at_the_position_of_the_mistake(text: str, position: int, words: str) -> None:
    with pytest.raises(QueryError) as told:
        parse(text, TODAY)
    assert told.value.position == position
    assert words in str(told.value)


def refusal_of(text: str) -> QueryError | None:
    try:
        parse(text, TODAY)
    except QueryError as refusal:
        return refusal
    return None


typed = st.text(max_size=40) | st.text("ab:\"-()or 经“”*%'\\\u3000（）：｜＂star", max_size=24)


@given(typed)
def test_a_refusal_points_into_the_text(text: str) -> None:
    refusal = refusal_of(text)
    assert refusal is None or 0 <= refusal.position <= len(text)


@given(typed)
def test_what_is_understood_can_be_spelled(text: str) -> None:
    assume(refusal_of(text) is None)
    query = parse(text, TODAY)
    assert parse(str(query), TODAY) == query


# Without controls: a sequence that steers a terminal takes the characters behind it along.
values = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).map(
    lambda text: str(parse('"' + text.replace('"', "").replace("＂", "") + 'x"', TODAY).root.nodes[0].value)  # type: ignore[union-attr]
) | st.sampled_from(["or", "star", "-a", "cat:x", "a b", '"', "“", "(", ")", "or or", "is:unread", "a\tb"])
terms: st.SearchStrategy[Node] = st.one_of(
    st.builds(TextTerm, values),
    st.builds(TitleTerm, values),
    st.builds(LabelTerm, st.sampled_from(["cat", "source", "tag"]), values),
    st.builds(LabelTerm, st.just("agency"), values.map(official_name)),
    st.sampled_from(["<=2027", "2025..2030", "2025-06", ">2026-01-31"]).map(lambda d: nodes(f"due:{d}")[0]),
    st.sampled_from(["unread", "read", "starred", "plan"]).map(Is),  # type: ignore[arg-type]
    st.sampled_from(["targets", "goals", "groups", "plan"]).map(Has),  # type: ignore[arg-type]
    st.builds(Groups, st.sampled_from([">=", "<=", ">", "<", "="]), st.integers(0, 999_999)),
    st.sampled_from(["today", "week", "2022", "2021-12..2022-03", "..2022", "2022.."]).map(
        lambda d: nodes(f"date:{d}")[0]
    ),
)


def _join(kind: type[And] | type[Or], parts: list[Node]) -> Node:
    """As the grammar joins them: no And in an And, no Or in an Or."""
    flat = [inner for part in parts for inner in (part.nodes if isinstance(part, kind) else (part,))]
    return kind(tuple(flat))


trees = st.recursive(
    terms,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: _join(And, parts)),
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: _join(Or, parts)),
    ),
    max_leaves=12,
)


@given(trees)
def test_a_tree_spelled_and_read_again_is_the_tree(tree: Node) -> None:
    query = Query(tree if isinstance(tree, And) else And((tree,)), TODAY)
    assert parse(str(query), TODAY) == query


def test_a_term_is_added_once_and_taken_away() -> None:
    query = parse("数字", TODAY).with_term("is", "unread").with_term("is", "unread").with_term("has", "plan")
    assert str(query) == "数字 is:unread has:plan"
    assert str(query.without("is")) == "数字 has:plan"
    assert str(query.without("text")) == "is:unread has:plan"
    assert query.terms() == ("数字", "is:unread", "has:plan")


def test_another_category_or_date_replaces_the_first() -> None:
    query = parse("cat:金融 -cat:地方 date:today", TODAY).with_term("cat", "产业/制造").with_term("date", "2022")
    assert str(query) == "-cat:地方 cat:产业/制造 date:2022"


def test_a_term_with_a_wrong_value_is_refused() -> None:
    for field, value in (("date", "soon"), ("colour", "red"), ("cat", " ")):
        with pytest.raises(QueryError):
            parse("", TODAY).with_term(field, value)


def test_a_value_with_signs_of_the_language_is_kept() -> None:
    query = parse("", TODAY).with_term("source", 'a "b" (c or d) -e')
    assert parse(str(query), TODAY).root.nodes == (LabelTerm("source", 'a "b" (c or d) -e'),)


def test_an_empty_query_filters_nothing() -> None:
    assert not parse("", TODAY)
    assert parse("a", TODAY)


@pytest.mark.parametrize("odd", ["\u202a", "\u2066", "\x07", "\x1b[31m", "\x9b5m", "\u2028", "\r\n", "\ud800"])
def test_controls_are_not_part_of_a_filter(odd: str) -> None:
    plain = parse('发展 "数字 经济" cat:要闻', TODAY)
    pasted = parse(f'{odd}发展{odd} "数字{odd if len(odd) == 1 else " "}经济" {odd}cat:要闻{odd}', TODAY)
    assert pasted == plain
    assert str(pasted) == str(plain)
    with pytest.raises(QueryError) as caught:
        parse(f"{odd}due:x", TODAY)
    assert caught.value.position == len(odd) + 4
