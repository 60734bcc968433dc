"""The fields of the filter language: one `Field` value each, in one table.

Reading, completion, the help screen, the table in docs/query.md and the labels that the archive counts are made from
this table. A field of labels needs one entry here and nothing else. A field that compares (`due:`, `groups:`) also
needs a term in feeds.query.terms and its condition in feeds.archive.sqlite.conditions.
"""

from datetime import date
from typing import cast

from feeds.errors import QueryError, phrase
from feeds.folding import folded_text
from feeds.query.reading import (
    FacetKind,
    Field,
    agency_name,
    agency_names,
    choice_of,
    numbers_of,
    read_changed,
    read_date,
    read_due,
    read_groups,
    read_label,
    read_note,
    read_part,
    read_seen,
    read_state,
    read_text,
    read_title,
    read_value,
)
from feeds.query.terms import (
    DATE_WORDS,
    ORDERS,
    PARTS,
    STATES,
    Amount,
    Dates,
    Due,
    Edited,
    Groups,
    Has,
    Is,
    LabelTerm,
    Node,
    NoteTerm,
    OrderName,
    Seen,
    Term,
    TextTerm,
    TitleTerm,
)

__all__ = [
    "FIELDS",
    "FacetKind",
    "Field",
    "field_named",
    "field_of",
    "known_field",
    "may_repeat",
    "order_of",
    "term_of",
    "text_term",
]

# Each character becomes one character, so that positions are the same in both texts.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

_DAY_WORDS = (
    ("今天", "today"), ("昨天", "yesterday"), ("本周", "week"), ("本月", "month"),
    ("今日", "today"), ("昨日", "yesterday"), ("这周", "week"), ("这个月", "month"),
)  # fmt: skip
_STATE_WORDS = (
    ("未读", "unread"), ("已读", "read"), ("星标", "starred"), ("有规划", "plan"), ("有改动", "changed"),
    ("已隐藏", "hidden"), ("隐藏", "hidden"),
    ("加星", "starred"), ("规划", "plan"), ("改动", "changed"),
)  # fmt: skip
_PART_WORDS = (
    ("指标", "targets"), ("目标", "goals"), ("任务", "groups"), ("规划", "plan"), ("组", "groups"),
    ("附件", "attachment"), ("机构", "agency"),
)  # fmt: skip
_ORDER_WORDS = (
    ("最新", "date"), ("最相关", "rank"), ("最早", "oldest"), ("到期", "due"), ("机构", "agency"), ("指标", "targets"),
    ("newest", "date"),
)  # fmt: skip

FIELDS = (
    Field(
        "cat",
        phrase("a category, at any level"),
        "cat:部委动态",
        ("栏目", "分类"),
        phrase("a category, at any level; cat:金融/新浪财经 a path"),
        read=read_label,
        kind="category",
        in_levels=True,
    ),
    Field(
        "agency",
        phrase("who issues it or speaks, by any of its names"),
        "agency:工信部",
        ("机构", "部门"),
        phrase("who issues it or speaks, by any of its names"),
        read=read_label,
        kind="agency",
        of_plan=lambda plan: plan.agencies,
        names=agency_names,
        proper=agency_name,
    ),
    Field(
        "source",
        phrase("the source it came from"),
        "source:7x24",
        ("来源",),
        phrase("the source it came from"),
        read=read_label,
        kind="source",
    ),
    Field(
        "tag",
        phrase("a tag of yours"),
        "tag:制造",
        ("标签",),
        phrase("a tag you gave"),
        read=read_label,
        several=True,
        kind="tag",
    ),
    Field(
        "note",
        phrase("words of a note of yours"),
        "note:重点",
        ("批注", "笔记"),
        phrase("words in what you wrote about it; * for any note"),
        read=read_note,
        term=NoteTerm,
        several=True,
    ),
    Field(
        "date",
        phrase("when it was published"),
        "date:today",
        ("日期", "发布"),
        phrase("also yesterday, week, month, 2026, 2026-10, 2026-09..2026-11"),
        read=read_date,
        term=Dates,
        words=DATE_WORDS,
        chinese_words=_DAY_WORDS,
        kind="month",
        in_order=True,
    ),
    Field(
        "due",
        phrase("when a goal or target of its plan ends"),
        "due:<=2027",
        ("到期", "期限"),
        phrase("a goal or target of its plan ends by then; also due:2027-06, due:2025..2030, due:* any"),
        read=read_due,
        term=Due,
        several=True,
        words=("<=", ">=", "2025..2030"),
    ),
    Field(
        "seen",
        phrase("when it came into your archive"),
        "seen:today",
        ("入档",),
        phrase("when it came into your archive, in the words of date:"),
        read=read_seen,
        term=Seen,
        words=("today", "week", "month"),
        chinese_words=_DAY_WORDS,
    ),
    Field(
        "changed",
        phrase("when its publisher edited it"),
        "changed:today",
        ("改动", "修改"),
        phrase("when its publisher last edited it, in the words of date:"),
        read=read_changed,
        term=Edited,
        words=("today", "week", "month"),
        chinese_words=_DAY_WORDS,
    ),
    Field(
        "is",
        phrase("what you or its publisher did with it"),
        "is:unread",
        ("状态", "是"),
        phrase("also read, starred, plan, changed, hidden"),
        read=read_state,
        term=Is,
        several=True,
        words=STATES,
        chinese_words=_STATE_WORDS,
    ),
    Field(
        "has",
        phrase("what its plan or the article has"),
        "has:targets",
        ("有", "含"),
        phrase("also goals, groups, plan, attachment, agency"),
        read=read_part,
        term=Has,
        several=True,
        words=PARTS,
        chinese_words=_PART_WORDS,
    ),
    Field(
        "groups",
        phrase("how many groups its plan has"),
        "groups:>=4",
        ("组数",),
        phrase("how many groups its plan has"),
        read=read_groups,
        term=Groups,
        several=True,
        words=(">=", "<="),
    ),
    Field(
        "number",
        phrase("the number of a document it is about"),
        "number:林改发〔2026〕",
        ("文号",),
        phrase("the number of a document it is about (文号), or a part of it"),
        read=read_label,
        several=True,
        kind="number",
        of_plan=lambda plan: [document.number for document in plan.documents if document.number],
        names=numbers_of,
    ),
    Field(
        "indicator",
        phrase("an indicator of a target, or a part of it"),
        "indicator:充电桩",
        ("指标",),
        phrase("an indicator of a target, or a part of it"),
        read=read_label,
        several=True,
        kind="indicator",
        in_part=True,
    ),
    Field(
        "value",
        phrase("the value of a target"),
        "value:>=1万亿元",
        ("数值",),
        phrase("by its amount, in the same unit; also value:50%, value:10%..20%"),
        read=read_value,
        term=Amount,
        several=True,
        words=(">=", "<="),
    ),
    Field(
        "unit",
        phrase("the unit of a target's value"),
        "unit:元",
        ("单位",),
        phrase("the unit of a target's value (元 finds 亿元 too)"),
        read=read_label,
        kind="unit",
    ),
    Field(
        "document",
        phrase("a document that it is about"),
        "document:冷链物流提升规划",
        ("文件",),
        phrase("its title, or a part of it, as in its drafts and notices"),
        read=read_label,
        several=True,
        kind="document",
    ),
    Field(
        "title",
        phrase("the title holds it"),
        "title:规划",
        ("标题",),
        phrase("the title holds it"),
        read=read_title,
        term=TitleTerm,
    ),
    Field(
        "order",
        phrase("the order of the list"),
        "order:rank",
        ("排序", "顺序"),
        phrase("the best hits first; also oldest, due, agency, targets; without it the newest first"),
        words=ORDERS,
        chinese_words=_ORDER_WORDS,
    ),
)
"""All fields, in the order of completion."""

