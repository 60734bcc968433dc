"""Elements that a selector finds in a page."""

import pytest

from feeds.parse.elements import elements_as_written, elements_of

PAGE = (
    '<ul class="list"><li><a href="/a.html" title="甲">甲</a> <span>1</span></li><li id=x>乙<li>丙</ul><p><a>丁</a></p>'
)


def test_elements_have_attributes_text_and_elements() -> None:
    first, second, third = elements_as_written(PAGE, ".list li")
    assert [element.text.strip() for element in (second, third)] == ["乙", "丙"]
    assert second.attributes == {"id": "x"}
    (link,) = first.elements("a[href]")
    assert dict(link.attributes) == {"href": "/a.html", "title": "甲"}
    assert [inner.text for inner in link.elements("a")] == ["甲"]
    assert second.elements("a") == []


@pytest.mark.parametrize("selector", ["", "li[", "(((", "a,,b", "li:nope", "\ud800", ">>"])
def test_a_wrong_selector_is_a_value_error(selector: str) -> None:
    for read in (elements_of, elements_as_written):
        with pytest.raises(ValueError, match=r"^"):
            read(PAGE, selector)


@pytest.mark.parametrize("unit", ["<div>", "<b><a href=x>", "<table><tr><td>", "<ul><li>", "<p><font>", "<svg><g>"])
def test_a_page_that_is_nested_too_deeply_is_refused(unit: str) -> None:
    with pytest.raises(ValueError, match="1001"):
        elements_as_written(unit * 300_000, "li")
    assert elements_as_written(unit * 400 + "<li>甲", "li")[-1].text == "甲"


def test_many_elements_beside_each_other_are_read() -> None:
    page = "<ul>" + "<li><img src=a><a href=x>甲</a><br>" * 3000 + "</ul>"
    assert len(elements_as_written(page, "li > a[href]")) == 3000


def test_a_page_of_many_elements_keeps_them_after_the_parser_is_gone() -> None:
    found = elements_of("".join(f"<p>{number}</p>" for number in range(2000)), "p")
    assert [element.text for element in found[::500]] == ["0", "500", "1000", "1500"]
