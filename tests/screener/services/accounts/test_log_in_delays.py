from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.models import FailedLogIns
from screener.services.accounts.log_in_delays import ACCOUNT, PAIR, Patience, sources_of, succeeded, wait_s

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


def at(address, *, account="ana", browser=None):
    return sources_of(account=account, address=address, browser=browser)


def fail(sources, times, *, now=NOW):
    """Failed attempts, each as soon as it is looked at; the moment after them."""
    for _ in range(times):
        while wait := wait_s(sources, now=now):
            now += timedelta(seconds=wait)
    return now


@given(st.builds(Patience, st.just("p"), *(st.integers(1, 4_000) for _ in range(4))), st.integers(0, 10_000))
def test_waits_grow_and_have_an_end(patience, failures):
    wait = patience.wait_s(failures)
    assert 0 <= wait <= patience.longest_s
    assert wait <= patience.wait_s(failures + 1)
    assert (wait == 0) == (failures < patience.free)


@pytest.mark.django_db
def test_each_failure_doubles_the_wait_of_its_address():
    now = fail(at("198.51.100.1"), 5)
    waits = []
    for _ in range(4):
        waits.append(wait_s(at("198.51.100.1"), now=now))
        now = fail(at("198.51.100.1"), 1, now=now)
    assert waits == [3, 5, 9, 17]


@pytest.mark.django_db
def test_what_is_refused_makes_the_wait_no_longer():
    fail(at("198.51.100.1"), 5)
    first = wait_s(at("198.51.100.1"), now=NOW)
    for _ in range(20):
        assert wait_s(at("198.51.100.1"), now=NOW) == first


@pytest.mark.django_db
def test_a_stranger_at_another_address_keeps_nobody_out():
    now = fail(at("198.51.100.1"), 9)
    assert wait_s(at("198.51.100.1"), now=now) > 0
    assert wait_s(at("203.0.113.7"), now=now) == 0


@pytest.mark.django_db
def test_a_browser_that_is_known_is_kept_out_by_nobody():
    for place in range(60):
        wait_s(at(f"198.51.100.{place}"), now=NOW)
    assert wait_s(at("203.0.113.7"), now=NOW) > 0
    assert wait_s(at("203.0.113.7", browser="known"), now=NOW) == 0


@pytest.mark.django_db
def test_an_account_is_guessed_at_no_more_than_a_hundred_times_an_hour():
    """ASVS 2.2.1, from however many addresses; two hours side by side are 2 × `ACCOUNT.free` at most."""
    looked_at = [
        minute
        for minute in range(0, 180)
        for place in range(5)
        if not wait_s(at(f"198.51.{place}.{minute}"), now=NOW + timedelta(minutes=minute))
    ]
    assert max(sum(start <= each < start + 60 for each in looked_at) for start in range(120)) <= 100
    assert len(looked_at) == 3 * ACCOUNT.free


@pytest.mark.django_db
def test_whoever_guesses_at_many_accounts_is_slowed_by_their_address():
    waits = [wait_s(at("198.51.100.1", account=f"name-{each}"), now=NOW) for each in range(25)]
    assert waits[:20] == [0] * 20
    assert all(waits[20:])


@pytest.mark.django_db
def test_a_log_in_takes_its_own_attempt_back():
    sources = at("198.51.100.1")
    now = fail(sources, 4)
    assert wait_s(sources, now=now) == 0
    succeeded(sources, now=now)
    assert fail(sources, 4, now=now) == now
    assert sorted(FailedLogIns.objects.values_list("failures", flat=True)) == [4, 8, 8]


@pytest.mark.django_db
def test_own_log_ins_between_guesses_do_not_start_an_address_anew():
    now, looked_at = NOW, 0
    for each in range(40):
        looked_at += wait_s(at("198.51.100.1", account=f"name-{each}"), now=now) == 0
        own = at("198.51.100.1", account="mallory")
        if not wait_s(own, now=now):
            succeeded(own, now=now)
    assert looked_at <= 20


@pytest.mark.django_db
@pytest.mark.parametrize("moved", [timedelta(days=1), timedelta(days=-1)])
def test_a_clock_that_is_moved_keeps_nobody_out(moved):
    fail(at("198.51.100.1"), 9)
    assert wait_s(at("198.51.100.1"), now=NOW + moved) == 0


@pytest.mark.django_db
def test_what_is_past_is_not_kept():
    fail(at("198.51.100.1"), 3)
    wait_s(at("203.0.113.7", account="bea"), now=NOW + timedelta(seconds=PAIR.forget_s + 120))
    assert FailedLogIns.objects.count() == 3


def test_keys_tell_neither_names_nor_addresses():
    keys = [each.key for each in at("198.51.100.1", account="ana\ud800")]
    assert len({*keys}) == 3
    assert all(len(key) == 64 for key in keys)
