"""Clients that ask one after the other over connections of their own, and cost as little as they can."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

Turn = Callable[[int, bytes], bytes | None]
"""What a client sends next, given how many answers it had and the last one; None when it has nothing more to ask."""


@dataclass(frozen=True)
class Load:
    """What came of it: milliseconds from question to answer, and how long everything took in seconds."""

    answers: list[float]
    seconds: float


def request(method: str, path: str, body: bytes = b"", token: str = "") -> bytes:
    """A whole HTTP request on a connection that stays open."""
    who = f"authorization: Bearer {token}\r\n" if token else ""
    head = f"{method} {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{who}content-length: {len(body)}"
    return head.encode() + b"\r\n\r\n" + body


def driven(address: str, turns: list[Turn]) -> Load:
    """All clients at once, until none has anything more to ask. An answer that is no 200 ends it."""
    return asyncio.run(_driven(address, turns))


async def _driven(address: str, turns: list[Turn]) -> Load:
    took: list[float] = []
    parts = urlsplit(address)
    began = time.perf_counter()
    await asyncio.gather(*(_client(str(parts.hostname), int(parts.port or 80), turn, took) for turn in turns))
    return Load(took, time.perf_counter() - began)


async def _client(host: str, port: int, turn: Turn, took: list[float]) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    answers, body = 0, b""
    while (message := turn(answers, body)) is not None:
        asked = time.perf_counter()
        writer.write(message)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        body = await reader.readexactly(length)
        took.append((time.perf_counter() - asked) * 1000)
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise RuntimeError(f"{head.splitlines()[0]!r}: {body[:200]!r}")
        answers += 1
    writer.close()
