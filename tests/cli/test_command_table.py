"""The table of commands: each line leads to its command, and a command waits for its own module alone."""

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import BashComplete

from tui.cli import zhengwen
from tui.cli.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
LOADED = (
    "import sys; from tui.cli import zhengwen\n"
    "try: zhengwen(sys.argv[1:], prog_name='zhengwen')\n"
    "finally: print('loaded', *sorted(sys.modules.keys() & set(%r)))"
)
MODULES = sorted({f"tui.cli.commands.{place.partition(':')[0]}" for place in COMMANDS.values()})


@pytest.mark.parametrize("name", COMMANDS)
def test_each_line_leads_to_the_command_of_its_name(name: str) -> None:
    command = zhengwen.commands[name]
    assert isinstance(command, click.Command)
    assert command.name == name
    assert command is zhengwen.get_command(click.Context(zhengwen), name)


def test_a_name_that_is_not_in_the_table_is_no_command() -> None:
    assert all(zhengwen.get_command(click.Context(zhengwen), name) is None for name in ("lists", "filling", ""))


@pytest.mark.parametrize(
    ("words", "modules"),
    [
        (["--version"], []),
        (["show", "--help"], ["articles"]),
        (["documents", "--help"], ["tables"]),
        (["archive", "prune", "--help"], ["archive"]),
        (["nothing-of-the-kind"], []),
    ],
    ids=" ".join,
)
def test_the_program_imports_the_module_of_the_command_alone(words: list[str], modules: list[str]) -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", LOADED % MODULES, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    wished = " ".join(["loaded", *(f"tui.cli.commands.{name}" for name in modules)])
    assert outcome.stdout.splitlines()[-1] == wished, outcome.stderr


def test_help_and_completion_have_every_command() -> None:
    listed = zhengwen.list_commands(click.Context(zhengwen))
    assert listed == sorted(COMMANDS)
    offers = BashComplete(zhengwen, {}, "zhengwen", "_ZHENGWEN_COMPLETE").get_completions([], "")
    assert {offer.value for offer in offers} == set(COMMANDS)
    page = zhengwen.get_help(click.Context(zhengwen, info_name="zhengwen"))
    assert all(f"\n  {name} " in page for name in COMMANDS)
