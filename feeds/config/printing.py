"""A configuration as TOML."""

import re
from pathlib import Path
from typing import Any

import msgspec

from feeds.config.loading import category_path_of
from feeds.config.tables import WrittenKeys
from feeds.config.values import Config, MarkRule, NotifySettings, View
from feeds.model import RequestSettings, Secret


def text_of(config: Config, archive: Path) -> str:
    """The configuration as TOML, which `load` reads as the same configuration. `archive` is the folder in use."""
    top = {
        "language": config.language,
        "theme": config.theme,
        "archive": str(archive),
        "ambiguous_width": config.ambiguous_width,
        "unread_when_changed": config.unread_when_changed,
        "since_you_left": config.since_you_left,
        "mute": config.mute,
    }
    tables = [_toml(top), "[fetch]\n" + _toml(msgspec.structs.asdict(config.fetch)), _notify(config.notify)]
    for source in config.sources:
        path = "/".join(source.category)
        # A name that is not a path, such as 财经/要闻, is its own category if none is given.
        row = {**msgspec.structs.asdict(source), "category": path if category_path_of(path) == source.category else ""}
        row |= dict(row.pop("options"))
        request = row.pop("request")
        row["paused"] = source.paused or None
        kept = {key: value for key, value in row.items() if value not in ("", None, ())}
        tables.append("[[source]]\n" + _toml(kept) + _request(request))
    tables += ["[[view]]\n" + _toml(_without_defaults(view)) for view in config.views]
    tables += [_rule(rule) for rule in config.rules]
    tables += ["[[macro]]\n" + _toml(msgspec.structs.asdict(macro)) for macro in config.macros]
    tables += ["[[pipe]]\n" + _toml(msgspec.structs.asdict(pipe)) for pipe in config.pipes]
    if config.keys:
        tables.append(_keys(config.keys))
    return "\n".join(tables)


def _toml(table: dict[str, Any]) -> str:
    # A JSON string or number is a TOML string or number (TOML 1.0, Strings and Numbers).
    return "".join(f"{key} = {msgspec.json.encode(value).decode()}\n" for key, value in table.items())


def _without_defaults(view: View) -> dict[str, Any]:
    values = msgspec.structs.asdict(view)
    return {key: value for key, value in values.items() if key not in ("notify", "notify_due") or value}


def _notify(settings: NotifySettings) -> str:
    """The table [notify]. Addresses that stand in the file itself are secrets and are left out."""
    values = msgspec.structs.asdict(settings)
    addresses = [address for address in values.pop("apprise") if isinstance(address, dict)]
    inner = ", ".join("{ " + _toml(address).strip() + " }" for address in addresses)
    return "[notify]\n" + _toml(values) + f"apprise = [{inner}]\n"


def _rule(rule: MarkRule) -> str:
    row = {**msgspec.structs.asdict(rule), "tag": rule.tags}
    row.pop("tags")
    return "[[rule]]\n" + _toml({key: value for key, value in row.items() if value not in (False, ())})


def _request(request: RequestSettings) -> str:
    """The request settings of a source. A secret that stands in config.toml itself is not printed."""
    lines = [f"user_agent = {_text(request.user_agent)}\n"] if request.user_agent else []
    lines += [f"ca = {_text(request.ca)}\n"] if request.ca else []
    if len(request.login) > 1:
        names = ("login.user", "login.password")
        lines += [_secret(name, secret) for name, secret in zip(names, request.login, strict=True)]
    else:
        lines += [_secret("login", secret) for secret in request.login]
    lines += [_secret(name, secret) for name in ("cookie", "proxy") if (secret := getattr(request, name))]
    return "".join([*lines, *(_secret(f"headers.{_key(name)}", secret) for name, secret in request.headers)])


def _secret(key: str, secret: Secret) -> str:
    if secret == Secret():  # a login without a password
        return f'{key} = ""\n'
    if secret.text:
        return f"# {key} 不显示 / is not shown\n"
    where = f"env = {_text(secret.env)}" if secret.env else f"file = {_text(secret.file)}"
    return f"{key} = {{ {where} }}\n"


def _text(text: str) -> str:
    return msgspec.json.encode(text).decode()


def _keys(keys: WrittenKeys) -> str:
    places = {name: table for name, table in keys.items() if isinstance(table, dict)}
    plain = {_key(name): value for name, value in keys.items() if name not in places}
    inner = [
        f"[keys.{_key(name)}]\n" + _toml({_key(command): value for command, value in table.items()})
        for name, table in places.items()
    ]
    return "\n".join(["[keys]\n" + _toml(plain), *inner])


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else msgspec.json.encode(name).decode()
