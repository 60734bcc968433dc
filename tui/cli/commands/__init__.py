"""All commands of the command line: where each one is. A module has one command, or several of a kind.

The program imports the module of a command when the command is used, so that no other command waits for it. The help
imports all of them and sorts the commands by name.
"""

COMMANDS = {
    "poll": "filling:poll",
    "fetch": "filling:fetch",
    "import": "filling:import_",
    "list": "articles:list_",
    "show": "articles:show",
    "plan": "articles:plan",
    "compare": "compare:compare",
    "targets": "tables:targets",
    "documents": "tables:documents",
    "export": "export:export",
    "mark": "articles:mark",
    "digest": "digest:digest",
    "source": "sources:source_",
    "rule": "rules.command:rule_",
    "archive": "archive:archive_",
    "config": "machine:config_",
    "doctor": "machine:doctor",
}
"""By the name of a command: its module in this package, and the name of the click command there."""
