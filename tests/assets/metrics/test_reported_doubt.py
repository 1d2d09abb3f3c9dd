"""Going-concern doubt: whose word is the state today, and what a report says that nobody has read."""

from datetime import timedelta

import numpy as np
import pytest

from assets.metrics.reported_doubt import SPEAKS_FOR_A_YEAR_DAYS, SPEAKS_FOR_DAYS
from tests.assets.metrics.batch import NOW, measured

NONE, ALLEVIATED, STATED = 0, 1, 2
UNKNOWN = np.nan


def level(doubt, *reports, told_days_ago=100):
    """`reports` are form, days ago and what was read of each."""
    events = [
        {
            "accession": f"a-{number}",
            "form": form,
            "filed_on": (NOW - timedelta(days=days_ago)).date(),
            "subject": "document" if event in ("indexed", "nothing_decided") else "going_concern",
            "event": event,
        }
        for number, (form, days_ago, event) in enumerate(reports)
    ]
    at = (NOW - timedelta(days=told_days_ago)).date()
    filings = {"going_concern": doubt, "going_concern_at": at}
    return measured(kind="equity", filings=filings, filing_events=events)["going_concern_level"]


@pytest.mark.parametrize("doubt", ["none", "alleviated", "stated"])
@pytest.mark.parametrize("unread", ["listed", "indexed", "nothing_decided", "undecided"])
def test_an_annual_report_that_nobody_has_read_ends_the_word_of_an_earlier_one(doubt, unread):
    found = level(doubt, ("10-K", 100, "yes"), ("10-K", 5, unread))
    assert np.isnan(found)


@pytest.mark.parametrize(
    ("doubt", "expected"), [("none", UNKNOWN), ("alleviated", UNKNOWN), ("stated", STATED)]
)
def test_an_unread_quarterly_report_is_not_evidence_of_no_doubt(doubt, expected):
    assert level(doubt, ("10-K", 100, "no"), ("10-Q", 5, "listed")) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("doubt", "expected"), [("none", NONE), ("alleviated", ALLEVIATED), ("stated", STATED)]
)
def test_the_newest_report_speaks_for_today(doubt, expected):
    assert level(doubt, ("10-K", 100, "yes"), ("10-K", 465, "listed")) == expected
    assert level(doubt) == expected


def test_a_report_that_is_listed_and_read_is_read():
    reports = [("10-K", 100, "listed"), ("10-K", 100, "no")]
    events = [
        {
            "accession": "a",
            "form": form,
            "filed_on": (NOW - timedelta(days=days)).date(),
            "subject": "going_concern",
            "event": event,
        }
        for form, days, event in reports
    ]
    filings = {"going_concern": "none", "going_concern_at": (NOW - timedelta(days=200)).date()}
    assert measured(kind="equity", filings=filings, filing_events=events)["going_concern_level"] == NONE


@pytest.mark.parametrize(
    ("form", "days", "expected"),
    [
        ("10-K", SPEAKS_FOR_DAYS - 1, STATED),
        ("10-K", SPEAKS_FOR_DAYS + 1, UNKNOWN),
        ("20-F", SPEAKS_FOR_DAYS + 1, STATED),
        ("20-F", SPEAKS_FOR_A_YEAR_DAYS - 1, STATED),
        ("20-F", SPEAKS_FOR_A_YEAR_DAYS + 1, UNKNOWN),
    ],
)
def test_a_report_speaks_until_the_next_one_is_due(form, days, expected):
    found = level("stated", (form, days, "yes"), told_days_ago=days)
    assert found == pytest.approx(expected, nan_ok=True)


def test_an_8_k_that_nobody_has_read_says_nothing_of_it():
    assert level("none", ("8-K", 5, "listed")) == NONE
