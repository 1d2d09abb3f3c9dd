"""HTTP clients of attacks: requests written byte by byte, readers who stall, bodies without an end.

A client library would refuse most of it. Each request has a connection of its own.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from screener.supervisor.address import HOST

PIECE: Final = 65_536
PATIENCE_S: Final = 60.0
"""Who has no answer by then goes away."""

DRIBBLES_EVERY_S: Final = 0.5

NO_ANSWER: Final = 0
CUT_OFF: Final = 1
"""In the place of a status: patience ended, or the server closed the connection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request: `head` is its first lines, without the last empty one.

    `body_bytes` are announced and sent in pieces, `body` as it is. A `stalled` reader takes the first
    piece of the answer and then nothing more, as a `silent` one sends the head and then nothing; who
    `dribbles` sends one byte of the head after the other.
    """

    head: str
    body: bytes = b""
    body_bytes: int = 0
    stalled: bool = False
    silent: bool = False
    dribbles: bool = False


@dataclass(frozen=True, slots=True)
class AttackAnswer:
    """`taken_ms` until the last byte; of a stalled reader until the first."""

    status: int
    taken_ms: float


def get(address: str, *, cookies: str = "") -> Asked:
    more = f"Cookie: {cookies}\r\n" if cookies else ""
    return Asked(head=f"GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{more}")


def post(address: str, body: bytes, content_type: str, *, cookies: str = "", length: int = 0) -> Asked:
    """`length` is what is announced and sent, where it is not the body."""
    more = f"Cookie: {cookies}\r\n" if cookies else ""
    head = (
        f"POST {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {length or len(body)}\r\n{more}"
    )
    return Asked(head=head, body=body, body_bytes=max(0, length - len(body)))


async def ask(port: int, asked: Asked, *, until: float, patience_s: float = PATIENCE_S) -> AttackAnswer:
    """Send it and read the answer; who stalls does so until the moment `until`."""
    begun = time.monotonic()
    try:
        async with asyncio.timeout(patience_s), _connection(port) as (reader, writer):
            sending = asyncio.create_task(_send(writer, asked))
            try:
                status = int((await reader.readline()).split(b" ")[1])
                if asked.stalled:
                    taken_ms = 1_000 * (time.monotonic() - begun)
                    await asyncio.sleep(max(0.0, until - time.monotonic()))
                    return AttackAnswer(status, taken_ms)
                while await reader.read(PIECE):
                    pass
            finally:
                sending.cancel()
    except TimeoutError:
        status = NO_ANSWER
    except (OSError, IndexError, ValueError):
        status = CUT_OFF
    return AttackAnswer(status, 1_000 * (time.monotonic() - begun))


@asynccontextmanager
async def _connection(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection(HOST, port, limit=PIECE)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def _send(writer: asyncio.StreamWriter, asked: Asked) -> None:
    try:
        if asked.dribbles:
            for byte in asked.head:
                writer.write(byte.encode())
                await asyncio.sleep(DRIBBLES_EVERY_S)
        writer.write(f"{asked.head}\r\n".encode() + (b"" if asked.silent else asked.body))
        left = 0 if asked.silent else asked.body_bytes
        while left > 0:
            await writer.drain()
            writer.write(bytes(min(PIECE, left)))
            left -= PIECE
        await writer.drain()
    except OSError:  # The server has heard enough; its answer says so.
        return


async def flood(
    port: int, next_one: Callable[[], Asked], *, at_once: int, seconds: float
) -> list[AttackAnswer]:
    """So many strangers, each asking one thing after the other."""
    until = time.monotonic() + seconds

    async def stranger() -> list[AttackAnswer]:
        answers = []
        while time.monotonic() < until:
            answers.append(await ask(port, next_one(), until=until))
            if answers[-1].status in (NO_ANSWER, CUT_OFF):
                await asyncio.sleep(0.1)
        return answers

    return [
        each for answers in await asyncio.gather(*(stranger() for _ in range(at_once))) for each in answers
    ]
