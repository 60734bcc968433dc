"""`zhengwen show ID --changes`: what each version of an article changed, as lines and as JSON."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec import structs

from feeds.archive import Archive
from feeds.model import Article, Block, Revision
from feeds.plan import plan_of
from tests.archive.conftest import NOON, small
from tui.cli import zhengwen

FIRST = "白石市政府印发《绿地建设规划》，提出到2028年，建成口袋公园120个，新增绿道300公里。"
TEXTS = (FIRST, FIRST.replace("120", "150"), FIRST.replace("120", "150") + "\x1b]0;x\x07由园林局解释。\u202e")


def edited(*, plans: bool) -> Article:
    article = structs.replace(small("绿地", TEXTS[2], title="白石市公布绿地规划"), seen=NOON)

    def past(number: int) -> Revision:
        blocks = (Block(TEXTS[number]),)
        plan = plan_of(structs.replace(article, blocks=blocks)) if plans else None
        title = "白石市发布绿地规划" if number == 0 else article.title
        return Revision(NOON + timedelta(hours=5 + number), title, blocks, plan)

    return structs.replace(article, plan=plan_of(article), earlier=(past(0), past(1)))


def shown(folder: Path, *words: str, plans: bool = True) -> str:
    article = edited(plans=plans)
    with Archive.open(folder / "archive", write=True) as archive:
        archive.store_many([article, small("别的")])
    result = CliRunner().invoke(zhengwen, ["--archive", str(folder / "archive"), "show", *words])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("plans", [True, False])
def test_the_lines(tmp_path: Path, *, plans: bool) -> None:
    output = shown(tmp_path, edited(plans=True).id, "--changes", plans=plans)
    assert "version 2 (2023-05-10 17:00) → version 3 of 3 (2023-05-10 18:00)" in output
    assert output.index("version 2 (") < output.index("version 1 (")
    assert "~  2028  口袋公园  120个 → 150个" in output
    assert "白石市[-发-]{+公+}布绿地规划" in output
    assert "由园林局解释。" in next(line for line in output.splitlines() if line.startswith("  +"))
    assert not {"\x1b", "\x07", "\u202e"} & set(output)


def test_the_object(tmp_path: Path) -> None:
    found = json.loads(shown(tmp_path, edited(plans=True).id, "--changes", "--json"))
    assert [(one["number"], one["title"]) for one in found["versions"]] == [
        (1, "白石市发布绿地规划"), (2, "白石市公布绿地规划"), (3, "白石市公布绿地规划"),
    ]  # fmt: skip
    latest, first = found["changes"]
    assert (latest["before"], latest["after"], first["before"], first["after"]) == (2, 3, 1, 2)
    assert [one["change"] for one in latest["text"]["pairings"]] == ["new", "new"]
    assert first["plan"]["counts"]["changed"] == 1
    assert latest["plan"]["pairings"] == []


@pytest.mark.parametrize("plans", [True, False])
def test_versions_are_compared_by_their_numbers(tmp_path: Path, *, plans: bool) -> None:
    name = edited(plans=True).id
    shown(tmp_path, name, plans=plans)

    def compared(*words: str) -> str:
        result = CliRunner().invoke(zhengwen, ["--archive", str(tmp_path / "archive"), "compare", *words])
        assert result.exit_code == 0, result.output
        return result.output

    for words in ((f"{name}@1", f"{name}@2"), (f"{name}@1", name), (f"{name[:9]}@1", f"{name}@3")):
        assert "~  2028  口袋公园  120个 → 150个" in compared(*words)
    assert "No difference." in compared(name)  # the last edit changed no plan
    assert "由园林局解释。" in compared(name, "--text")
    assert "150个 → 120个" in compared(name, f"{name}@1")


def test_an_article_without_an_earlier_version(tmp_path: Path) -> None:
    assert "No earlier version" in shown(tmp_path, small("别的").id, "--changes")


def test_the_whole_record_has_the_plan_of_each_version(tmp_path: Path) -> None:
    record = json.loads(shown(tmp_path, edited(plans=True).id, "--json"))
    assert [past["plan"]["targets"][0]["value"] for past in record["earlier"]] == ["120", "150"]
