from pathlib import Path

from feeds.archive import Archive
from feeds.poller.memory import Memory
from feeds.schedule import SourceState


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_is_written_at_most_once_a_second_and_at_the_end(tmp_path: Path) -> None:
    ticks = Ticks()
    with Archive.open(tmp_path, write=True) as archive:
        memory = Memory(archive, ticks)
        memory.keep("one", SourceState(failures=1))
        memory.keep("two", SourceState(failures=2))
        assert set(archive.load_state()) == {"one"}
        ticks.now = 1.5
        memory.keep("three", SourceState(failures=3))
        assert set(archive.load_state()) == {"one", "two", "three"}
        memory.keep("four", SourceState(failures=4))
        memory.save()
        assert Memory(archive, ticks).of("four") == SourceState(failures=4)


def test_what_must_not_be_lost_is_written_at_once(tmp_path: Path) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        memory = Memory(archive, Ticks())
        memory.keep("one", SourceState(failures=1))
        memory.keep("one", SourceState(failures=2), at_once=True)
        assert Memory(archive, Ticks()).of("one").failures == 2


def test_a_state_of_another_shape_is_begun_anew_and_the_others_stay(tmp_path: Path) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        archive.save_state({"one": {"failures": "many"}, "two": SourceState(failures=2)})
        memory = Memory(archive, Ticks())
        assert memory.of("one") == SourceState()
        assert memory.of("two").failures == 2
