"""Each field of the filter language is complete, and the documentation is made from it."""

from datetime import date

import pytest

from feeds.errors import QueryError
from feeds.query import FIELDS, Field, parse
from feeds.query.completion import completions
from tests.field_table import PAGES, page

TODAY = date(2025, 5, 6)
CONDITIONS = [field for field in FIELDS if field.read]


@pytest.mark.parametrize("field", FIELDS, ids=[field.name for field in FIELDS])
def test_a_field_has_a_hint_and_a_help(field: Field) -> None:
    assert field.hint
    assert field.help
    assert parse(field.example, TODAY).terms() == parse(str(parse(field.example, TODAY)), TODAY).terms()
    assert field.example.startswith(f"{field.name}:")


@pytest.mark.parametrize("field", CONDITIONS, ids=[field.name for field in CONDITIONS])
def test_a_fields_term_is_of_its_type_and_is_taken_out_by_its_name(field: Field) -> None:
    query = parse(f"水资源 {field.example}", TODAY)
    assert isinstance(query.root.nodes[1], field.term)
    assert query.without(field.name).terms() == ("水资源",)
    assert len(parse(field.example, TODAY).with_term("text", "水资源").terms()) == 2


@pytest.mark.parametrize("field", [field for field in FIELDS if field.kind], ids=lambda field: field.name)
def test_a_field_of_labels_offers_those_of_the_archive(field: Field) -> None:
    typed = f"{field.name}:"
    offered = completions(typed, len(typed), lambda name: [("某标签", 3)] if name == field.name else [])
    assert [(one.text, one.total) for one in offered][-1] == ("某标签", 3)


@pytest.mark.parametrize("name", ["text", "nothing", "at", "Text"])
def test_an_unknown_field_is_refused_at_its_position(name: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(f"甲 {name}:乙", TODAY)
    assert caught.value.position == 2
    assert "no field is called" in caught.value.fault.template


def test_the_documentation_has_the_table_of_the_fields() -> None:
    for path in PAGES:
        assert path.read_text("utf-8") == page(path), "run python -m tests.field_table"
