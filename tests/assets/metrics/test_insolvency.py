from datetime import timedelta

import numpy as np
import pytest

from tests.assets.metrics.batch import NOW, measured

LISTED = {"subject": "filed", "read_until": NOW}


def event(days_ago, subject, what, reasons="", accession="a"):
    filed_on = (NOW - timedelta(days=days_ago)).date()
    told = {"accession": accession, "subject": subject, "event": what, "filed_on": filed_on}
    return told | {"reasons": reasons, "form": "8-K"}


def found(*events, readings=(LISTED,)):
    return measured(kind="equity", filing_events=list(events), readings=list(readings))


@pytest.mark.parametrize(
    ("events", "level"),
    [
        ([], 0),
        ([event(30, "1.03", "bankruptcy")], 2),
        ([event(30, "1.03", "bankruptcy", "subsidiary")], 1),
        ([event(200, "1.03", "bankruptcy"), event(30, "1.03", "bankruptcy", "emerged", "b")], 1),
        ([event(200, "1.03", "bankruptcy", "emerged"), event(30, "1.03", "bankruptcy", "", "b")], 2),
        ([event(30, "1.03", "listed")], np.nan),
        ([event(740, "1.03", "bankruptcy")], 0),
    ],
)
def test_a_bankruptcy_is_pending_until_it_is_over(events, level):
    assert found(*events)["bankruptcy_level"] == pytest.approx(level, nan_ok=True)


def test_an_exchange_may_say_it_first():
    told = measured(kind="equity", venues={"financial_status": "deficient+bankrupt"})
    assert told["bankruptcy_level"] == 2
    assert np.isnan(measured(kind="equity", venues={"financial_status": "normal"})["bankruptcy_level"])


@pytest.mark.parametrize(
    ("what", "least", "most"),
    [("acceleration", 1, 1), ("prepayment", 0, 0), ("listed", 0, 1), ("undecided", 0, 1)],
)
def test_debt_is_called_early_or_repaid_early(what, least, most):
    measures = found(event(30, "2.04", what))
    assert (measures["debt_calls_24m"], measures["debt_calls_24m_most"]) == (least, most)


def test_without_a_list_only_what_is_known_is_known():
    assert np.isnan(found(readings=())["bankruptcy_level"])
    assert np.isnan(found(readings=())["debt_calls_24m"])
    assert found(event(30, "1.03", "bankruptcy"), readings=())["bankruptcy_level"] == 2
