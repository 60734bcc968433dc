"""The ground behind panes: a container that shows nothing but its border.

Textual draws every line of a container though others lie over it; here two are drawn for all.
"""

from textual.containers import Container
from textual.geometry import Region
from textual.strip import Strip


class Ground(Container):
    """A container whose lines are alike, but for the border over the first."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The first line asked for, and the second as often as there are more."""
        x, y, width, height = crop
        drawn = super().render_lines(Region(x, y, width, min(height, 2)))
        return drawn + drawn[-1:] * (height - len(drawn))