_BY_NAME = {field.name: field for field in FIELDS}
_BY_CHINESE = {name: field for field in FIELDS for name in field.chinese}
_WORDS = Field("text", "", "", (), "", read=read_text, term=TextTerm, several=True)  # nobody can type `text:`
_BY_TERM = {field.term: field for field in (*FIELDS, _WORDS) if field.read and field.term is not LabelTerm}


def field_named(name: str) -> Field | None:
    """The field of this name, English in any letter case or Chinese, or None."""
    if name.isascii():
        return _BY_NAME.get(name.lower())
    return _BY_CHINESE.get(name) or _BY_CHINESE.get(folded_text(name))


def field_of(node: Node) -> str:
    """The name of a node's field: `text` for words, "" for `And`, `Or` and `Not`."""
    if isinstance(node, LabelTerm):
        return node.field
    field = _BY_TERM.get(type(node))
    return field.name if field else ""


def may_repeat(name: str) -> bool:
    """Whether a query may have several terms of the field."""
    return _BY_NAME.get(name, _WORDS).several


def folded_width(text: str) -> str:
    """The text in half width, each character for one. Half a surrogate pair, which SQLite refuses, becomes “?”."""
    return text.encode(errors="replace").decode().translate(_HALF_WIDTH)


def text_term(value: str, position: int) -> Term:
    """The term for words in title or text."""
    return _term_in(_WORDS, value, date.min, position)


def term_of(name: str, value: str, today: date, position: int) -> Term:
    """The term for `name:value`, or for words if the name is `text`. `position` is the position of the value."""
    return _term_in(_WORDS if name == "text" else known_field(name, position), value, today, position)


def known_field(name: str, position: int) -> Field:
    """The field of this name. Raises a QueryError that names all fields."""
    field = field_named(name)
    if field is None:
        raise QueryError(
            "no field is called “{given}”; there are {choices} (put quotes around words with a colon)",
            position=position,
            given=name,
            choices=", ".join(_BY_NAME),
        )
    return field


def _term_in(field: Field, value: str, today: date, position: int) -> Term:
    value = folded_width(value).strip()
    if not value:
        raise QueryError("expected a value", position=position)
    value = english_value(field, value)
    if field.read is None:
        raise QueryError("“order:” can be neither negated nor in parentheses", position=position)
    return field.read(field, value, today, position)


def order_of(value: str, position: int) -> OrderName:
    """The value of `order:`."""
    asked = english_value(_BY_NAME["order"], folded_width(value).strip())
    return cast("OrderName", choice_of(asked, ORDERS, position))


def english_value(field: Field, value: str) -> str:
    """The value of the filter language for a Chinese word of the field; every other value as it is."""
    return dict(field.chinese_words).get(value, value)


def chinese_value(field: Field, value: str) -> str:
    """The Chinese word for a value of the field; or the value itself."""
    return next((word for word, meant in field.chinese_words if meant == value), value)
