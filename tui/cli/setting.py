"""The options of all commands: the configuration and the archive."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from feeds import config
from tui.words import _


class Setting:
    """The values of --config and --archive, wherever they are on the line. The configuration is read when needed."""

    def __init__(self) -> None:
        self.config_path: Path | None = None
        self.archive_path: Path | None = None
        self._config: config.Config | None = None

    @property
    def config(self) -> config.Config:
        """The configuration. Raises ConfigError."""
        if self._config is None:
            self._config = config.load(self.config_path)
        return self._config

    @property
    def archive(self) -> Path:
        """The archive's folder: that of the option, else that of the configuration."""
        return self.archive_path or self.config.archive


pass_setting = click.make_pass_decorator(Setting, ensure=True)


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Path | None], None]:
    def keep(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
        if value is not None:
            setattr(context.ensure_object(Setting), name, value)

    return keep


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the two common options to a command."""
    path = click.Path(path_type=Path)
    options = (
        click.option("--config", metavar="FILE", type=path, expose_value=False, callback=_keep("config_path"),
                     help=_("Use this config.toml.")),
        click.option("--archive", metavar="DIR", type=path, expose_value=False, callback=_keep("archive_path"),
                     help=_("Use the archive in this folder.")),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command
