"""Page server: one process that makes pages by WSGI, in few threads, for the front that started it.

It owns no port. The front hands it a socket for each request over one that both keep; when that one is
closed, the front is gone and the process ends. A sign of life goes the other way every second.
"""

import asyncio
import contextlib
import socket
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import orjson

from screener.admission.environ import with_body
from screener.admission.frames import (
    PIECE_BYTES,
    BrokenOffError,
    Headers,
    head_frame,
    piece_frame,
    read_request,
)
from screener.admission.lanes import PAGES_OF_A_PROCESS

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

SWITCH_S: Final = 0.001
"""A thread that computes lets another in after this long."""

FILES_AT_ONCE: Final = 2
SIGN_OF_LIFE_S: Final = 1.0
ENDING_S: Final = 2.0
"""What is being made when the front has gone may be finished within this long."""


@dataclass(slots=True)
class MadePage:
    """What a page thread has made: a status, headers, and the pieces of a body."""

    status: int
    headers: Headers
    pieces: Iterator[bytes]
    close: Callable[[], None]


class PageServer:
    """Serves a WSGI application over the sockets that come by `control`."""

    def __init__(self, application: Application, control: socket.socket) -> None:
        sys.setswitchinterval(SWITCH_S)
        self._application, self._control = application, control
        self._pages = ThreadPoolExecutor(PAGES_OF_A_PROCESS, thread_name_prefix="page")
        self._files = ThreadPoolExecutor(FILES_AT_ONCE, thread_name_prefix="file")
        self._answering: set[asyncio.Task[None]] = set()

    async def serve(self, hello: Mapping[str, Any]) -> None:
        """Until the front is gone. `hello` is what it is told first, on a line of JSON."""
        loop, gone = asyncio.get_running_loop(), asyncio.Event()
        self._control.settimeout(0)
        await loop.sock_sendall(self._control, orjson.dumps(hello) + b"\n")
        loop.add_reader(self._control, self._take, gone)
        while not gone.is_set():
            with contextlib.suppress(OSError):  # The front is gone, or has not read for long.
                self._control.send(b".")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(gone.wait(), SIGN_OF_LIFE_S)
        if self._answering:
            await asyncio.wait(self._answering, timeout=ENDING_S)

    def _take(self, gone: asyncio.Event) -> None:
        try:
            sent, handles, _flags, _address = socket.recv_fds(self._control, 1, 1)
        except BlockingIOError:
            return
        except OSError:
            sent, handles = b"", []
        if not sent:
            asyncio.get_running_loop().remove_reader(self._control)
            gone.set()
        for handle in handles:
            task = asyncio.ensure_future(self._answer(socket.socket(fileno=handle)))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

    async def _answer(self, connection: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        reader, writer = await asyncio.open_connection(sock=connection)
        try:
            environ, body = await read_request(reader)
            page = await loop.run_in_executor(self._pages, self._made, with_body(environ, body))
            try:
                writer.write(head_frame(page.status, page.headers))
                while piece := await loop.run_in_executor(self._files, next, page.pieces, b""):
                    for start in range(0, len(piece), PIECE_BYTES):
                        writer.write(piece_frame(piece[start : start + PIECE_BYTES]))
                        await writer.drain()
                writer.write(piece_frame(b""))
                await writer.drain()
            finally:
                await loop.run_in_executor(self._files, page.close)
        except (BrokenOffError, OSError):  # The front has given it up: its reader has gone or stalls.
            return
        finally:
            writer.close()

    def _made(self, environ: dict[str, Any]) -> MadePage:
        """In a page thread: the whole response, unless it is a stream."""
        begun: list[Any] = []
        response: Any = self._application(
            environ, lambda status, headers, _error=None: begun.extend((status, headers))
        )
        close = getattr(response, "close", _nothing)
        if getattr(response, "streaming", False):
            pieces = iter(response)
        else:
            pieces = iter([b"".join(response)])
            close()
            close = _nothing
        return MadePage(int(begun[0].split(" ", 1)[0]), begun[1], pieces, close)


def _nothing() -> None:
    """What is closed already."""
