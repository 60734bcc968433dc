"""A comparison as JSON: both sides with their places, and what differs."""

import json

from feeds.compare import compare, compare_texts
from feeds.export.comparisons import comparison_json
from tests.compare.conftest import demo_articles


def test_each_part_stands_where_its_span_says() -> None:
    draft, final = (demo_articles()[f"ministries/charging-{name}"] for name in ("draft", "final"))
    for found in (compare(draft.plan, final.plan), compare_texts(draft.paragraphs, final.paragraphs)):
        told = comparison_json(draft, final, found)
        assert json.loads(json.dumps(told)) == told
        assert told["counts"] == found.counts
        assert (told["before"]["title"], told["after"]["title"]) == (draft.title, final.title)
        for pairing in told["pairings"]:
            for side, article in (("before", draft), ("after", final)):
                part = pairing[side]
                if part and pairing["kind"] in ("item", "goal", "clause"):
                    span = part["span"]
                    said = article.paragraphs[span["p"]][span["start"] : span["end"]]
                    assert (part.get("title") or part.get("text")) in said
            assert {(field["before"], field["after"]) for field in pairing["fields"]} == {
                tuple("".join(run[side] for run in field["wording"]) for side in ("before", "after"))
                for field in pairing["fields"]
            }


def test_a_figure_that_changed_tells_both_values() -> None:
    draft, final = (demo_articles()[f"ministries/charging-{name}"] for name in ("draft", "final"))
    told = comparison_json(draft, final, compare(draft.plan, final.plan))
    values = [
        (field["before"], field["after"])
        for pairing in told["pairings"]
        if pairing["kind"] == "target"
        for field in pairing["fields"]
        if field["name"] == "value"
    ]
    assert values == [("95%", "98%"), ("8000座", "1万座"), ("50万个", "60万个")]
