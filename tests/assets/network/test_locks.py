import time

import pytest
from django.conf import settings

from assets.network import locks as leasing
from assets.network.locks import Leases

pytestmark = pytest.mark.broker


@pytest.fixture
def mine(valkey):
    return Leases(settings.BROKER_URL, owner="me")


@pytest.fixture
def theirs(valkey):
    return Leases(settings.BROKER_URL, owner="them")


def test_a_lease_has_one_owner_who_may_take_it_again(mine, theirs):
    assert mine.take("step:1")
    assert not theirs.take("step:1")
    assert mine.take("step:1")
    mine.give_back("step:1")
    assert theirs.take("step:1")


def test_nobody_gives_back_what_is_not_his(mine, theirs):
    assert mine.take("step:1")
    theirs.give_back("step:1")
    assert not theirs.take("step:1")


def test_the_first_free_one_is_taken(mine, theirs):
    lanes = ("lane:0", "lane:1")
    assert mine.take_one(lanes) == "lane:0"
    assert theirs.take_one(lanes) == "lane:1"
    assert Leases(settings.BROKER_URL, owner="late").take_one(lanes) == ""


def test_what_a_dead_owner_held_becomes_free_and_what_a_living_one_holds_does_not(mine, theirs, monkeypatch):
    monkeypatch.setattr(leasing, "LEASE_S", 0.3)
    monkeypatch.setattr(leasing, "RENEWED_EACH_S", 0.1)
    assert mine.take("step:dead")
    with theirs.renewed():
        assert theirs.take("step:living")
        time.sleep(0.6)
        late = Leases(settings.BROKER_URL, owner="late")
        assert late.take("step:dead")
        assert not late.take("step:living")


def test_an_owner_who_comes_back_keeps_his_place(mine, theirs, monkeypatch):
    monkeypatch.setattr(leasing, "LEASE_S", 0.1)
    assert mine.take("lane:0")
    mine.keep_for("lane:0", 5)
    time.sleep(0.3)
    assert not theirs.take("lane:0")
    assert Leases(settings.BROKER_URL, owner="me").take("lane:0")
