"""Readers of a house in an outage: the sentence that everybody is given, and what is read all the while."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median
from typing import Final

import httpx2

from tests.end_to_end.house import House
from tests.servers.waiting import until

HEALTHY_S: Final = 1.0
"""What waits for a server takes longer each time; what a busy machine holds up does now and then."""
MOST_HELD_UP_S: Final = 5.0
"""By what else the machine does: Docker asks again after that."""


def assert_said(house: House, words: Sequence[str], *, path: str = "/watchlists/") -> None:
    """Who is logged in and who is not read the same sentence; health is answered at once."""
    for logged_in in (True, False):
        answer = until(lambda who=logged_in: said(house, path if who else "/", who), "an answer of 503")
        assert_one_sentence(answer, words)
    assert_healthy(house)


def said(house: House, path: str, logged_in: bool) -> httpx2.Response | None:
    """The first answer of 503; a page that was read just before may be answered from memory."""
    answer = house.get(path, logged_in=logged_in)
    return answer if answer.status_code == 503 else None


def assert_one_sentence(answer: httpx2.Response, words: Sequence[str]) -> None:
    assert answer.status_code == 503, answer.status_code
    assert any(each in answer.text for each in words), answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["Retry-After"] == "10"


def assert_healthy(house: House) -> None:
    answers = [house.get("/healthz") for _time in range(3)]
    assert {each.status_code for each in answers} == {200}
    assert_at_once([each.elapsed.total_seconds() for each in answers])


def assert_at_once(taken_s: Sequence[float]) -> None:
    assert median(taken_s) < HEALTHY_S
    assert max(taken_s) < MOST_HELD_UP_S


@contextmanager
def healthy_throughout(house: House) -> Iterator[list[float]]:
    """Ask again and again whether it is alive, as containers do; gives the seconds of each answer."""
    taken_s: list[float] = []
    is_over = threading.Event()

    def ask() -> None:
        while not is_over.is_set():
            answer = house.get("/healthz")
            taken_s.append(answer.elapsed.total_seconds() if answer.status_code == 200 else float("inf"))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    try:
        until(lambda: taken_s or not asking.is_alive(), "a first answer")
        yield taken_s
        asked = len(taken_s)
        until(lambda: len(taken_s) > asked or not asking.is_alive(), "a last answer")
    finally:
        is_over.set()
        asking.join(60)
    assert_at_once(taken_s)


class Readers(threading.Thread):
    """Ask for every page in turn until they are stopped; `failed` is what came with another status."""

    def __init__(
        self, house: House, pages: Sequence[str], *, statuses: Sequence[int] = (200, 302, 404)
    ) -> None:
        super().__init__(daemon=True)
        self.house, self.pages, self.statuses = house, pages, statuses
        self.failed: list[tuple[str, int, str]] = []
        self.read = 0
        self._stopped_at_last = threading.Event()

    def run(self) -> None:
        while not self._stopped_at_last.is_set():
            for page in self.pages:
                answer = self.house.get(page, logged_in=bool(self.read % 2))
                self.read += 1
                if answer.status_code not in self.statuses:
                    self.failed.append((page, answer.status_code, answer.text[-2_000:]))

    def rounds(self, number: int) -> None:
        """Wait until everything has been read so often from now on."""
        wanted = self.read + number * len(self.pages)
        until(lambda: self.read >= wanted or not self.is_alive(), "a round of reading")

    def during(self, work: Callable[[], object]) -> None:
        """Read before, while and after this is done; nothing may fail."""
        self.start()
        try:
            self.rounds(2)
            work()
            self.rounds(4)
        finally:
            self._stopped_at_last.set()
            self.join(60)
        assert self.failed == []
