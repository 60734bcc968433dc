"""The filter language: one for the filter bar, `zhengwen list` and saved views. Pure; today is passed in.

    cat:部委动态  cat:金融/新浪财经     any level of a category's path, or a path
    agency:工信部  source:国内滚动      the body that issues or speaks, by any of its names; the feed
    date:2026-10-08 | 2026-10 | 2026 | 2026-09..2026-11 | ..2026 | today | yesterday | week | month
    due:<=2027  due:2025..2030         a goal or target of its plan ends then; 2025 ends on its last day
    tag:制造                           a tag of the reader
    is:unread | read | starred | plan       star is short for is:starred
    has:targets | goals | groups | plan | attachment     groups:>=4 counts the plan's groups
    title:数字  数字经济  "水利部 国家"  a text in the title; in title or text, as an exact substring
    -楼市  制造 方案  规划 or 方案      not; both; either, also as (规划 or 方案)
    order:rank | date                   the best of the newest articles first; the newest first

Every field has Chinese names too (机构：工信部 到期：2025 有：指标), and its fixed values Chinese words (日期：本周).
Full-width punctuation is read as half-width. Quotation marks inside a word are text. Put quotes around words that
would be read as a field; double a quote inside quotes.
`str(query)` is the one spelling; `parse` gives the same query for it.
"""

from feeds.errors import QueryError
from feeds.query.fields import FIELDS, FacetKind, Field, chinese_value, field_named
from feeds.query.query import Query, parse

__all__ = ["FIELDS", "FacetKind", "Field", "Query", "QueryError", "chinese_value", "field_named", "parse"]
