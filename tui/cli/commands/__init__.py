"""Every command of the command line: a module holds a command, or those of one kind. COMMANDS is the order of the help.

A command is a click command in a module here and a name in COMMANDS. Its work is imported inside the function, so that
no other command waits for it.
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
