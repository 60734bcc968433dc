"""All commands of the command line. A module has one command, or several of a kind. COMMANDS is the order of the help.

A command is a click command in one of these modules, and a name in COMMANDS. Its function imports what it needs, so
that no other command waits for it.
"""

import click

from tui.cli.commands.archive import archive_
from tui.cli.commands.articles import list_, plan, show
from tui.cli.commands.compare import compare
from tui.cli.commands.filling import fetch, import_, poll
from tui.cli.commands.machine import config_, doctor
from tui.cli.commands.tables import documents, targets

COMMANDS: tuple[click.Command, ...] = (
    poll,
    list_,
    show,
    plan,
    compare,
    targets,
    documents,
    fetch,
    import_,
    archive_,
    config_,
    doctor,
)
