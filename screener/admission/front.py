"""ASGI front of the pages: health, bodies, turns and back-pressure in one event loop that makes no page.

Pages are made in processes behind it (`page_processes`), so that nothing they compute keeps `/healthz` or
another reader from being answered. What waits costs no thread: a body that comes slowly, a request in line,
a reader who has stopped reading.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http.cookie import parse_cookie

from screener.admission.bodies import Bodies, Receive, RequestRefusedError, announced_bytes, thrown_away
from screener.admission.clients import client_of
from screener.admission.environ import environ_of, headers_of
from screener.admission.frames import BrokenOffError
from screener.admission.gate import BusyError, BusyLaneError
from screener.admission.lanes import (
    LANE_AT_ONCE,
    LANE_IN_LINE,
    LANE_WAIT_S,
    PAGES_IN_LINE,
    PAGES_OF_A_PROCESS,
    PAGES_WAIT_S,
    Lane,
    lane_of,
)
from screener.admission.page_headers import headers_of_every_answer
from screener.admission.page_processes import PageAnswer, PageProcesses
from screener.admission.refusals import LONGEST_ADDRESS, refusal_of
from screener.admission.turns import Client, Turns

Send = Callable[[dict[str, Any]], Awaitable[None]]

HEALTH_PATH: Final = "/healthz"

TAKE_FILES: Final = frozenset({"/data/import/check/"})
"""Addresses to which a form sends a file."""

WITHOUT_LIMIT: Final = frozenset({"/screen/export/", "/readyz", "/data/import/bad-rows/"})
"""Addresses that may take long: a large file, and what waits for servers that are gone."""

ANSWER_WITHIN_S: Final = 4.5
"""A page that takes longer is given up. What is sent by a form is worked on to its end."""

SETTLED_AFTER_S: Final = 60.0
"""Before that the first pages are made, for which everything is read."""

REFUSED_AFTER_S: Final = 0.5
"""Who finds no place learns it after a moment: a flood that is refused at once comes again at once."""

STALLED_S: Final = 20.0
SLOWEST_BYTES_S: Final = 16_000
"""Who reads more slowly than this, after the first seconds, is left."""


class StalledReaderError(Exception):
    """Somebody has stopped reading; the connection is closed."""


class Front:
    """Serves what `pages` make over ASGI."""

    def __init__(self, pages: PageProcesses) -> None:
        self._pages = pages
        self._bodies = Bodies()
        self._turns = Turns(at_once=pages.at_once, waiting=PAGES_IN_LINE, wait_s=PAGES_WAIT_S)
        self._lanes = {
            lane: Turns(at_once=LANE_AT_ONCE, waiting=LANE_IN_LINE, wait_s=LANE_WAIT_S) for lane in Lane
        }
        self._lanes[Lane.DOSSIERS] = Turns(
            at_once=max(LANE_AT_ONCE, pages.at_once // PAGES_OF_A_PROCESS),
            waiting=PAGES_IN_LINE,
            wait_s=PAGES_WAIT_S,
        )
        self._left: set[asyncio.Task[PageAnswer]] = set()
        self._settled_at = float("inf")

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise ValueError(f"{scope['type']} is not served")
        self._begin()
        if scope["path"] == HEALTH_PATH and scope["method"] in ("GET", "HEAD"):
            await _send_health(send, is_ready=self._pages.is_ready)
            return
        headers = headers_of(scope)
        environ = environ_of(scope, headers)
        try:
            answer = await self._answer(environ, headers, receive)
        except RequestRefusedError as refusal:
            await self._refuse(environ, refusal.status, send, receive)
        except BusyError as refusal:
            await asyncio.sleep(REFUSED_AFTER_S)
            lane = refusal.lane if isinstance(refusal, BusyLaneError) else ""
            await self._refuse(environ, HTTPStatus.SERVICE_UNAVAILABLE, send, receive, lane=lane)
        else:
            await self._send(answer, send)

    def _begin(self) -> None:
        if self._settled_at == float("inf"):
            self._settled_at = asyncio.get_running_loop().time() + SETTLED_AFTER_S
            self._pages.keep()

    async def _answer(self, environ: dict[str, str], headers: dict[str, str], receive: Receive) -> PageAnswer:
        path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
        if len(path) + len(query) > LONGEST_ADDRESS:
            raise RequestRefusedError(HTTPStatus.REQUEST_URI_TOO_LONG)
        body = b""
        if length := announced_bytes(headers):
            body = await self._bodies.received(receive, length, takes_files=path in TAKE_FILES)
        made = asyncio.create_task(self._made(environ, body))
        try:
            await asyncio.wait([made], timeout=self._limit_s(environ))
        except asyncio.CancelledError:
            self._leave(made)
            raise
        if not made.done():
            self._leave(made)
            raise RequestRefusedError(HTTPStatus.GATEWAY_TIMEOUT)
        return made.result()

    async def _made(self, environ: dict[str, str], body: bytes) -> PageAnswer:
        client = client_of(environ)
        async with self._place(environ, client), self._turns.place(client):
            return await self._pages.answer(environ, body, address=client.address)

    @asynccontextmanager
    async def _place(self, environ: dict[str, str], client: Client) -> AsyncIterator[None]:
        """In the lane of the request, where it has one."""
        lane = lane_of(environ["REQUEST_METHOD"], environ["PATH_INFO"], environ["QUERY_STRING"])
        if lane is None:
            yield
            return
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(self._lanes[lane].place(client))
            except BusyError as refusal:
                raise BusyLaneError(lane) from refusal
            yield

    def _limit_s(self, environ: dict[str, str]) -> float | None:
        is_settled = asyncio.get_running_loop().time() > self._settled_at
        is_limited = (
            environ["REQUEST_METHOD"] in ("GET", "HEAD") and environ["PATH_INFO"] not in WITHOUT_LIMIT
        )
        return ANSWER_WITHIN_S if is_settled and is_limited else None

    def _leave(self, made: asyncio.Task[PageAnswer]) -> None:
        """Nobody waits for it; it keeps its place until it has ended."""
        self._left.add(made)
        made.add_done_callback(self._left.discard)
        made.add_done_callback(_closed)

    async def _refuse(
        self, environ: dict[str, str], status: HTTPStatus, send: Send, receive: Receive, *, lane: str = ""
    ) -> None:
        cookies = parse_cookie(environ.get("HTTP_COOKIE", "")[:4_096])
        page = refusal_of(
            self._pages.refusals,
            status,
            lane=lane,
            chosen=cookies.get(settings.LANGUAGE_COOKIE_NAME, ""),
            accepted=environ.get("HTTP_ACCEPT_LANGUAGE", "")[:200],
            theme=cookies.get("theme", ""),
        )
        headers = [*headers_of_every_answer().items(), *page.headers, ("Connection", "close")]
        answer = PageAnswer(page.status, headers, _one(page.body), _nothing)
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
            async for piece in answer.pieces:
                async with asyncio.timeout_at(begun + STALLED_S + sent / SLOWEST_BYTES_S):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                sent += len(piece)
            if before_end:
                await before_end()
            await send({"type": "http.response.body", "body": b""})
        except (TimeoutError, BrokenOffError) as error:
            raise StalledReaderError from error
        finally:
            answer.close()


async def _send_health(send: Send, *, is_ready: bool) -> None:
    """Asks nothing of anybody: whether a page process has said that it is there is known."""
    body = b'{"status": "ok"}' if is_ready else b'{"status": "starting"}'
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *((name.lower().encode(), value.encode()) for name, value in headers_of_every_answer().items()),
    ]
    status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _one(body: bytes) -> AsyncIterator[bytes]:
    yield body


def _closed(made: asyncio.Task[PageAnswer]) -> None:
    if not made.cancelled() and not made.exception():
        made.result().close()


def _nothing() -> None:
    """Nothing is open."""
