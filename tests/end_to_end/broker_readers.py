"""Readers who need the broker: forms whose attempts it counts, an order that waits for it; and who don't."""

from collections.abc import Sequence

import httpx2

from tests.end_to_end.house import House
from tests.end_to_end.readers import assert_healthy, assert_one_sentence
from tests.servers.waiting import until

SAVED = "The refresh is saved and starts by itself when the broker takes it."
AT_ONCE_S = 20.0
"""What a broker that stands still may cost a form, with all that it asks of it."""


def forms_answer(house: House) -> list[httpx2.Response]:
    """Of one for who is not logged in, and one for who is."""
    return [
        house.post("/accounts/password/reset/", logged_in=False, email="somebody@example.com"),
        house.post("/accounts/password/set/", password1="x", password2="y"),  # Too short: nothing changes.
    ]


def assert_broker_missed(house: House, words: Sequence[str]) -> None:
    """An order is kept, whoever needs it is given one sentence, and pages without it are as ever."""
    ordered = order(house, "market")
    assert SAVED in ordered
    assert any(each in ordered for each in words), "the order says what is wrong as well"
    for answer in forms_answer(house):
        assert_one_sentence(answer, words)
        assert answer.elapsed.total_seconds() < AT_ONCE_S
    for logged_in in (True, False):
        for path in ("/", "/data/", "/accounts/login/"):
            answer = house.get(path, logged_in=logged_in)
            assert answer.status_code == (302 if logged_in and "login" in path else 200), path
            assert answer.elapsed.total_seconds() < AT_ONCE_S
    assert_healthy(house)


def order(house: House, family: str) -> str:
    """The page that follows an order of who is logged in."""
    answer = house.post("/data/refresh/", follow=True, provider="sandbox", family=family)
    assert answer.status_code == 200
    assert sum(each.elapsed.total_seconds() for each in (*answer.history, answer)) < AT_ONCE_S
    return answer.text


def assert_at_work_again(house: House) -> None:
    """Without a hand: who needs the broker is served, what was ordered is done, and all parts say so."""
    until(lambda: house.answers("/readyz"), "readiness")
    counted = (200, 302, 429)  # Of a form that was sent often enough the broker says so.
    until(lambda: all(each.status_code in counted for each in forms_answer(house)), "forms that are taken")
    until(lambda: house.ask("c.is_at_rest()"), "the end of what was ordered")
    assert house.ask("c.faults()") == {}
