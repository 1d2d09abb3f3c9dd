from datetime import timedelta

import numpy as np
import pytest

from assets.metrics.facts import Facts
from assets.metrics.splits import COVER_DAYS, YEAR_DAYS, share_ratio, year_ratio
from tests.assets.metrics.batch import NOW, facts_of_one
from tests.assets.metrics.companies import ENDED_BEFORE, ENDED_ON, two_reports

NAN = np.nan


def split(*, days_before_the_end, ratio=0.1, event="reverse_split"):
    return {"event": event, "happened_on": ENDED_ON - timedelta(days=days_before_the_end), "ratio": ratio}


@pytest.mark.parametrize(
    ("capital", "expected"),
    [
        ([], 1),
        ([split(days_before_the_end=30)], 0.1),
        ([split(days_before_the_end=0)], 0.1),
        ([split(days_before_the_end=30, ratio=3, event="split")], 3),
        ([split(days_before_the_end=30), split(days_before_the_end=60, ratio=0.5)], 0.05),
        ([split(days_before_the_end=30, event="offering", ratio=7)], 1),
        ([split(days_before_the_end=30, ratio=None)], NAN),
        ([split(days_before_the_end=30, ratio=0)], NAN),
        ([split(days_before_the_end=30, ratio=1e308, event="split")] * 2, NAN),
    ],
)
def test_the_splits_of_the_year_multiply(capital, expected):
    assert share_ratio(two_reports(capital=capital)) == pytest.approx([expected], nan_ok=True)


@pytest.mark.parametrize(
    ("happened_on", "expected"),
    [
        (ENDED_BEFORE, 1),
        (ENDED_BEFORE + timedelta(days=1), NAN),
        (ENDED_BEFORE + timedelta(days=COVER_DAYS), NAN),
        (ENDED_BEFORE + timedelta(days=COVER_DAYS + 1), 0.1),
        (ENDED_ON, 0.1),
        (ENDED_ON + timedelta(days=1), NAN),
        (ENDED_ON + timedelta(days=COVER_DAYS + 1), 1),
        (None, NAN),
    ],
)
def test_a_split_near_the_day_on_which_the_shares_were_counted_settles_nothing(happened_on, expected):
    capital = [{"event": "reverse_split", "happened_on": happened_on, "ratio": 0.1}]
    assert share_ratio(two_reports(capital=capital)) == pytest.approx([expected], nan_ok=True)


@pytest.mark.parametrize("changes", [{"now": {"period_ends_on": None}}, {"before": {"period_ends_on": None}}])
def test_between_unknown_days_nothing_is_known(changes):
    assert np.isnan(share_ratio(two_reports(**changes)))


def test_a_company_without_reports_is_not_known():
    facts = Facts.of(now=NOW, assets=[{"asset_id": 1, "kind": "equity"}])
    assert np.isnan(share_ratio(facts))


# Of the last twelve months -------------------------------------------------------------


def ago(days, ratio=0.1, event="reverse_split"):
    return {"event": event, "happened_on": NOW - timedelta(days=days), "ratio": ratio}


@pytest.mark.parametrize(
    ("capital", "expected"),
    [
        ([], 1),
        ([ago(100)], 0.1),
        ([ago(100, 2, "split")], 2),
        ([ago(100), ago(10, 4, "split")], 0.4),
        ([ago(0)], 0.1),
        ([ago(YEAR_DAYS)], 0.1),
        ([ago(YEAR_DAYS + 1)], 1),
        ([ago(-1)], 1),
        ([ago(100, 7, "offering")], 1),
        ([ago(100, None)], NAN),
        ([ago(100, 0)], NAN),
        ([ago(100, -2)], NAN),
        ([ago(YEAR_DAYS + 1, None)], 1),
        ([ago(100, 1e308, "split")] * 2, NAN),
        ([ago(100, 1e-308)] * 2, NAN),
    ],
)
def test_one_share_of_a_year_ago_is_so_many_of_today(capital, expected):
    assert year_ratio(facts_of_one(kind="equity", capital=capital)) == pytest.approx([expected], nan_ok=True)


def test_each_company_has_its_own_splits():
    facts = Facts.of(
        now=NOW,
        assets=[{"asset_id": number, "kind": "equity"} for number in (1, 2, 3)],
        capital=[{"asset_id": 3, **ago(100)}, {"asset_id": 1, **ago(100, 2, "split")}],
    )
    assert year_ratio(facts).tolist() == [2, 1, 0.1]


def test_of_nobody_there_is_nothing_to_tell():
    assert year_ratio(Facts.of(now=NOW, assets=[])).tolist() == []
