"""What has been published by now, and what comes next.

Everything follows from the samples, `start` and `seed`; the clock is passed in. The newsroom knows no HTTP: the server
asks it for stories and flashes and tells it when something is to arrive.
"""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from feeds.demo import wire
from feeds.demo.markup import Para, dated, paragraphs_of
from feeds.demo.samples import FlashSample, Sample, comos_of, flash_samples, samples, time_of
from feeds.model import BEIJING

# Hours of arrivals must not fill the memory: older generated pieces leave the listing.
KEPT = 2000
_FIRST_FLASH = 4_200_000
_PATHS = {
    "finance": "/china/{day}/doc-i{comos}.shtml",
    "news": "/c/{day}/doc-i{comos}.shtml",
    "classic": "/t/{day}/doc-i{comos}.shtml",
    "mobile": "/sa/{day}/detail-i{comos}.d.html",
}


class Story(Struct, frozen=True, kw_only=True):
    """A sample as published. `revision` counts its re-issues; `updated` is the time of the last one."""

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
        """The headline as of this revision."""
        return dated(self.sample.title, self.published, self.revision)

    @property
    def paragraphs(self) -> tuple[Para, ...]:
        """The text as of this revision."""
        return paragraphs_of(dated(self.sample.body, self.published, self.revision))

    @property
    def summary(self) -> str:
        """The first lines, as rows carry them: the header's own, else the start of the first paragraph."""
        if self.sample.intro:
            return dated(self.sample.intro, self.published, self.revision)
        first = next((para.plain for para in self.paragraphs if para.kind == "text"), "")
        return first if len(first) <= 90 else first[:88] + "……"

    @property
    def path(self) -> str:
        """Where its page stands on the server."""
        return _PATHS[self.sample.dress].format(day=f"{self.published.astimezone(BEIJING):%Y-%m-%d}", comos=self.comos)

    @property
    def mobile_path(self) -> str:
        """Where its page for telephones stands."""
        return _PATHS["mobile"].format(day=f"{self.published.astimezone(BEIJING):%Y-%m-%d}", comos=self.comos)


class Flash(Struct, frozen=True, kw_only=True):
    """A line of the 7x24 wire as published."""

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
        """Where its page stands; about one in a hundred has none, and the wire's row says so with an empty docurl."""
        if self.id % 100 == 99:
            return ""
        return f"/7x24/{self.published.astimezone(BEIJING):%Y-%m-%d}/detail-i{self.comos}.d.html"


class Newsroom:
    """The stories and flashes published so far, and the pool of those held back."""

    def __init__(self, *, start: datetime, seed: int, now: Callable[[], datetime]) -> None:
        self._random = random.Random(seed)  # noqa: S311 -- the same seed must give the same day
        self._now = now
        self._generated = 0
        self._arrivals = 0
        backlog = [self._backdated(sample, start) for sample in samples() if not sample.held_back]
        self._stories = {
            story.comos: story
            for story in sorted(backlog, key=lambda story: story.published)
            if story.published < start
        }
        self._pool = [sample for sample in samples() if sample.held_back]
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
        """The story with that id."""
        return self._stories.get(comos)

    def flashes(self) -> list[Flash]:
        """The wire, newest first."""
        return self._flashes[::-1]

    def flash(self, comos: str) -> Flash | None:
        """The line of the wire whose page has that id."""
        return next((flash for flash in self._flashes if flash.comos == comos), None)

    def publish_next(self) -> Story:
        """One more story, now: from the pool, or made by template when that is empty."""
        if self._pool:
            sample = self._pool.pop(0)
        else:
            self._generated += 1
            sample = wire.piece_of(self._generated, self._random)
        moment = self._moment()
        story = Story(sample=sample, published=moment, updated=moment)
        self._stories[story.comos] = story
        self._forget(self._stories)
        return story

    def publish_flash(self) -> Flash:
        """One more line on the wire, now."""
        line = self._flash_pool.pop(0) if self._flash_pool else wire.flash_of(self._random)
        return self._add_flash(line, self._moment())

    def reissue(self) -> Story | None:
        """The newest story whose text can still change, changed; None when there is none."""
        for story in self.stories():
            if story.revision == 0 and "{{" in story.sample.body:
                changed = replace(story, revision=1, updated=self._moment())
                self._stories[story.comos] = changed
                return changed
        return None

    def arrive(self) -> Iterator[Story | Flash]:
        """What one turn of the clock brings: a story; every second turn a flash; every fifth a changed text."""
        self._arrivals += 1
        yield self.publish_next()
        if self._arrivals % 2 == 0:
            yield self.publish_flash()
        if self._arrivals % 5 == 0 and (changed := self.reissue()):
            yield changed

    def _backdated(self, sample: Sample, start: datetime) -> Story:
        jitter = timedelta(minutes=self._random.randrange(18), seconds=self._random.randrange(60))
        published = time_of(sample.when, start, jitter)
        return Story(sample=sample, published=published, updated=published)

    def _add_flash(self, line: FlashSample, published: datetime) -> Flash:
        number = self._flashes[-1].id + 1 if self._flashes else _FIRST_FLASH
        flash = Flash(
            id=number, text=dated(line.text, published), published=published, tags=line.tags, focus=line.focus
        )
        self._flashes.append(flash)
        del self._flashes[:-KEPT]
        return flash

    def _moment(self) -> datetime:
        # Two arrivals in one second must still have an order, and a time may not run backwards.
        self.changed = max(self._now().replace(microsecond=0), self.changed + timedelta(seconds=1))
        return self.changed

    @staticmethod
    def _forget(stories: dict[str, Story]) -> None:
        while len(stories) > KEPT:
            del stories[next(iter(stories))]
