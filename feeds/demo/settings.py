"""The configuration with which the program polls the embedded Sina instead of the real one."""

import json
from pathlib import Path

_SOURCES = (
    ("国内滚动", "roll", "155/1686", "/api/roll/get"),
    ("宏观经济", "roll", "155/1687", "/api/roll/get"),
    ("部委动态", "roll", "155/1689", "/api/roll/get"),
    ("金融新闻", "roll", "155/1690", "/api/roll/get"),
    ("7x24", "live", "152", "/api/zhibo/feed"),
)


def demo_config(base_url: str, archive: Path | None = None, *, interval: int = 3) -> str:
    """The text of a config.toml whose sources stand at `base_url`; `interval` in seconds.

    A table laid over the shipped configuration replaces its sources as a whole, so nothing outside is asked.
    """
    lines = [f"archive = {_quoted(str(archive))}", ""] if archive else []
    lines += ["[fetch]", "deadline = 10.0", "pause = 0.05", "retries = 0", ""]
    for name, kind, channel, path in _SOURCES:
        lines += [
            "[[source]]",
            f"name = {_quoted(name)}",
            f"kind = {_quoted(kind)}",
            f"url = {_quoted(base_url.rstrip('/') + path)}",
            f"channel = {_quoted(channel)}",
            f"category = {_quoted('金融/新浪财经/' + name)}",
            f"interval = {interval}",
            *(["pages = 2"] if kind == "roll" else []),
            "",
        ]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    # A JSON string without lone surrogates is a TOML basic string.
    return json.dumps(text, ensure_ascii=False)
