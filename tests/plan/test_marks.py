"""Every bullet and ordinal that feeds.marks names heads an item."""

from collections.abc import Callable

import pytest

from feeds.marks import BULLETS, CIRCLED, DIGITS
from feeds.model import Plan

Planned = Callable[..., Plan]
ISSUED = "商务部近日印发《集市规划》（以下简称《规划》）。"


@pytest.mark.parametrize("bullet", BULLETS)
def test_a_bullet_heads_an_item(plan: Planned, bullet: str) -> None:
    lines = [f"{bullet}{name}行动。完善设施，加强管理。" for name in ("修路", "建棚", "供水")]
    (group,) = plan(ISSUED, "《规划》提出三大行动。", *lines).groups
    assert [item.title for item in group.items] == ["修路行动", "建棚行动", "供水行动"]


@pytest.mark.parametrize("marks", [CIRCLED[:3], [f"{digit}是" for digit in DIGITS[:3]]])
def test_an_ordinal_heads_an_item(plan: Planned, marks: list[str]) -> None:
    said = "；".join(f"{mark}{name}" for mark, name in zip(marks, ("修路", "建棚", "供水"), strict=True))
    (group,) = plan(ISSUED, f"《规划》提出三项任务：{said}。").groups
    assert [item.title for item in group.items] == ["修路", "建棚", "供水"]
