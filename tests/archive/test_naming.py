"""Any mixture of shared, absent and own names in one answer: as many articles as items, and the same ones again."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from feeds.archive import Archive
from feeds.assembly import article_of
from feeds.identity import canonical_url, exact_url, keys_of, name_entries
from feeds.model import Block, Entry, Reading
from feeds.poller.matching import matches_of

WHEN = datetime(2026, 1, 12, 4, 30, tzinfo=UTC)
HOST = "https://www.example.cn"
LINKS = ["", HOST, *(f"{HOST}/a/7.html{tail}" for tail in ("", "#1", "#2", "?from=1", "?from=2", "?r=3", "?_=4&id=1"))]
GUIDS = ["", "N/A", "7", "港口", f"{HOST}/?p=7", f"http{HOST[5:]}/?p=7", f"{HOST}/a/7.html", "tag:example.cn,2026:7"]
TITLES = ["港口收费目录公布", "港口收费目录第2号", "粮食收储办法施行", ""]

ITEMS = st.lists(
    st.builds(
        Entry,
        source=st.just("甲"),
        url=st.sampled_from(LINKS),
        guid=st.sampled_from([*GUIDS, *(f"urn:{number}" for number in range(9))]),
        title=st.sampled_from(TITLES),
        published=st.sampled_from([None, WHEN, WHEN + timedelta(hours=1)]),
        body=st.sampled_from([None, "<p>目录共三十项。</p>", "<p>办法自三月起施行，收储库点由各县公布。</p>"]),
        summary=st.sampled_from(["", "目录共三十项"]),
    ),
    max_size=12,
)


def said(entry: Entry) -> tuple[object, ...]:
    """All that tells items of one answer apart; a tracking parameter does not, where everything else is said too."""
    text = entry.body or entry.summary
    url = canonical_url(entry.url) if text and entry.published else exact_url(entry.url)
    return url, entry.guid, entry.title, entry.published, text


def stored(archive: Archive, entries: Sequence[Entry]) -> list[str]:
    """The ids of the articles that become of entries, in their order."""
    matches = matches_of(entries, entries, archive)
    made = [
        article_of(match.entry, Reading(blocks=(Block(match.entry.body or f"{match.entry.summary}。"),)), WHEN)
        for match in matches
    ]
    return [kept.id for kept in archive.store_many(made)]


@given(ITEMS)
def test_no_two_entries_of_an_answer_share_a_key(items: list[Entry]) -> None:
    entries = name_entries(items).entries
    assert len(entries) == len({said(entry) for entry in items})
    keys = [key for entry in entries for key in keys_of(entry)]
    assert all(keys_of(entry) for entry in entries)
    assert len(keys) == len({*keys})


def test_an_item_that_stands_twice_is_named_by_its_plainest_address() -> None:
    body = "<p>办法自三月起施行，收储库点由各县公布。</p>"
    for tails in (["", "#1"], ["?from=1", "#1"], ["?r=3", "", "?from=2"]):
        items = [
            Entry(source="甲", url=f"{HOST}/a/7.html{tail}", guid="7", title=TITLES[2], published=WHEN, body=body)
            for tail in tails
        ]
        (one,), (other,) = name_entries(items).entries, name_entries(reversed(items)).entries
        assert keys_of(one) == keys_of(other)
        assert one.url == min((item.url for item in items), key=len)


@given(ITEMS, st.randoms(use_true_random=False))
def test_names_do_not_depend_on_the_order(items: list[Entry], order: "object") -> None:
    shuffled = list(items)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert {keys_of(entry) for entry in name_entries(items).entries} == {
        keys_of(entry) for entry in name_entries(shuffled).entries
    }
    assert name_entries(name_entries(items).entries).entries == name_entries(items).entries


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ITEMS, st.integers(0, 12))
def test_as_many_articles_as_items_and_the_same_ones_when_asked_again(
    tmp_path_factory: pytest.TempPathFactory, items: list[Entry], cut: int
) -> None:
    naming = name_entries(items)
    with Archive.open(tmp_path_factory.mktemp("a"), write=True) as archive:
        first = stored(archive, naming.entries)
        assert len({*first}) == len(naming.entries)
        assert stored(archive, naming.entries) == first
        fewer = name_entries(naming.entries[:cut], naming.shared).entries
        assert stored(archive, [structs.replace(entry, summary=entry.summary) for entry in fewer]) == first[:cut]
        assert len(set(archive.listing().ids())) <= len(first)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ITEMS)
def test_what_comes_piece_by_piece_ends_as_the_same_articles(
    tmp_path_factory: pytest.TempPathFactory, items: list[Entry]
) -> None:
    with Archive.open(tmp_path_factory.mktemp("a"), write=True) as archive:
        for end in range(1, len(items)):
            stored(archive, name_entries(items[:end]).entries)
        whole = name_entries(items).entries
        last = stored(archive, whole)
        assert len({*last}) == len(whole)
        assert stored(archive, whole) == last
