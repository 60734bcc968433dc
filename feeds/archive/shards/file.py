"""The bytes of one day's file, and how they come onto the disk.

    {"zhengwen":"shard","version":2,"day":"2022-01-12","articles":{
    "0f3k…":{"id":"0f3k…","keys":[…],"title":…,"published":"2022-01-12T09:30:00+08:00",…,"flags":{"read":true}},
    "9z2m…":{…}
    },
    "checksum":"blake2b-128:…"}

One JSON object a file, so `jq '.articles[].title'` reads it; one line a record, so grep, diff and a sync tool work
and one article is found without parsing its neighbours. The last line holds the digest of every byte before it. The
records are those of shards.lines. A file of a later version is left alone.

A write goes beside the file, is fsynced, takes its place by rename, and the folder is fsynced: at any moment the
name holds the old bytes or the new ones, whole.
"""

import errno
import hashlib
import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from feeds.archive.files import make_folder, sync_folder
from feeds.archive.shards.lines import VERSION
from feeds.errors import DayUnusable, ShardDamaged, reason_of

_HEAD = re.compile(rb'\{"zhengwen":"shard","version":(\d{1,9}),')
_DAY = re.compile(rb'\{"zhengwen":"shard","version":\d{1,9},"day":"([0-9-]{10})"')
_LOOK = 64  # bytes that hold the head
_FEW = 8  # records that are found sooner one by one than by cutting a file of some hundred into its lines
_SEAL = re.compile(rb'"checksum":"blake2b-128:([0-9a-f]{32})"\}\n\Z')


def _sum_of(data: bytes | memoryview) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def bytes_of(day: str, records: Mapping[str, Any]) -> bytes:
    """The file of a day (ISO date) from its records by id."""
    encode = msgspec.json.encode
    lines = b",\n".join(encode(name) + b":" + encode(record) for name, record in records.items())
    body = b'{"zhengwen":"shard","version":%d,"day":%s,"articles":{\n%s\n},\n' % (VERSION, encode(day), lines)
    return body + b'"checksum":"blake2b-128:%s"}\n' % _sum_of(body).encode()


def verified_bytes(data: bytes, name: str) -> bytes:
    """The same bytes, when their checksum holds; else ShardDamaged. `name` is for the message.

    DayUnusable where a later version wrote them.
    """
    head = _HEAD.match(data)
    if head and int(head[1]) > VERSION:
        raise DayUnusable(
            "{name} was written by a later zhengwen (version {version}); update to read it",
            name=name,
            version=int(head[1]),
        )
    seal = _SEAL.search(data, max(0, len(data) - 64))
    if not head or not seal or _sum_of(memoryview(data)[: seal.start()]) != seal[1].decode():
        raise ShardDamaged("{name} is damaged: its checksum does not hold", name=name)
    return data


def version_of(data: bytes) -> int:
    """The version that wrote a verified file; this version without a head."""
    head = _HEAD.match(data)
    return int(head[1]) if head else VERSION


def version_in(path: Path) -> int:
    """The version that a day's file claims, by its first bytes."""
    with path.open("rb") as file:
        return version_of(file.read(_LOOK))


def day_of(data: bytes) -> str:
    """The day (ISO date) that a verified file says it is of, "" where it says none."""
    found = _DAY.match(data)
    return found[1].decode() if found else ""


def read(path: Path) -> bytes | None:
    """The verified bytes of a day's file; None without a file.

    ShardDamaged where something else than a file stands there; DayUnusable where it cannot be opened, or is a link to
    a file that is not there: its disk may come back.
    """
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as fault:
        if path.is_symlink():
            raise _unusable(path, fault) from fault
        return None
    except OSError as fault:
        if fault.errno in (errno.EISDIR, errno.ELOOP):
            raise ShardDamaged("{name} is damaged: {reason}", name=path.name, reason=reason_of(fault)) from fault
        raise _unusable(path, fault) from fault
    return verified_bytes(data, path.name)


def _unusable(path: Path, fault: OSError) -> DayUnusable:
    return DayUnusable("{name} cannot be read: {reason}", name=path.name, reason=reason_of(fault))


def line_of(data: bytes, name: str) -> bytes | None:
    """One record's JSON out of a verified file."""
    place = _place_of(data, name, data.rfind(b"\n},\n"))
    return None if place is None else data[place[0] : place[1]].removesuffix(b",")


def _place_of(data: bytes, name: str, end: int) -> tuple[int, int] | None:
    """Where the line of a record, which begins before `end`, has its JSON."""
    mark = b"\n" + msgspec.json.encode(name) + b":"
    start = data.find(mark, 0, end)
    if start < 0:
        return None
    start += len(mark)
    return start, data.index(b"\n", start)


def lines_of(data: bytes, names: Collection[str] | None = None) -> list[bytes]:
    """Every record's JSON out of a verified file, or only those named, in its order."""
    if names is None:
        return [line for _, line in _marked_lines(data)]
    if len(names) <= _FEW:
        end = data.rfind(b"\n},\n")
        places = sorted(place for name in set(names) if (place := _place_of(data, name, end)))
        return [data[start:stop].removesuffix(b",") for start, stop in places]
    wanted = {msgspec.json.encode(name) for name in names}
    return [line for mark, line in _marked_lines(data) if mark in wanted]


def marked_lines_of(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every record's name and JSON. Raises msgspec.DecodeError for anything else."""
    return ((msgspec.json.decode(mark, type=str), line) for mark, line in _marked_lines(data))


def _marked_lines(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    for line in data.split(b"\n")[1:-3]:
        if line:
            mark, _, record = line.removesuffix(b",").partition(b":")
            yield mark, record


def discard(path: Path) -> None:
    """Take a day's file away for good, and its year's folder when that is empty then."""
    path.unlink(missing_ok=True)
    sync_folder(path.parent)
    with suppress(OSError):  # other days, or files of somebody else
        path.parent.rmdir()
        sync_folder(path.parent.parent)


def put(path: Path, data: bytes, *, private: bool = False) -> None:
    """Give `path` these bytes so that a crash at any moment leaves the old ones or these.

    Where it is `private` none but its owner may read it.
    """
    if not path.parent.is_dir():
        make_folder(path.parent)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as out:
        if private and hasattr(os, "fchmod"):
            os.fchmod(out.fileno(), 0o600)
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)
    sync_folder(path.parent)
