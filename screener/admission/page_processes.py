"""Page processes, as the front has them: started, watched, replaced, and asked for pages.

The front makes no page itself, so that no page, whatever it computes, keeps it from answering. A process
that gives no sign of life for long is held up by something that can't be given up, and is replaced.
"""

import asyncio
import contextlib
import os
import socket
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
import structlog

from screener.admission.frames import BrokenOffError, Headers, read_head, read_pieces, request_frame
from screener.admission.gate import BusyError
from screener.admission.lanes import PAGES_OF_A_PROCESS

log = structlog.get_logger(__name__)

MEMORY: Final = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "1000000",
    "MALLOC_TRIM_THRESHOLD_": "4000000",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
"""Of glibc: what a large answer needed goes back to the system once it is made."""

PIECE: Final = 65_536
SILENT_S: Final = 30.0
STARTING_S: Final = 120.0
AGAIN_S: Final = 1.0
"""Between the end of a process and its successor."""


@dataclass(slots=True)
class PageAnswer:
    """A page: status, headers, and pieces, which are made while they are sent; `close` when they are not."""

    status: int
    headers: Headers
    pieces: AsyncIterator[bytes]
    close: Any


class PageProcess:
    """One process, its socket, and what it works on by address."""

    def __init__(self, command: Sequence[str]) -> None:
        self.control, theirs = socket.socketpair()
        self.control.settimeout(0)
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                [*command, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**MEMORY, **os.environ},
            )
        self.at_work: Counter[str] = Counter()
        self.is_ready = False

    async def hello(self) -> dict[str, Any]:
        """What it says first; `BrokenOffError` where it ends before, or never comes to it."""
        said = b""
        while b"\n" not in said:
            said += await self._heard(STARTING_S)
        self.is_ready = True
        hello: dict[str, Any] = orjson.loads(said.partition(b"\n")[0])
        return hello

    async def until_gone(self) -> None:
        """Until it has ended or is silent for too long."""
        with contextlib.suppress(BrokenOffError):
            while await self._heard(SILENT_S):
                pass

    def end(self) -> None:
        self.is_ready = False
        self.control.close()
        self.process.kill()
        self.process.wait()

    async def ask(self, environ: dict[str, str], body: bytes, *, address: str) -> PageAnswer:
        """The page when it has been begun; `BrokenOffError` where the process ends before that."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self.control, [b"r"], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise BrokenOffError from error
        reader, writer = await asyncio.open_connection(sock=ours)
        self.at_work[address] += 1
        try:
            writer.write(request_frame(environ, body))
            status, headers = await read_head(reader)
        except BaseException:
            writer.close()
            raise
        finally:
            self.at_work[address] -= 1
            self.at_work += Counter()
        return PageAnswer(status, headers, read_pieces(reader), writer.close)

    async def _heard(self, within_s: float) -> bytes:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(within_s):
                if heard := await loop.sock_recv(self.control, PIECE):
                    return heard
        except (TimeoutError, OSError) as error:
            raise BrokenOffError from error
        raise BrokenOffError


class PageProcesses:
    """`count` processes of this command, started at once and watched from the first call of `keep` on."""

    def __init__(self, command: Sequence[str], *, count: int) -> None:
        self._command = command
        self.processes = [PageProcess(command) for _place in range(count)]
        self.refusals: Mapping[str, Any] = {}
        self._ready = asyncio.Event()
        self._keepers: list[asyncio.Task[None]] = []

    @property
    def at_once(self) -> int:
        """Pages that are made at once."""
        return len(self.processes) * PAGES_OF_A_PROCESS

    @property
    def is_ready(self) -> bool:
        return any(each.is_ready for each in self.processes)

    def keep(self) -> None:
        """Watch them in the running event loop."""
        if not self._keepers:
            self._keepers = [asyncio.create_task(self._kept(place)) for place in range(len(self.processes))]

    async def answer(self, environ: dict[str, str], body: bytes, *, address: str) -> PageAnswer:
        """The page; `BusyError` where no process could make it."""
        await self._ready.wait()
        try:
            return await self._chosen(address).ask(environ, body, address=address)
        except (BrokenOffError, OSError) as error:  # Such as too many files that are open.
            raise BusyError from error

    def _chosen(self, address: str) -> PageProcess:
        """One that works for this address already, so that another one is left to others; else the idlest."""
        able = [each for each in self.processes if each.is_ready]
        if not able:
            raise BusyError
        near = [each for each in able if each.at_work[address] and each.at_work.total() < PAGES_OF_A_PROCESS]
        return max(near, key=lambda each: each.at_work[address], default=min(able, key=_work))

    async def _kept(self, place: int) -> None:
        while True:
            process = self.processes[place]
            try:
                self.refusals = (await process.hello())["refusals"]
                self._ready.set()
                await process.until_gone()
            except BrokenOffError:
                pass
            process.end()
            if not self.is_ready:
                self._ready.clear()
            log.warning("page process has ended", pid=process.process.pid, status=process.process.returncode)
            await asyncio.sleep(AGAIN_S)
            self.processes[place] = PageProcess(self._command)


def _work(process: PageProcess) -> int:
    return process.at_work.total()
