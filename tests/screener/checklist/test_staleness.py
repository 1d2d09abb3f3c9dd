from datetime import timedelta

import pytest

from assets.metrics import families
from screener.checklist import CRITERIA
from screener.checklist.staleness import LIMITS, kept_fresh, limits_of


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


def test_a_price_of_shares_may_be_as_old_as_a_long_weekend():
    assert limits_of(families.EQUITY)[families.MARKET] == timedelta(days=5)


def test_pages_say_for_whom_alone_facts_are_kept_fresh():
    assert kept_fresh(families.POOLS, families.TOKEN) == ""
    assert kept_fresh(families.BOOKS, families.TOKEN) == "kept fresh while watched"
    assert kept_fresh(families.MARKET, families.EQUITY) == "kept fresh while watched"
    assert kept_fresh(families.MARKET, families.TOKEN) == ""
    assert "no free source" in kept_fresh(families.BOOKS, families.EQUITY)
