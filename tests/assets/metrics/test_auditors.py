from datetime import timedelta

import numpy as np
import pytest

from tests.assets.metrics.batch import NOW, measured

NAMES = [
    "auditor_troubles_24m",
    "auditor_troubles_24m_most",
    "auditor_dismissals_24m",
    "auditor_resignations_24m",
]


def event(days_ago, what, reasons="", form="8-K"):
    filed_on = (NOW - timedelta(days=days_ago)).date()
    told = {"accession": f"a{days_ago}", "subject": "4.01", "event": what, "filed_on": filed_on}
    return told | {"reasons": reasons, "form": form}


def found(*events, changes=1, restatements=0):
    filings = {"auditor_changes_24m": changes, "restatements_24m": restatements}
    return measured(kind="equity", filings=filings, filing_events=list(events))[NAMES].tolist()


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([event(30, "auditor_dismissed")], [1, 1, 1, 0]),
        ([event(30, "auditor_resigned")], [1, 1, 0, 1]),
        ([event(30, "auditor_declined_reelection")], [1, 1, 0, 1]),
        ([event(30, "auditor_resigned", "firm_sold going_concern")], [0, 0, 0, 0]),
        ([event(30, "auditor_dismissed", "firm_left_business")], [0, 0, 0, 0]),
        ([event(50, "auditor_resigned"), event(30, "auditor_engaged")], [1, 1, 0, 1]),
        ([event(170, "auditor_dismissed"), event(30, "listed", form="8-K/A")], [1, 1, 1, 0]),
        ([event(30, "listed")], [0, 1, 0, 0]),
        ([event(30, "undecided")], [0, 1, 0, 0]),
        ([event(30, "auditor_engaged")], [1, 1, 0, 0]),
        ([], [1, 1, 0, 0]),
    ],
)
def test_what_a_change_was(events, expected):
    assert found(*events) == expected


def test_two_changes_far_apart_are_two():
    events = [event(300, "auditor_dismissed"), event(30, "auditor_resigned")]
    assert found(*events, changes=2, restatements=1) == [3, 3, 1, 1]


DISMISSED, ENGAGED = "auditor_dismissed", "auditor_engaged"


@pytest.mark.parametrize(
    ("events", "changes", "expected"),
    [
        ([event(110, DISMISSED), event(30, ENGAGED)], 2, [1, 1, 1, 0]),
        ([event(395, DISMISSED), event(30, ENGAGED)], 2, [1, 1, 1, 0]),
        ([event(397, DISMISSED), event(30, ENGAGED)], 2, [2, 2, 1, 0]),
        # A list from before the engagement knows of one change, and one it was.
        ([event(110, DISMISSED), event(30, ENGAGED)], 1, [1, 1, 1, 0]),
        ([event(110, "auditor_resigned", "firm_sold"), event(30, ENGAGED)], 2, [0, 0, 0, 0]),
        # Who came is told already: this one came after somebody else.
        ([event(330, DISMISSED), event(300, ENGAGED), event(30, ENGAGED)], 2, [2, 2, 1, 0]),
        ([event(300, DISMISSED), event(200, ENGAGED), event(30, ENGAGED)], 3, [2, 2, 1, 0]),
        # Whoever came left again.
        ([event(200, DISMISSED), event(60, ENGAGED), event(30, DISMISSED)], 2, [2, 2, 2, 0]),
        # What nobody has read may be about anything.
        ([event(110, "listed"), event(30, ENGAGED)], 2, [1, 2, 0, 0]),
        ([event(110, DISMISSED), event(30, "listed")], 2, [1, 2, 1, 0]),
    ],
)
def test_who_comes_long_after_somebody_left_makes_one_change(events, changes, expected):
    assert found(*events, changes=changes) == expected


def test_without_a_list_nothing_is_known():
    assert np.isnan(found(event(30, "auditor_dismissed"), changes=None)).all()
