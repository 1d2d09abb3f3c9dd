from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.venues import NOT_HALTED, OTC_VENUES, SUSPENDED, TIERS, WARNINGS, average_volume_shares
from assets.sandbox.shares import TIER_OF
from tests.assets.metrics.batch import NOW, facts_of_one, measured

NAN = np.nan
NO_WARNING = dict.fromkeys(WARNINGS, False)
NAMES = [
    *("venue_level", "venue_warnings_count", "venue_warnings_read", "on_threshold_list"),
    "trading_halted_days",
]


def measures_of(**venue):
    return measured(kind="equity", venues=venue)[NAMES]


@pytest.mark.parametrize(("tier", "level"), [*((tier, place) for place, tier in enumerate(TIERS)), ("", NAN)])
def test_tiers_from_the_most_demanding_to_a_warning(tier, level):
    assert measures_of(tier=tier)["venue_level"] == pytest.approx(level, nan_ok=True)


def test_the_order_of_the_tiers():
    assert TIERS[:4] == ("exchange", "otcqx", "otcqb", "otcid")
    assert TIERS[-1] == "caveat_emptor"


@pytest.mark.parametrize("warning", WARNINGS)
def test_one_warning_settles_it_and_that_there_is_none_must_be_known_of_all(warning):
    assert measures_of(**{warning: True})["venue_warnings_count"] == 1
    assert measures_of(**NO_WARNING | {warning: True})["venue_warnings_count"] == 1
    assert np.isnan(measures_of(**NO_WARNING | {warning: None})["venue_warnings_count"])


def test_no_warning_at_all_is_known():
    assert measures_of(**NO_WARNING)["venue_warnings_count"] == 0


@settings(max_examples=30)
@given(flags=st.lists(st.sampled_from([True, False, None]), min_size=3, max_size=3))
def test_warnings_are_counted(flags):
    count = measures_of(**dict(zip(WARNINGS, flags, strict=True)))["venue_warnings_count"]
    known_to_be = flags.count(True)
    assert count == pytest.approx(NAN if not known_to_be and None in flags else known_to_be, nan_ok=True)


@pytest.mark.parametrize(("listed", "expected"), [(True, 1), (False, 0), (None, NAN)])
def test_the_threshold_list_is_no_warning(listed, expected):
    found = measures_of(**NO_WARNING, threshold_list=listed)
    assert found["on_threshold_list"] == pytest.approx(expected, nan_ok=True)
    assert found["venue_warnings_count"] == 0


def test_a_suspension_in_force_is_a_warning_and_another_halt_is_none():
    assert measures_of(halt_code=SUSPENDED)["venue_warnings_count"] == 1
    assert measures_of(**NO_WARNING | {"halt_code": SUSPENDED})["venue_warnings_count"] == 1
    assert np.isnan(measures_of(halt_code="T12")["venue_warnings_count"])
    assert np.isnan(measures_of(halt_code=NOT_HALTED)["venue_warnings_count"])


@pytest.mark.parametrize(
    ("venue", "read"),
    [
        ({"listed_on": "NYSE"}, 0),
        ({"listed_on": "NYSE", "paid_promotion": False}, 1),
        ({"listed_on": "NYSE", "paid_promotion": False, "halt_code": SUSPENDED}, 2),
        ({"listed_on": "NYSE"} | NO_WARNING, 3),
        ({"threshold_list": False}, NAN),
    ],
)
def test_how_many_warnings_somebody_looked_for(venue, read):
    assert measures_of(**venue)["venue_warnings_read"] == pytest.approx(read, nan_ok=True)


@pytest.mark.parametrize(
    ("code", "days"), [("T12", 3), (SUSPENDED, 3), (NOT_HALTED, NAN), ("", NAN), (None, NAN)]
)
def test_a_halt_has_an_age_and_without_one_there_is_none(code, days):
    found = measures_of(halt_code=code, halted_at=NOW - timedelta(days=3))
    assert found["trading_halted_days"] == pytest.approx(days, nan_ok=True)
    assert np.isnan(measures_of(halt_code=code, halted_at=None)["trading_halted_days"])


def test_without_a_word_about_its_venue_nothing_is_known():
    assert measured(kind="equity")[NAMES].isna().all()


def test_venues_over_the_counter_are_those_of_the_tiers_below_an_exchange():
    over_the_counter = {venue for venue, tier in TIER_OF.items() if tier != "exchange"}
    assert over_the_counter - {"Caveat Emptor"} <= set(OTC_VENUES)


def traded(days_ago=5, **others):
    told_at = NOW - timedelta(days=days_ago)
    venue = {"average_volume_shares": 1_000.0, "average_volume_shares_at": told_at}
    return measured(
        kind="equity",
        venues=venue,
        market={"price_usd": 2.0, "price_usd_at": NOW},
        position_usd=400,
        **others,
    )


def split(ratio, days_ago):
    day = NOW - timedelta(days=days_ago)
    return {"event": "reverse_split", "happened_on": day, "ratio": ratio, "evidence": "reported"}


def test_a_position_is_sold_at_a_tenth_of_the_average_volume_where_no_other_is_known():
    assert traded()["days_to_exit"] == pytest.approx(2)
    quoted = {"price_usd": 2.0, "price_usd_at": NOW, "volume_24h_usd": 40_000.0}
    venue = {"average_volume_shares": 1_000.0, "average_volume_shares_at": NOW}
    assert measured(kind="equity", venues=venue, market=quoted, position_usd=400)["days_to_exit"] == 0.1
    assert np.isnan(measured(kind="equity", venues=venue)["days_to_exit"])


@pytest.mark.parametrize(("days_ago", "shares"), [(2, 100), (60, 1_000), (12, NAN)])
def test_an_average_volume_is_in_the_units_of_today(days_ago, shares):
    told = {"average_volume_shares": 1_000.0, "average_volume_shares_at": NOW - timedelta(days=5)}
    facts = facts_of_one(kind="equity", venues=told, capital=[split(0.1, days_ago=days_ago)])
    assert average_volume_shares(facts) == pytest.approx([shares], nan_ok=True)
