"""What a watch tells outside of the dashboard, made of texts that no sender should write."""

import json
import re

from hypothesis import given, settings
from msgspec.structs import replace

from feeds.archive.sqlite.watches import WatchMatch
from feeds.model import Plan
from feeds.watches.forms import telling_json
from feeds.watches.sending import message_of
from tests.archive.corpus import article
from tests.export.test_hostile_values import is_clean, texts
from tui.outside.notices import notification_sequence, title_sequence


@settings(max_examples=60, deadline=None)
@given(texts, texts)
def test_no_text_of_a_feed_controls_what_is_told(text: str, other: str) -> None:
    for title in (text, text * 2000):
        made = replace(
            article(1), title=title, url=text, origin=other, sources=(other,), plan=Plan(agencies=(text, other))
        )
        told = telling_json([[WatchMatch(other, made.id, "due 1", words=text)]], {made.id: made})
        told.encode(errors="replace")
        assert told.count("\n") == 1
        telling = json.loads(told)
        assert is_clean(told.rstrip("\n"))
        heading, body = message_of(telling)
        assert is_clean(heading)
        assert is_clean(body)
        assert body.count("\n") <= 1
        assert len(heading) + len(body) < 6000
        row = telling["articles"][0]
        for sequence in (
            title_sequence(3, other),
            notification_sequence(9, heading, row["title"]),
            notification_sequence(777, heading, row["title"]),
        ):
            inner = re.fullmatch(r"\x1b\](2|9|777;notify);(.*)\x07", sequence)
            assert inner
            assert is_clean(inner[2])
