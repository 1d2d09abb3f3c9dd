from datetime import date, timedelta

import pytest

from assets.providers.sec.events import AUDITOR_CHANGED, Filing, are_figures_withdrawn, events_since

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


def test_without_a_notice_nothing_is_withdrawn():
    assert not are_figures_withdrawn([told("8-K", 5, "4.01"), told("10-K/A", 9)])
    assert not are_figures_withdrawn([])
