"""The labelled posts of this repository: every label stands in its post, and the rules read them."""

import pytest

from feeds.plan import plan_of
from feeds.plan.why import why_lines
from tests.labelled.reader import LabelledGroup, LabelledPost, labelled_posts
from tests.labelled.score import score

POSTS = labelled_posts()


def strings_of(group: LabelledGroup) -> list[str]:
    inner = [text for item in group.items for one in item.groups for text in strings_of(one)]
    return [group.label, *(item.title for item in group.items), *inner]


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.name)
def test_every_label_stands_in_its_post(post: LabelledPost) -> None:
    text = "\n".join(post.article.paragraphs)
    labels = post.labels
    said = [text for group in labels.groups for text in strings_of(group)]
    said += [quote for _, quote in labels.goals]
    said += [target[name] for target in labels.targets for name in ("indicator", "value")]
    assert [string for string in said if string not in text] == []


def test_the_rules_read_the_labelled_posts() -> None:
    reached = score([(plan_of(post.article), post.labels) for post in POSTS])
    least = {"nodes": 0.95, "groups": 0.92, "targets": 0.95, "goals": 0.93, "documents": 0.97, "issuers": 0.95}
    assert {name: reached[name] for name, value in least.items() if reached[name] < value} == {}
    assert reached["noise"] <= 0.15


def test_why_names_the_genre_and_a_reason_for_every_sentence() -> None:
    for post in POSTS[:8]:
        lines = list(why_lines(post.article))
        assert lines[0].startswith("genre: ")
        heads = [i for i, line in enumerate(lines) if line.startswith("[")]
        assert len(heads) == sum(1 for line in lines if line.startswith("["))
        assert all(lines[i + 1].startswith("    ") for i in heads)
