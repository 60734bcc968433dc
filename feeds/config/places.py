"""Where config.toml is searched."""

import os
from pathlib import Path


def shipped_path() -> Path:
    """The configuration that comes with the program: beside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "config.toml"
    return installed if installed.exists() else package.parent / "config.toml"


def reader_path() -> Path:
    """Where the reader's own configuration is looked for, whether or not it is there."""
    if variable := os.environ.get("ZHENGWEN_CONFIG"):
        return Path(variable)
    import platformdirs  # only a look at the reader's folders needs it

    return platformdirs.user_config_path("zhengwen") / "config.toml"
