"""The scope of a date: the deadlines that hold for the clauses that follow, and how far they may reach."""

from typing import NamedTuple

from feeds.plan.rule import LIKELY, OUTRIGHT

_EPOCH = 4


class Scope(NamedTuple):
    """A date that governs the clauses that follow: its deadlines, whether it was set at a head, whether it is a period.

    `lasting`: it may reach into the next sentence (到2025年 does, 6月底前 does not). `holds`: into the next clause.
    `announced`: a sentence of its own said that aims follow (会议明确了明年的主要目标。).
    `loose`: the date only names its time (今年, “十五五”时期).
    `figures_only`: in the paragraphs under 今年做好八项工作： only what has a figure is an aim.
    `headed`: a heading set it, for all that stands under the heading. `wide`: any figure of the works under it counts.
    `rule`: the name of the rule that set it, which is only noted.
    """

    deadlines: tuple[str, ...]
    firm: bool
    period: bool = False
    lasting: bool = True
    holds: bool = True
    figures_only: bool = False
    announced: bool = False
    loose: bool = False
    headed: bool = False
    wide: bool = False
    rule: str = ""

    def governs_like(self, other: "Scope") -> bool:
        """Whether both govern alike, whatever set them: the last three fields (`headed`, `wide`, `rule`) may differ."""
        return self[:-3] == other[:-3]

    @property
    def confidence(self) -> float:
        """How sure a goal under it is."""
        return OUTRIGHT if self.firm else LIKELY

    @property
    def years(self) -> bool:
        """A period of years (“十五五”时期, 2022—2024年)."""
        last = self.deadlines[-1]
        return "/" in last and "-" not in last

    @property
    def epoch(self) -> bool:
        """A period of five years or more (“十五五”时期, 未来十年), within which one work follows another."""
        first, _, last = self.deadlines[-1].partition("/")
        return self.years and int(last) - int(first) >= _EPOCH

    @property
    def yearly(self) -> bool:
        """今年 and the like, where it may reach into the next sentence."""
        return self.lasting and self.loose and not self.monthly and not self.years

    @property
    def monthly(self) -> bool:
        """A month or a day, by which one thing is done."""
        return "-" in self.deadlines[-1]
