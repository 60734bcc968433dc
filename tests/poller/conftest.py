from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from tests.poller.bench import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True):
        yield
