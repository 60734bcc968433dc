from pathlib import Path

from feeds.archive import Archive
from feeds.poller.states import StateStore
from feeds.schedule import SourceState


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_is_written_at_most_once_a_second_and_at_the_end(tmp_path: Path) -> None:
    ticks = Ticks()
    with Archive.open(tmp_path, write=True) as archive:
        states = StateStore(archive, ticks)
        states.keep("one", SourceState(failures=1))
        states.keep("two", SourceState(failures=2))
        assert set(archive.load_state()) == {"one"}
        ticks.now = 1.5
        states.keep("three", SourceState(failures=3))
        assert set(archive.load_state()) == {"one", "two", "three"}
        states.keep("four", SourceState(failures=4))
        states.save()
        assert StateStore(archive, ticks).of("four") == SourceState(failures=4)


def test_important_states_are_written_at_once(tmp_path: Path) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        states = StateStore(archive, Ticks())
        states.keep("one", SourceState(failures=1))
        states.keep("one", SourceState(failures=2), at_once=True)
        assert StateStore(archive, Ticks()).of("one").failures == 2


def test_a_state_of_another_shape_is_replaced_by_an_empty_one_and_the_others_stay(tmp_path: Path) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        archive.save_state({"one": {"failures": "many"}, "two": SourceState(failures=2)})
        states = StateStore(archive, Ticks())
        assert states.of("one") == SourceState()
        assert states.of("two").failures == 2
