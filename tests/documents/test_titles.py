"""A title is known again under every dress that articles give it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.documents import title_key

BARE = (
    "油茶产业提质行动方案",
    "关于做好秋粮收储工作的意见",
    "“十五五”渡口改造规划",
    "内河航标管理办法",
    "关于规范充电价格的若干措施",
)
bare = st.sampled_from(BARE)


@given(
    bare,
    st.sampled_from(
        (
            "",
            "（征求意见稿）",
            "(征求意见稿)",
            "（草案）",
            "（修订）",
            "（修订草案）",
            "（公开征求意见稿）",
            "（送审稿）",
        )
    ),
    st.sampled_from(("", "（2026—2030年）", "（2026-2030）", "（2026年）", "(2026年版)")),
    st.sampled_from(("{}", "《{}》", " {} ", "“{}”")),
)
def test_marks_of_state_years_and_quotes_make_no_other_title(title: str, stage: str, years: str, form: str) -> None:
    key = title_key(form.format(title + years + stage))
    assert key.key == title_key(title).key
    assert bool(key.stage) is bool(stage)
    assert key.years == (() if not years else ("2026", "2030") if "2030" in years else ("2026",))


@given(bare)
def test_a_notice_that_issues_it_and_who_issues_it_make_no_other_title(title: str) -> None:
    own = title_key(title)
    assert title_key(f"国务院办公厅关于印发《{title}》的通知").key == own.key
    assert title_key(f"关于印发{title}的通知").key == own.key
    if title.startswith("关于"):
        assert title_key(f"交通运输部{title}").key == own.key
        assert title_key(f"交通运输部 公安部等五部门{title}").key == own.key


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("内河航标管理办法", "内河航标管理条例"),
        ("“十四五”渡口改造规划", "“十五五”渡口改造规划"),
        ("安徽省渡口改造方案", "江西省渡口改造方案"),
        ("渡口改造方案（续建部分）", "渡口改造方案"),
        ("2026年渡口工作要点", "2027年渡口工作要点"),
    ],
)
def test_other_documents_keep_other_keys(title: str, other: str) -> None:
    assert title_key(title).key != title_key(other).key


@given(st.text(max_size=40))
def test_any_text_has_a_key(text: str) -> None:
    key = title_key(text)
    assert title_key(key.key).key == title_key(title_key(key.key).key).key
    assert key.key or not text.strip()
