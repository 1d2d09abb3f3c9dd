from datetime import date

import numpy as np
import pytest

from assets.metrics.measure import measure
from assets.metrics.witnesses import WITNESSES
from assets.metrics.witnesses.questioned import questioned
from assets.metrics.witnesses.recasts import other_basis, other_company
from tests.assets.metrics.batch import facts_of_one

REPORT = {"total_assets_usd": 9e6, "net_income_ttm_usd": 1e6, "shares_outstanding": 5e6}
ONLY = [each for each in WITNESSES if each.contradicts is other_basis]


@pytest.mark.parametrize(
    ("since", "is_known"),
    [(None, True), (date(2024, 9, 30), True), (date(2024, 10, 1), False), (date(2025, 9, 30), False)],
)
def test_a_year_ago_counts_where_it_is_of_the_same_basis(since, is_known):
    facts = facts_of_one(
        fundamentals=REPORT | {"period_ends_on": date(2025, 9, 30), "comparable_since": since},
        fundamentals_year_ago=REPORT | {"period_ends_on": date(2024, 9, 30), "net_income_ttm_usd": 0.5e6},
    )
    found = questioned(facts, witnesses=ONLY)
    assert measure(found, position_usd=5_000).iloc[0]["piotroski_known"] == (3 if is_known else 1)
    assert found.fundamentals.iloc[0]["net_income_ttm_usd"] == 1e6
    assert np.isnan(found.fundamentals_year_ago.iloc[0]["shares_outstanding"]) != is_known
    assert len(found.questions) == (0 if is_known else 3)


@pytest.mark.parametrize(
    ("became", "frames"),
    [
        (None, []),
        (date(2024, 9, 30), []),
        (date(2024, 10, 1), ["fundamentals_year_ago"]),
        (date(2025, 9, 30), ["fundamentals_year_ago"]),
        (date(2025, 10, 1), ["fundamentals", "fundamentals_year_ago"]),
    ],
)
def test_accounts_of_before_another_company_took_its_place_are_questioned(became, frames):
    facts = facts_of_one(
        fundamentals=REPORT | {"period_ends_on": date(2025, 9, 30)},
        fundamentals_year_ago=REPORT | {"period_ends_on": date(2024, 9, 30)},
        filings={"became_another_on": became},
    )
    only = [each for each in WITNESSES if each.contradicts is other_company]
    found = questioned(facts, witnesses=only).questions
    assert sorted(set(found["frame"])) == frames
    assert len(found) == 3 * len(frames)
