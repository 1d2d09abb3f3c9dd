"""Request bodies: refused by what they announce, counted while they come, given up when too slow."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final

MOST_BYTES: Final = 512_000
"""Of a form: the longest note, 20,000 characters of four bytes, each written as `%F0`, takes half of it."""

MOST_UPLOAD_BYTES: Final = 6_000_000
"""Of a form with a file, which may have 5 MB (`assets.sheets.tables.MOST_BYTES`)."""

MOST_AT_ONCE_BYTES: Final = 64_000_000
"""Of all bodies that a process is receiving."""

WITHIN_S: Final = 4.0
UPLOAD_WITHIN_S: Final = 60.0

LINGER_S: Final = 1.0
LINGER_BYTES: Final = 16_000_000
"""So much of a refused body is thrown away, so that who sends it can read why."""

Receive = Callable[[], Awaitable[dict[str, Any]]]


class RequestRefusedError(Exception):
    """A request that is not worked on; `status` is the answer to it."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class Bodies:
    """The bodies of one process; `received` is called from its event loop alone."""

    def __init__(self, *, most_at_once_bytes: int = MOST_AT_ONCE_BYTES) -> None:
        self.held_bytes = 0
        self._most_at_once_bytes = most_at_once_bytes

    async def received(self, receive: Receive, length: int, *, takes_files: bool) -> bytes:
        """The whole body in memory; `RequestRefusedError` where it is too long, breaks off or is too slow."""
        if length > (MOST_UPLOAD_BYTES if takes_files else MOST_BYTES):
            raise RequestRefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        body = bytearray()
        try:
            async with asyncio.timeout(UPLOAD_WITHIN_S if takes_files else WITHIN_S):
                while len(body) < length:
                    event = await receive()
                    piece = event.get("body", b"")
                    self.held_bytes += len(piece)
                    body += piece
                    if self.held_bytes > self._most_at_once_bytes:
                        raise RequestRefusedError(HTTPStatus.SERVICE_UNAVAILABLE)
                    if event["type"] == "http.disconnect" or not event.get("more_body"):
                        break
        except TimeoutError as error:
            raise RequestRefusedError(HTTPStatus.REQUEST_TIMEOUT) from error
        finally:
            self.held_bytes -= len(body)
        if len(body) != length:
            raise RequestRefusedError(HTTPStatus.BAD_REQUEST)
        return bytes(body)


def announced_bytes(headers: dict[str, str]) -> int:
    """The length of the body, by which alone it is read; `RequestRefusedError` where it is not said."""
    announced = headers.get("content-length", "")
    if "transfer-encoding" in headers:
        raise RequestRefusedError(HTTPStatus.LENGTH_REQUIRED)
    if announced and not (announced.isascii() and announced.isdecimal() and len(announced) < 20):
        raise RequestRefusedError(HTTPStatus.BAD_REQUEST)
    return int(announced or 0)


async def thrown_away(receive: Receive) -> None:
    """Read on for a moment: a connection that is closed upon its sender takes the answer with it."""
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER_S):
            left = LINGER_BYTES
            while left > 0:
                event = await receive()
                left -= len(event.get("body", b""))
                if event["type"] == "http.disconnect" or not event.get("more_body"):
                    return
