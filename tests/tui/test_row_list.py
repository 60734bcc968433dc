"""Rows that are too long for the window go on in the next lines, and none of their words is lost."""

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from tui.text import cells
from tui.widgets.menus.row_list import lines_of_row

WORDS = st.lists(st.text("甲乙abc–…，12", min_size=1, max_size=9), min_size=1, max_size=12)


@given(WORDS, st.integers(6, 60), st.integers(0, 14))
def test_a_long_row_keeps_all_its_words_in_lines_that_fit(words: list[str], width: int, hang: int) -> None:
    row = Content(" ".join(words))
    lines = [line.plain for line in lines_of_row(row, width, hang)]
    assert "".join("".join(lines).split()) == "".join("".join(words).split())
    if hang:
        assert all(cells(line) <= width for line in lines)
    else:
        assert lines == [row.plain]


def test_lines_after_the_first_stand_below_the_words_behind_the_keys() -> None:
    row = Content("m     标为已读，或改回未读")
    assert [line.plain for line in lines_of_row(row, 20, 6)] == ["m     标为已读，或改", "      回未读"]
    assert [line.plain for line in lines_of_row(Content("移动不算已读；打开才算。"), 12, 6)] == [
        "移动不算已",
        "  读；打开才",
        "  算。",
    ]
