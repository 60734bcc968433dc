"""The configuration for polling the embedded Sina instead of the real one."""

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
    """The text of a config.toml with the sources at `base_url`. `interval` is in seconds.

    These sources replace all sources of the shipped configuration, so no other server gets a request.
    """
    lines = [f"archive = {_toml_string(str(archive))}", ""] if archive else []
    lines += ["[fetch]", "deadline = 10.0", "pause = 0.05", "retries = 0", ""]
    for name, kind, channel, path in _SOURCES:
        lines += [
            "[[source]]",
            f"name = {_toml_string(name)}",
            f"kind = {_toml_string(kind)}",
            f"url = {_toml_string(base_url.rstrip('/') + path)}",
            f"channel = {_toml_string(channel)}",
            f"category = {_toml_string('金融/新浪财经/' + name)}",
            f"interval = {interval}",
            *(["pages = 2"] if kind == "roll" else []),
            "",
        ]
    return "\n".join(lines)


def _toml_string(text: str) -> str:
    # A JSON string without lone surrogates is a TOML basic string.
    return json.dumps(text, ensure_ascii=False)
