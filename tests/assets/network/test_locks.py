import threading

import pytest
from django.conf import settings

from assets.network import locks
from assets.network.brokers import broker_at
from assets.network.locks import Locks
from tests.servers.waiting import until

pytestmark = pytest.mark.broker


@pytest.fixture
def mine(valkey):
    return Locks(settings.BROKER_URL, owner="me")


@pytest.fixture
def theirs(valkey):
    return Locks(settings.BROKER_URL, owner="them")


def test_a_lock_has_one_owner_who_may_acquire_it_again(mine, theirs):
    assert mine.acquire("step:1")
    assert not theirs.acquire("step:1")
    assert mine.acquire("step:1")
    mine.release("step:1")
    assert theirs.acquire("step:1")


def test_nobody_releases_what_is_not_his(mine, theirs):
    assert mine.acquire("step:1")
    theirs.release("step:1")
    assert not theirs.acquire("step:1")


def test_of_many_who_try_at_once_one_gets_it(valkey):
    together = threading.Barrier(8)
    got = []

    def try_it(number):
        owner = Locks(settings.BROKER_URL, owner=f"owner {number}")
        together.wait()
        got.append(owner.acquire("step:1"))

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False] * 7 + [True]


def test_the_first_free_one_is_acquired(mine, theirs):
    slots = ("slot:0", "slot:1")
    assert mine.acquire_one(slots) == "slot:0"
    assert theirs.acquire_one(slots) == "slot:1"
    assert Locks(settings.BROKER_URL, owner="late").acquire_one(slots) == ""


def test_what_a_dead_owner_held_becomes_free_and_what_a_living_one_holds_does_not(mine, theirs, monkeypatch):
    monkeypatch.setattr(locks, "LOCK_S", 1.0)
    monkeypatch.setattr(locks, "EXTENDED_EACH_S", 0.1)
    assert mine.acquire("step:dead")
    with theirs.kept_alive():
        assert theirs.acquire("step:living")
        late = Locks(settings.BROKER_URL, owner="late")
        until(lambda: late.acquire("step:dead"), "the end of a dead owner's lock")
        assert not late.acquire("step:living")


def test_who_has_lost_a_lock_does_not_keep_the_next_owners_alive(mine, theirs, monkeypatch):
    """A process that was stopped for longer than its lock lives goes on while another holds it."""
    broker, lost, held = broker_at(settings.BROKER_URL), "assay:lock:step:1", "assay:lock:step:2"
    assert mine.acquire("step:1")
    assert mine.acquire("step:2")
    broker.delete(lost)
    assert theirs.acquire("step:1")
    monkeypatch.setattr(locks, "LOCK_S", 3_600)
    monkeypatch.setattr(locks, "EXTENDED_EACH_S", 0.05)
    with mine.kept_alive():
        for _round in range(2):
            broker.pexpire(lost, 600_000)
            broker.pexpire(held, 600_000)
            until(lambda: broker.pttl(held) > 600_000, "an extension of what is held")
        mine.extend("step:1", 3_600)
    assert broker.pttl(lost) <= 600_000


def test_an_owner_who_comes_back_keeps_his_place(mine, theirs, monkeypatch):
    monkeypatch.setattr(locks, "LOCK_S", 60)
    assert mine.acquire("slot:0")
    mine.extend("slot:0", 600)
    assert broker_at(settings.BROKER_URL).pttl("assay:lock:slot:0") > 60_000
    assert not theirs.acquire("slot:0")
    assert Locks(settings.BROKER_URL, owner="me").acquire("slot:0")


def test_a_lock_of_a_broker_whose_clock_was_a_day_ahead_is_free(mine, theirs):
    assert theirs.acquire("scoring")
    broker_at(settings.BROKER_URL).pexpire("assay:lock:scoring", 86_400_000)
    assert mine.acquire("scoring")
    assert not theirs.acquire("scoring")
