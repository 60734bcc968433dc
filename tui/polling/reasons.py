"""Why there is nothing to read, and which keys help: in a list without articles, and without a network. Pure.

The keys are those in force.
"""

from datetime import datetime

from tui.commands import command_named
from tui.keyboard.in_force import keymap
from tui.polling.status import PollingStatus
from tui.text import when
from tui.words import _, sentence_of

HELP = ("reload-all", "sources", "help")
"""The commands that help where no source answers."""


def keys_with_labels(*names: str) -> str:
    """The first key of each command with its label: `R Reload all   s Sources`. A command without a key is left out."""
    keys = ((next(iter(keymap().labels_of(command)), ""), _(command.label)) for command in map(command_named, names))
    return "   ".join(f"{key} {label}" for key, label in keys if key)


def failure_of_all(status: PollingStatus, now: datetime) -> str:
    """Since when every source fails, and why the first does; "" if one does not."""
    polled = [source for source in status.sources if not source.paused]
    faults = [source.fault for source in polled if source.fault]
    if not polled or len(faults) < len(polled):
        return ""
    reason = sentence_of(faults[0])
    since = min((source.failing_since for source in polled if source.failing_since), default=None)
    if since is None:
        return _("No source answers: {reason}").format(reason=reason)
    return _("No source answers since {time}: {reason}").format(time=when(since, now), reason=reason)


def empty_reason(status: PollingStatus, now: datetime) -> str:
    """Why an archive has no articles, and what helps, in lines."""
    polled = [source for source in status.sources if not source.paused]
    if failure := failure_of_all(status, now):
        said = [_("No articles yet."), failure, keys_with_labels(*HELP), *_without_network()]
    elif not polled and not status.sources:
        said = [_("No source is set up yet."), keys_with_labels("sources", "palette", "help"), *_without_network()]
    elif not polled:
        said = [_("Every source is paused."), keys_with_labels("sources", "palette", "help")]
    elif status.state == "reading-only":
        who = _("another zhengwen polls this archive")
        said = [_("No articles yet."), who, keys_with_labels("sources", "help", "quit")]
    elif status.state in ("off", "stopped", "waiting"):
        said = [_("No articles yet. Nothing is polled now."), keys_with_labels(*HELP), *_without_network()]
    elif all(source.answered for source in polled):
        said = [_("No articles here yet. New ones appear by themselves."), keys_with_labels(*HELP)]
    else:
        said = [_("The sources are asked for the first time. Articles appear by themselves."), keys_with_labels(*HELP)]
    return "\n".join(said)


def _without_network() -> list[str]:
    """The ways to articles without a network."""
    return [_("Without a network: zhengwen --demo, or zhengwen import FOLDER.")]
