"""The layout of list, text and plan in a window of any size. Pure.

Wide windows show list, text and plan side by side. From 80 columns on the list stands over the text, and the plan
beside the text when the reader wants it. Smaller windows show one pane at a time. A zoomed pane has the whole window.
"""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from textual.geometry import Size, clamp

Shape = Literal["wide", "stacked", "one"]
Pane = Literal["list", "reader", "plan"]
PANES: tuple[Pane, ...] = ("list", "reader", "plan")
STEP = 4  # percent that the list grows or shrinks by
ROOMY = 44  # lines of window from which list and text both have room enough


class ListShare(Struct, frozen=True):
    """The list's part of the window in percent, and its bounds."""

    least: int
    share: int
    most: int

    def with_step(self, step: int) -> "ListShare":
        """The share after one step, inside its bounds."""
        return self.with_share(self.share + step)

    def with_share(self, share: int) -> "ListShare":
        """This share, inside its bounds."""
        return replace(self, share=clamp(share, self.least, self.most))


WIDE_SHARE = ListShare(24, 40, 60)
STACKED_SHARE = ListShare(20, 42, 75)


def shape_of(size: Size) -> Shape:
    """The shape of the layout in a window of this size."""
    if size.width >= 140 and size.height >= 10:
        return "wide"
    return "stacked" if size.width >= 80 and size.height >= 20 else "one"


class PaneLayout(Struct, frozen=True):
    """Which panes are in view, and which of them has the keys (`pane`).

    The reader shows or hides the plan with `plan_wish`. Until then it is shown where three panes have room.
    """

    shape: Shape = "wide"
    pane: Pane = "list"
    zoomed: bool = False
    plan_wish: bool | None = None
    wide: ListShare = WIDE_SHARE
    stacked: ListShare = STACKED_SHARE

    @property
    def plan_shown(self) -> bool:
        """Whether the plan has a place in the window."""
        if self.shape == "one":
            return True
        return self.shape == "wide" if self.plan_wish is None else self.plan_wish

    @property
    def alone(self) -> bool:
        """Whether one pane has the window to itself."""
        return self.zoomed or self.shape == "one"

    def shows(self, pane: Pane) -> bool:
        """Whether a pane is in view."""
        return pane == self.pane if self.alone else pane != "plan" or self.plan_shown

    @property
    def classes(self) -> set[str]:
        """The classes of the main screen by which its styles know shape and zoom, and the pane that stands alone."""
        names = {"-alone", f"-on-{self.pane}"} if self.alone else {f"-{self.shape}"}
        return names | {"-with-plan"} if self.plan_shown else names

    def list_size(self, height: int) -> tuple[str, str]:
        """The list's width and height for its styles, in a window of `height` lines; "" leaves it to the styles."""
        if self.alone:
            return "", ""
        if self.shape == "wide":
            return f"{self.wide.share}%", ""
        share = self.stacked.share
        if self.pane != "list" and height < ROOMY:
            share = max(share // 2, self.stacked.least)  # the text gets the room while the reader is in it
        return "", f"{share}%"

    def neighbour(self, step: int, *, around: bool = False) -> Pane:
        """The pane that is `step` panes further. With `around` the first pane follows the last."""
        order = [pane for pane in PANES if pane != "plan" or self.plan_shown]
        place = order.index(self.pane) + step if self.pane in order else 0
        return order[place % len(order) if around else clamp(place, 0, len(order) - 1)]

    def with_step(self, step: int) -> "PaneLayout":
        """The layout with more or less room for the list. It does not change if one pane stands alone."""
        if self.alone:
            return self
        if self.shape == "wide":
            return replace(self, wide=self.wide.with_step(step))
        return replace(self, stacked=self.stacked.with_step(step))
