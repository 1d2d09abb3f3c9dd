from datetime import timedelta

import pytest

from assets.metrics import families
from screener.checklist import CRITERIA
from screener.checklist.staleness import LIMITS, limits_of


@pytest.mark.parametrize(
    ("family", "limit"),
    [
        (families.MARKET, timedelta(hours=24)),
        (families.POOLS, timedelta(hours=24)),
        (families.BOOKS, timedelta(hours=24)),
        (families.HOLDERS, timedelta(days=7)),
        (families.FILINGS, timedelta(days=120)),
    ],
)
def test_limits_of_the_design(family, limit):
    assert LIMITS[family] == limit


def test_every_family_that_a_criterion_rests_on_ages():
    rested_on = {family for criterion in CRITERIA.values() for family in criterion.families}
    assert rested_on <= set(LIMITS) <= set(families.FAMILY_NAMES)


def test_the_shares_of_a_company_age_with_its_reports():
    assert limits_of(families.EQUITY)[families.SUPPLY] == LIMITS[families.FUNDAMENTALS]
    assert limits_of(families.TOKEN)[families.SUPPLY] == timedelta(days=7)
    assert set(limits_of(families.EQUITY)) == set(LIMITS)
