import asyncio
import errno
import sys
import time
from unittest.mock import Mock

import pytest

from screener.admission import page_processes
from screener.admission.gate import BusyError
from screener.admission.lanes import PAGES_OF_A_PROCESS
from screener.admission.page_processes import PageProcesses

COMMAND = (sys.executable, "-m", "tests.screener.admission.small_pages")
PATIENCE_S = 30


def with_pages(act, *, count=1):
    """What `act` returns, which is called with processes that are ready."""

    async def run():
        pages = PageProcesses(COMMAND, count=count)
        try:
            pages.keep()
            await until(lambda: all(each.is_ready for each in pages.processes))
            return await act(pages)
        finally:
            for task in pages._keepers:
                task.cancel()
            for each in pages.processes:
                each.end()

    return asyncio.run(run())


async def until(holds):
    give_up_at = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < give_up_at
        await asyncio.sleep(0.01)


async def asked(pages, path="/", body=b"", address="192.0.2.1"):
    answer = await pages.answer({"PATH_INFO": path}, body, address=address)
    pieces = [piece async for piece in answer.pieces]
    answer.close()
    return answer.status, dict(answer.headers), b"".join(pieces)


def test_a_page_is_made_in_another_process():
    async def act(pages):
        found = await asked(pages, body=b"x" * 300_000)
        return found, pages.processes[0].process.pid, pages.refusals

    (status, headers, body), pid, refusals = with_pages(act)
    assert (status, headers) == (200, {"X-Process": str(pid)})
    assert body == b"read " + b"x" * 300_000
    assert refusals == {"en": {}}


def test_a_process_that_dies_is_replaced_and_its_readers_come_again(monkeypatch):
    monkeypatch.setattr(page_processes, "AGAIN_S", 0.01)

    async def act(pages):
        first = pages.processes[0]
        with pytest.raises(BusyError):
            await asked(pages, "/gone")
        await until(lambda: pages.processes[0] is not first and pages.is_ready)
        return await asked(pages)

    assert with_pages(act)[0] == 200


def test_a_server_with_too_many_files_open_is_busy(monkeypatch):
    async def ask(pages):
        monkeypatch.setattr(page_processes.socket, "socketpair", Mock(side_effect=OSError(errno.EMFILE, "")))
        with pytest.raises(BusyError):
            await pages.answer({"PATH_INFO": "/"}, b"", address="a")

    with_pages(ask)


def test_a_process_that_is_silent_is_replaced(monkeypatch):
    monkeypatch.setattr(page_processes, "AGAIN_S", 0.01)
    monkeypatch.setattr(page_processes, "SILENT_S", 3)

    async def act(pages):
        with pytest.raises(BusyError):
            await asked(pages, "/silent")
        await until(lambda: pages.is_ready)
        return await asked(pages)

    assert with_pages(act)[0] == 200


def test_what_an_address_asks_for_stays_in_one_process_while_there_is_room():
    async def act(pages):
        flood = [asyncio.create_task(asked(pages, "/slow", address="a")) for _ in range(PAGES_OF_A_PROCESS)]
        await until(lambda: sum(each.at_work["a"] for each in pages.processes) == PAGES_OF_A_PROCESS)
        reader = asyncio.create_task(asked(pages, "/slow", address="b"))
        return [(await each)[1]["X-Process"] for each in (*flood, reader)]

    *flood, reader = with_pages(act, count=2)
    assert len({*flood}) == 1
    assert reader not in flood


def test_nobody_is_answered_before_a_process_is_ready():
    async def run():
        pages = PageProcesses((sys.executable, "-c", "import time; time.sleep(60)"), count=1)
        try:
            pages.keep()
            assert not pages.is_ready
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await asked(pages)
        finally:
            for task in pages._keepers:
                task.cancel()
            pages.processes[0].end()

    asyncio.run(run())
