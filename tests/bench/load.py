"""多くの端末の代わり。一つの接続を保ったまま、次々に頁を求める。"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Samples:
    """一回ずつのミリ秒と、うまくいかなかった数。"""

    milliseconds: list[float] = field(default_factory=list)
    failures: int = 0
    seconds: float = 0.0

    def summary(self) -> dict[str, float | int]:
        """件数・毎秒・百分位。"""
        found = sorted(self.milliseconds)
        at = {
            f"p{p}_ms": round(found[min(len(found) - 1, len(found) * p // 100)], 1)
            for p in (50, 95, 99)
            if found
        }
        return {
            "requests": len(found),
            "failures": self.failures,
            "per_second": round(len(found) / self.seconds, 1),
            **at,
        }


class Client:
    """一本の接続。"""

    def __init__(self, host: str, port: int, cookie: str = "") -> None:
        self.host, self.port, self.cookie = host, port, cookie
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        """(結果, 本文)。切れていれば一度だけつなぎ直す。"""
        body = urlencode(form or {}).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        for turn in (1, 2):
            try:
                return await self._exchange(head.encode() + body)
            except (OSError, asyncio.IncompleteReadError):
                self.streams = None
                if turn == 2:
                    raise
        raise AssertionError

    async def _exchange(self, message: bytes) -> tuple[int, bytes]:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        writer.write(message)
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = [line.partition(": ") for line in lines[1:] if line]
        for name, _, value in headers:
            if name.lower() == "set-cookie":
                self.cookie = value.split(";")[0]
        length = next((int(v) for n, _, v in headers if n.lower() == "content-length"), None)
        body = await reader.readexactly(length) if length is not None else await _chunks(reader)
        return int(lines[0].split()[1]), body

    async def enter(self, number: str, password: str, code: str) -> bool:
        """ログインする。"""
        _, page = await self.ask("GET", "/login")
        token = TOKEN.search(page)
        assert token is not None
        form = {"number": number, "password": password, "code": code, "purpose": "窓口"}
        status, _ = await self.ask("POST", "/login", form | {"csrfmiddlewaretoken": token[1].decode()})
        return status == 302


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    found = b""
    while size := int((await reader.readline()).strip() or b"0", 16):
        found += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return found


async def saturate(clients: list[Client], paths: Iterator[str], seconds: float) -> Samples:
    """全ての端末が、休まず求め続ける。"""
    samples, until = Samples(), time.perf_counter() + seconds
    started = time.perf_counter()

    async def work(client: Client) -> None:
        while time.perf_counter() < until:
            await _one(client, next(paths), samples)

    await asyncio.gather(*(work(client) for client in clients))
    samples.seconds = time.perf_counter() - started
    return samples


async def paced(clients: list[Client], paths: Iterator[str], *, rate: int, seconds: float) -> Samples:
    """毎秒 rate 件を、前の返事を待たずに求める。"""
    samples, free = Samples(), asyncio.Queue[Client]()
    for client in clients:
        free.put_nowait(client)
    started, running = time.perf_counter(), []

    async def work(path: str) -> None:
        client = await free.get()
        await _one(client, path, samples)
        free.put_nowait(client)

    for n in range(round(rate * seconds)):
        await asyncio.sleep(max(0.0, started + n / rate - time.perf_counter()))
        running.append(asyncio.create_task(work(next(paths))))
    await asyncio.gather(*running)
    samples.seconds = time.perf_counter() - started
    return samples


async def _one(client: Client, path: str, samples: Samples) -> None:
    started = time.perf_counter()
    status, _ = await client.ask("GET", path)
    samples.milliseconds.append((time.perf_counter() - started) * 1000)
    samples.failures += status not in (200, 302)
