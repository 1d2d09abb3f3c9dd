from datetime import UTC, datetime, timedelta

import pytest

from assets.identity.known_lockers import LOCKERS
from assets.providers.evm_rpc.abi import Returned
from assets.providers.evm_rpc.lockers import (
    MOST_LOCKS,
    NEVER,
    Lock,
    lock_calls,
    lockers_on,
    locks_in,
    opens_at,
    still_locked,
)
from assets.sourcing.reading import RowReader
from tests.assets.providers.answers import NOW
from tests.assets.providers.evm_rpc.chain import words

PAIR, OWNER = "0x" + "aa" * 20, "0x" + "bb" * 20
UNCX = "0x663a5c229c09b049e36dcc11a9b0d4a8eb9db214"
SOON, LATER = NOW + timedelta(days=10), NOW + timedelta(days=400)


def seconds(moment):
    return int(moment.timestamp())


def uncx(amount, ends_at):
    return Returned.of(words(seconds(NOW), amount, amount, seconds(ends_at), 7, OWNER))


def pink(*locks):
    """getLocksForToken: lines of eleven words, the description's offset the last."""
    lines = [
        words(1, PAIR, OWNER, amount, seconds(NOW), seconds(ends), 0, 0, 0, unlocked, 352, 0)[2:]
        for amount, unlocked, ends in locks
    ]
    heads, at = "", 32 * len(lines)
    for line in lines:
        heads += f"{at:064x}"
        at += len(line) // 2
    return Returned.of(words(32, len(lines)) + heads + "".join(lines))


def test_lockers_of_positions_hold_no_shares():
    assert UNCX in lockers_on("ethereum")
    assert set(lockers_on("ethereum").values()) == {"UNCX", "Team Finance", "PinkLock"}
    assert lockers_on("nowhere") == {}
    assert len(LOCKERS) > 10


def test_what_is_asked_of_each_locker():
    assert len(lock_calls("UNCX", UNCX, PAIR)) == MOST_LOCKS
    (call,) = lock_calls("PinkLock", UNCX, PAIR)
    assert call.data.startswith("332f26d7")
    assert lock_calls("Team Finance", UNCX, PAIR) == ()


def test_locks_of_uncx():
    found = locks_in("UNCX", [uncx(5, SOON), None, uncx(0, LATER), Returned(b"")], RowReader())
    assert found == [Lock(5, SOON)]


def test_locks_of_pinklock_hold_what_was_not_given_back():
    found = locks_in("PinkLock", [pink((10, 4, LATER), (5, 5, SOON), (3, 9, SOON))], RowReader())
    assert found == [Lock(6, LATER)]
    assert locks_in("PinkLock", [None, Returned(b""), Returned.of(words(32, 2**255))], RowReader()) == []


def test_for_ever_is_the_last_moment_there_is():
    (lock,) = locks_in("UNCX", [Returned.of(words(0, 5, 5, 2**255, 7, OWNER))], RowReader())
    assert lock.ends_at == datetime.fromtimestamp(NEVER, UTC)
    (odd,) = locks_in("UNCX", [Returned.of(words(0, 5, 5, 1, 7, OWNER))], RowReader())
    assert odd.ends_at is None, "1970 is no end of anything"


@pytest.mark.parametrize(
    ("locks", "locked", "ends"),
    [
        ([Lock(100, SOON)], 100, SOON),
        ([Lock(90, LATER), Lock(10, SOON)], 100, SOON),
        ([Lock(99, LATER), Lock(1, SOON)], 100, LATER),  # next to nothing
        ([Lock(50, LATER)], 100, None),  # the other half's end is not known
        ([Lock(100, None)], 100, None),
        ([Lock(100, NOW - timedelta(days=9))], 100, NOW),
        ([], 100, None),
    ],
)
def test_a_lock_opens_with_the_first_part_that_matters(locks, locked, ends):
    assert opens_at(locks, locked=locked, total=100, now=NOW) == ends


def test_what_an_ended_lock_gives_back_is_not_locked():
    locks = {"a": [Lock(40, NOW - timedelta(days=1)), Lock(60, LATER)], "b": [Lock(99, NOW)]}
    assert still_locked(locks, {"a": 100}, NOW) == 60
    assert still_locked(locks, {"a": 30}, NOW) == 0
