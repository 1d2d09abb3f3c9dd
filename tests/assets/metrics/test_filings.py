from datetime import timedelta

import numpy as np
import pytest

from assets.metrics.reported_doubt import GOING_CONCERN_LEVELS
from tests.assets.metrics.batch import NOW, measured


@pytest.mark.parametrize(("doubt", "level"), [("none", 0), ("alleviated", 1), ("stated", 2)])
def test_going_concern(doubt, level):
    assert GOING_CONCERN_LEVELS.index(doubt) == level
    assert measured(kind="equity", filings={"going_concern": doubt})["going_concern_level"] == level


def test_no_word_about_going_concern_is_no_answer():
    assert np.isnan(measured(kind="equity", filings={"going_concern": ""})["going_concern_level"])


def test_what_was_filed():
    found = measured(
        kind="equity",
        filings={
            "filings_due_24m": 8,
            "filings_late_24m": 1,
            "filings_missing_24m": 0,
            "last_filed_on": (NOW - timedelta(days=30)).date(),
        },
    )
    names = ["filings_due_24m", "filings_late_24m", "filings_missing_24m", "last_filed_days"]
    assert found[names].tolist() == pytest.approx([8, 1, 0, 30.5])


@pytest.mark.parametrize(("due", "late"), [(1, 0), (None, 0), (0, np.nan)])
def test_who_owed_no_report_filed_none_on_time(due, late):
    """A company that has left the register, or whose first report is not due yet."""
    filings = {"filings_due_24m": due, "filings_late_24m": 0, "filings_missing_24m": 0}
    found = measured(kind="equity", filings=filings)
    assert found[["filings_late_24m", "filings_missing_24m"]].tolist() == pytest.approx(
        [late] * 2, nan_ok=True
    )


@pytest.mark.parametrize(
    ("changes", "restatements", "troubles"),
    [
        (0, 0, 0),
        (1, 0, 1),
        (0, 1, 1),
        (1, 2, 3),
        (None, 0, np.nan),
        (0, None, np.nan),
        (-1, 2, np.nan),
        (None, None, np.nan),
    ],
)
def test_changes_of_the_auditor_and_restatements_are_troubles(changes, restatements, troubles):
    found = measured(
        kind="equity", filings={"auditor_changes_24m": changes, "restatements_24m": restatements}
    )["auditor_troubles_24m"]
    assert found == pytest.approx(troubles, nan_ok=True)
