from datetime import date, timedelta

import pytest

from assets.providers.sec.events import (
    AUDITOR_CHANGED,
    Filing,
    are_figures_withdrawn,
    became_another_on,
    business_changed_on,
    events_since,
)

START = date(2025, 1, 1)


def told(form, day, *items):
    return Filing(form, START + timedelta(days=day), None, items)


@pytest.mark.parametrize(
    ("filings", "count"),
    [
        ([], 0),
        ([told("8-K", 10, "4.01", "9.01")], 1),
        ([told("8-K", 10, "4.01"), told("8-K/A", 18, "4.01")], 1),
        # One leaves, the next is chosen.
        ([told("8-K", 10, "4.01"), told("8-K", 45, "4.01"), told("8-K/A", 60, "4.01")], 1),
        ([told("8-K", 10, "4.01"), told("8-K", 200, "4.01")], 2),
        ([told("8-K", 10, "4.02"), told("6-K", 20, "4.01")], 0),
        # An amendment of what was told before belongs to that day.
        ([told("8-K", -5, "4.01"), told("8-K/A", 30, "4.01")], 0),
        ([told("8-K", -300, "4.01"), told("8-K", 30, "4.01")], 1),
    ],
)
def test_an_event_counts_once_in_however_many_filings(filings, count):
    assert len(events_since(filings, AUDITOR_CHANGED, START)) == count
    assert len(events_since(filings[::-1], AUDITOR_CHANGED, START)) == count


NOTICE = told("8-K", 100, "4.02", "9.01")


@pytest.mark.parametrize(
    ("others", "still"),
    [
        ([], True),
        ([told("10-K", 50), told("10-K/A", 60)], True),
        ([told("10-Q", 130)], True),
        ([told("10-K/A", 100)], False),
        ([told("10-Q/A", 130)], False),
        ([told("10-K", 160)], False),
        ([told("10-K/A", 130), told("8-K/A", 140, "4.02")], False),
        ([told("10-K/A", 130), told("8-K", 200, "4.02")], True),
    ],
)
def test_figures_are_withdrawn_until_they_are_amended(others, still):
    assert are_figures_withdrawn([NOTICE, *others]) == still


def test_an_amendment_without_a_notice_before_it_is_one():
    assert are_figures_withdrawn([told("10-K", 50), told("8-K/A", 100, "4.02")])
    assert not are_figures_withdrawn([told("8-K/A", 100, "4.02"), told("10-K/A", 130)])


def report(form, day, period, *, size=0):
    return Filing(form, START + timedelta(days=day), START + timedelta(days=period), (), size)


YEAR, QUARTER = report("10-K", 50, -1, size=9_000_000), report("10-Q", 90, 60, size=6_000_000)


@pytest.mark.parametrize(
    ("others", "still"),
    [
        ([report("10-K/A", 130, -1)], True),
        ([report("10-K/A", 130, -1), report("10-Q/A", 130, 60)], False),
        ([report("10-Q/A", 130, 60)], False),
        ([report("10-Q/A", 130, -31)], True),
        ([report("10-K", 430, 364)], False),
        ([report("10-Q/A", 130, 60, size=5_900_000)], False),
        ([report("10-Q/A", 130, 60, size=2_100_000)], False),
        ([report("10-Q/A", 130, 60, size=1_900_000)], True),
        # The next quarter's report came after the notice: what amends it restates nothing that was withdrawn.
        ([report("10-Q", 130, 120), report("10-Q/A", 136, 120)], True),
        ([report("10-Q", 130, 120, size=6_000_000), report("10-Q/A", 136, 120, size=5_900_000)], True),
        ([report("10-Q", 130, 120), report("10-Q/A", 136, 120), report("10-Q/A", 140, 60)], False),
        ([report("10-Q", 130, 120), report("10-Q/A", 136, 120), report("10-K", 430, 364)], False),
        # Nobody reports a quarter of two years later in place of the year.
        ([report("10-Q", 130, 120)], True),
    ],
)
def test_what_amends_an_older_period_or_holds_no_accounts_leaves_the_notice_standing(others, still):
    assert are_figures_withdrawn([YEAR, QUARTER, NOTICE, *others]) == still
    assert are_figures_withdrawn([*others, NOTICE, QUARTER, YEAR]) == still


@pytest.mark.parametrize(
    ("size", "still"), [(9_000_000, False), (3_100_000, False), (538_000, True), (0, False)]
)
def test_directors_and_their_pay_are_no_amended_accounts(size, still):
    """A 10-K without part III is followed by a 10-K/A that holds nothing else."""
    assert are_figures_withdrawn([YEAR, NOTICE, report("10-K/A", 115, -1, size=size)]) == still


@pytest.mark.parametrize(
    ("items", "bought_or_sold", "another"),
    [
        (("1.01", "9.01"), False, False),
        (("2.01", "9.01"), True, False),
        (("2.01", "5.01", "5.02"), True, True),
        (("5.01",), False, False),
        (("5.06",), False, True),
    ],
)
@pytest.mark.parametrize("form", ["8-K", "8-K/A", "8-K12B"])
def test_what_was_bought_sold_and_merged(form, items, bought_or_sold, another):
    filings = [told("8-K", 3, "8.01"), Filing(form, START, START - timedelta(days=4), items)]
    day = START - timedelta(days=4)
    assert business_changed_on(filings) == (day if bought_or_sold else None)
    assert became_another_on(filings) == (day if another else None)


def test_the_last_event_counts_and_other_forms_tell_none():
    filings = [
        told("8-K", 5, "2.01"),
        told("8-K", 50, "2.01"),
        told("10-K", 90, "2.01"),
        told("6-K", 99, "5.06"),
    ]
    assert business_changed_on(filings) == START + timedelta(days=50)
    assert became_another_on(filings) is None


def test_without_a_notice_nothing_is_withdrawn():
    assert not are_figures_withdrawn([told("8-K", 5, "4.01"), told("10-K/A", 9)])
    assert not are_figures_withdrawn([])
