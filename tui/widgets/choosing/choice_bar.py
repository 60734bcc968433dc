"""The line below the panes while text is chosen: how much it is, and how it begins. Meanwhile it has the keys."""

from collections.abc import Callable

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.commands import bindings_of
from tui.text import clip
from tui.words import ngettext


class _AppKeys(Widget):
    """A widget in which the app's keys work although nothing around it gets a key."""

    BINDINGS = bindings_of("app", owner="app.")


class ChoiceBar(_AppKeys, can_focus=True):
    """Shown while text is chosen. Its keys are commands of the main screen."""

    BINDINGS = bindings_of("choosing", owner="screen.")

    text: reactive[str] = reactive("")
    """The chosen text."""

    def __init__(self, leave: Callable[[], None], *, ambiguous: int = 1) -> None:
        super().__init__()
        self._leave = leave
        self._ambiguous = ambiguous

    @property
    def is_modal(self) -> bool:
        """No widget around it gets a key, so that y need not wait for a second key as it does elsewhere."""
        return True

    def render(self) -> Content:
        """The number of characters, and the beginning of the text."""
        count = f" {ngettext('{n} character chosen', '{n} characters chosen', len(self.text))}  "
        words = " ".join(self.text[: 2 * self.size.width].split())
        room = max(0, self.size.width - len(count) * 2)
        return Content.assemble((count, "bold $accent"), (clip(words, room, self._ambiguous), "$quiet"))

    def on_blur(self) -> None:
        """Leave the choice if the keys go to another widget. A window that loses the focus changes nothing."""
        if self.app.app_focus:
            self._leave()
