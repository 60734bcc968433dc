"""The stories and flashes that are published, and those that come next.

Everything depends only on the samples, `start` and `seed`; the clock is passed in. This module has no HTTP: the server
takes stories and flashes from it, and tells it when to publish.
"""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from feeds.demo import generated
from feeds.demo.markup import Paragraph, fill_dates, paragraphs_of
from feeds.demo.samples import FlashSample, Sample, comos_of, flash_samples, samples, time_of
from feeds.model import BEIJING

# After hours, published stories must not fill the memory, so the oldest are dropped.
KEPT = 2000
_FIRST_FLASH = 4_200_000
_PATHS = {
    "finance": "/china/{day}/doc-i{comos}.shtml",
    "news": "/c/{day}/doc-i{comos}.shtml",
    "classic": "/t/{day}/doc-i{comos}.shtml",
    "mobile": "/sa/{day}/detail-i{comos}.d.html",
}


class Story(Struct, frozen=True, kw_only=True):
    """A sample that is published. `revision` counts its changes; `updated` is the time of the last change."""

    sample: Sample
    published: datetime
    updated: datetime
    revision: int = 0

    @property
    def comos(self) -> str:
        """The id in its address and rows."""
        return self.sample.comos

    @property
    def title(self) -> str:
        """The title in this revision."""
        return fill_dates(self.sample.title, self.published, self.revision)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The text in this revision."""
        return paragraphs_of(fill_dates(self.sample.body, self.published, self.revision))

    @property
    def summary(self) -> str:
        """The summary for lists: that of the header, or the beginning of the first paragraph."""
        if self.sample.intro:
            return fill_dates(self.sample.intro, self.published, self.revision)
        first = next((para.plain for para in self.paragraphs if para.kind == "text"), "")
        return first if len(first) <= 90 else first[:88] + "……"

    @property
    def path(self) -> str:
        """The path of its page on the server."""
        return _PATHS[self.sample.layout].format(day=f"{self.published.astimezone(BEIJING):%Y-%m-%d}", comos=self.comos)

    @property
    def mobile_path(self) -> str:
        """The path of its page for mobile phones."""
        return _PATHS["mobile"].format(day=f"{self.published.astimezone(BEIJING):%Y-%m-%d}", comos=self.comos)


class Flash(Struct, frozen=True, kw_only=True):
    """An item of the 7x24 feed that is published."""

    id: int
    text: str
    published: datetime
    tags: tuple[int, ...] = ()
    focus: bool = False

    @property
    def comos(self) -> str:
        """The id of its page."""
        return comos_of(f"flash/{self.id}")

    @property
    def path(self) -> str:
        """The path of its page. About one in a hundred has none; then the docurl of its row is empty."""
        if self.id % 100 == 99:
            return ""
        return f"/7x24/{self.published.astimezone(BEIJING):%Y-%m-%d}/detail-i{self.comos}.d.html"


class Publisher:
    """The stories and flashes that are published, and a pool of those that come later."""

    def __init__(self, *, start: datetime, seed: int, now: Callable[[], datetime]) -> None:
        self._random = random.Random(seed)  # noqa: S311 -- the same seed must give the same day
        self._now = now
        self._generated = 0
        self._arrivals = 0
        backlog = [self._publish_earlier(sample, start) for sample in samples() if not sample.is_held_back]
        self._stories = {
            story.comos: story
            for story in sorted(backlog, key=lambda story: story.published)
            if story.published < start
        }
        self._pool = [sample for sample in samples() if sample.is_held_back]
        self._random.shuffle(self._pool)
        lines = sorted(flash_samples(), key=lambda line: time_of(line.when, start) if line.when != "new" else start)
        self._flash_pool = [line for line in lines if line.when == "new"]
        self._flashes: list[Flash] = []
        for line in lines:
            if line.when != "new":
                self._add_flash(line, time_of(line.when, start))
        self.changed = max(story.updated for story in self._stories.values())

    def stories(self, channel: str = "") -> list[Story]:
        """The stories of a channel (a lid), newest first; of all channels for ""."""
        found = [story for story in self._stories.values() if not channel or channel in story.sample.channels]
        return sorted(found, key=lambda story: story.published, reverse=True)

    def story(self, comos: str) -> Story | None:
        """The story with this id."""
        return self._stories.get(comos)

    def flashes(self) -> list[Flash]:
        """All flashes, newest first."""
        return self._flashes[::-1]

    def flash(self, comos: str) -> Flash | None:
        """The flash whose page has this id."""
        return next((flash for flash in self._flashes if flash.comos == comos), None)

    def publish_next(self) -> Story:
        """Publish one more story: from the pool, or from a template if the pool is empty."""
        if self._pool:
            sample = self._pool.pop(0)
        else:
            self._generated += 1
            sample = generated.generate_sample(self._generated, self._random)
        moment = self._moment()
        story = Story(sample=sample, published=moment, updated=moment)
        self._stories[story.comos] = story
        self._drop_oldest(self._stories)
        return story

    def publish_flash(self) -> Flash:
        """Publish one more flash."""
        line = self._flash_pool.pop(0) if self._flash_pool else generated.generate_flash(self._random)
        return self._add_flash(line, self._moment())

    def reissue(self) -> Story | None:
        """Change the newest story that can still change; None if no text can change."""
        for story in self.stories():
            if story.revision == 0 and "{{" in story.sample.body:
                changed = replace(story, revision=1, updated=self._moment())
                self._stories[story.comos] = changed
                return changed
        return None

    def publish_due(self) -> Iterator[Story | Flash]:
        """Publish a story; at every second call also a flash; at the second of five also a changed story."""
        self._arrivals += 1
        yield self.publish_next()
        if self._arrivals % 2 == 0:
            yield self.publish_flash()
        if self._arrivals % 5 == 2 and (changed := self.reissue()):
            yield changed

    def _publish_earlier(self, sample: Sample, start: datetime) -> Story:
        jitter = timedelta(minutes=self._random.randrange(18), seconds=self._random.randrange(60))
        published = time_of(sample.when, start, jitter)
        return Story(sample=sample, published=published, updated=published)

    def _add_flash(self, line: FlashSample, published: datetime) -> Flash:
        number = self._flashes[-1].id + 1 if self._flashes else _FIRST_FLASH
        flash = Flash(
            id=number, text=fill_dates(line.text, published), published=published, tags=line.tags, focus=line.focus
        )
        self._flashes.append(flash)
        del self._flashes[:-KEPT]
        return flash

    def _moment(self) -> datetime:
        # Two stories in one second need an order, and no time may be earlier than the last one.
        self.changed = max(self._now().replace(microsecond=0), self.changed + timedelta(seconds=1))
        return self.changed

    @staticmethod
    def _drop_oldest(stories: dict[str, Story]) -> None:
        while len(stories) > KEPT:
            del stories[next(iter(stories))]
