"""`python -m feeds.demo` as a process, and the configuration that points at it."""

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from feeds.config import load
from feeds.demo import demo_config
from feeds.demo.samples import samples

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-P", "-m", "feeds.demo", "--every", "0")


async def start(*more: str) -> tuple[asyncio.subprocess.Process, dict[str, Any]]:
    process = await asyncio.create_subprocess_exec(
        *COMMAND, *more, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout
    return process, json.loads(await process.stdout.readline())


async def test_it_prints_its_address_and_serves_there() -> None:
    process, said = await start()
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{said['url']}/api/roll/get?lid=1686")
    assert answer.json()["result"]["total"] > 0
    assert said["url"].endswith(f":{said['port']}")
    process.send_signal(signal.SIGTERM)
    await process.communicate(b"")
    assert process.returncode == 0


async def test_tied_it_ends_with_its_stdin() -> None:
    process, _ = await start("--tied")
    await process.communicate(b"")
    assert process.returncode == 0


async def test_its_clock_begins_at_the_start() -> None:
    process, said = await start("--start", "2026-05-06T10:00:00")
    async with httpx.AsyncClient() as client:
        rows = (await client.get(f"{said['url']}/api/roll/get?lid=1686")).json()["result"]["data"]
    dated = {f"comos:{sample.comos}" for sample in samples() if sample.when[:1].isdecimal()}
    following = [row["url"] for row in rows if row["docid"] not in dated]
    assert len(following) > 30
    assert all("/2026-0" in url for url in following)
    process.terminate()
    await process.communicate(b"")


def test_the_configuration_has_only_this_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGWEN_ARCHIVE", "")
    file = tmp_path / "config.toml"
    file.write_text(demo_config("http://127.0.0.1:4321", tmp_path / "a “quoted” folder"), "utf-8")
    config = load(file)
    assert [source.name for source in config.sources] == ["国内滚动", "宏观经济", "部委动态", "金融新闻", "7x24"]
    assert all(source.url.startswith("http://127.0.0.1:4321/api/") for source in config.sources)
    assert all(source.category[:2] == ("金融", "新浪财经") for source in config.sources)
    assert config.archive == tmp_path / "a “quoted” folder"
