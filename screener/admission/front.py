"""ASGI server of pages that are made by WSGI: health from the event loop, pages from few threads.

What waits costs no thread: a body that comes slowly, a request in line, a reader who has stopped reading. So
nobody can take the threads by waiting, `/healthz` needs none, and as many connections to the database are
open as pages are made at once.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.core.handlers.wsgi import WSGIRequest
from django.urls import Resolver404, resolve
from django.utils import translation

from screener.admission.bodies import Bodies, Receive, RequestRefusedError, announced_bytes, thrown_away
from screener.admission.clients import client_of
from screener.admission.environ import environ_of, headers_of
from screener.admission.gate import BusyError
from screener.admission.lanes import PAGES
from screener.admission.refusals import LONGEST_ADDRESS, refusal_page

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

HEALTH_PATH: Final = "/healthz"
HEALTHY: Final = b'{"status": "ok"}'

TAKE_FILES: Final = frozenset({"import_check"})
"""Addresses by name to which a form sends a file."""

SWITCH_S: Final = 0.001
"""A thread that computes lets the event loop in after this long."""

PIECE: Final = 65_536
STALLED_S: Final = 20.0
SLOWEST_BYTES_S: Final = 16_000
"""Who reads more slowly than this, after the first seconds, is left."""

FILES_AT_ONCE: Final = 2


class StalledReaderError(Exception):
    """Somebody has stopped reading; the connection is closed."""


@dataclass(slots=True)
class PageAnswer:
    """What a page thread has made: a status, headers, and the pieces of a body."""

    status: int
    headers: list[tuple[str, str]]
    pieces: Iterator[bytes]
    close: Callable[[], None]


class Front:
    """Serves a WSGI application over ASGI."""

    def __init__(self, application: Application) -> None:
        sys.setswitchinterval(SWITCH_S)
        self._application = application
        self._bodies = Bodies()
        self._pages = ThreadPoolExecutor(PAGES.at_once, thread_name_prefix="page")
        self._files = ThreadPoolExecutor(FILES_AT_ONCE, thread_name_prefix="file")

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise ValueError(f"{scope['type']} is not served")
        if scope["path"] == HEALTH_PATH and scope["method"] in ("GET", "HEAD"):
            await _send_health(send)
            return
        headers = headers_of(scope)
        environ = environ_of(scope, headers)
        try:
            answer = await self._answer(environ, headers, receive)
        except RequestRefusedError as refusal:
            await self._refuse(environ, refusal.status, send, receive)
        except BusyError:
            await self._refuse(environ, HTTPStatus.SERVICE_UNAVAILABLE, send, receive)
        else:
            await self._send(answer, send)

    async def _answer(self, environ: Environ, headers: dict[str, str], receive: Receive) -> PageAnswer:
        if len(environ["PATH_INFO"]) + len(environ["QUERY_STRING"]) > LONGEST_ADDRESS:
            raise RequestRefusedError(HTTPStatus.REQUEST_URI_TOO_LONG)
        if length := announced_bytes(headers):
            takes_files = _takes_files(environ["PATH_INFO"])
            environ["wsgi.input"] = await self._bodies.received(receive, length, takes_files=takes_files)
        async with PAGES.admitted_async(client_of(environ)):
            return await asyncio.get_running_loop().run_in_executor(self._pages, self._made, environ)

    def _made(self, environ: Environ) -> PageAnswer:
        """In a page thread: the whole response, unless it is a stream."""
        begun: list[Any] = []
        response: Any = self._application(
            environ, lambda status, headers, _error=None: begun.extend((status, headers))
        )
        close = getattr(response, "close", lambda: None)
        if getattr(response, "streaming", False):
            pieces = iter(response)
        else:
            pieces = iter([b"".join(response)])
            close()
            close = _nothing
        return PageAnswer(int(begun[0].split(" ", 1)[0]), begun[1], pieces, close)

    async def _refuse(self, environ: Environ, status: HTTPStatus, send: Send, receive: Receive) -> None:
        answer = await asyncio.get_running_loop().run_in_executor(self._files, _refused, environ, status)
        await self._send(answer, send, before_end=lambda: thrown_away(receive))

    async def _send(
        self, answer: PageAnswer, send: Send, *, before_end: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        loop = asyncio.get_running_loop()
        headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers
        ]
        begun, sent = loop.time(), 0
        try:
            await send({"type": "http.response.start", "status": answer.status, "headers": headers})
            while piece := await loop.run_in_executor(self._files, next, answer.pieces, b""):
                for start in range(0, len(piece), PIECE):
                    part = piece[start : start + PIECE]
                    async with asyncio.timeout_at(begun + STALLED_S + sent / SLOWEST_BYTES_S):
                        await send({"type": "http.response.body", "body": part, "more_body": True})
                    sent += len(part)
            if before_end:
                await before_end()
            await send({"type": "http.response.body", "body": b""})
        except TimeoutError as error:
            raise StalledReaderError from error
        finally:
            await loop.run_in_executor(self._files, answer.close)


async def _send_health(send: Send) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(HEALTHY)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": HEALTHY})


def _nothing() -> None:
    """What is closed already."""


def _takes_files(path: str) -> bool:
    try:
        return resolve(path).url_name in TAKE_FILES
    except Resolver404:
        return False


def _refused(environ: Environ, status: HTTPStatus) -> PageAnswer:
    """In the reader's language; the connection is closed, for what was sent on it is not read."""
    with translation.override(translation.get_language_from_request(WSGIRequest(environ))):
        page = refusal_page(status)
    return PageAnswer(
        page.status_code, [*page.items(), ("Connection", "close")], iter([page.content]), _nothing
    )
