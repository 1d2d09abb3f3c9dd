from datetime import timedelta

import pytest

from assets.metrics.witnesses.shares import FEWEST, YEAR_FACTOR
from tests.assets.metrics.batch import NOW
from tests.assets.metrics.witnesses.looking import asked, asked_by

SHARES = 20e6


def company(*, circulating=SHARES, year_ago=None, in_cap=None, balance=None, balance_then=None, **rows):
    return {
        "kind": "equity",
        "supply": {
            **{"circulating": circulating, "circulating_at": NOW},
            **{"circulating_year_ago": year_ago, "circulating_year_ago_at": NOW - timedelta(days=365)},
        },
        "market": {"price_usd": 2.5, "price_usd_at": NOW, "units_in_cap": in_cap},
        "fundamentals": {"period_ends_on": "2026-03-31", "shares_on_balance": balance},
        "fundamentals_year_ago": {"period_ends_on": "2025-03-31", "shares_on_balance": balance_then},
        **rows,
    }


def counts(**given):
    return asked_by("cover_count", **company(**given))


@pytest.mark.parametrize("cover", [SHARES / 1_000, SHARES * 1_000])
@pytest.mark.parametrize("witness", ["balance", "in_cap", "year_ago", "balance_then"])
def test_a_cover_off_by_a_thousand_is_contradicted_by_any_witness(cover, witness):
    assert counts(circulating=cover, **{witness: SHARES}) == ["circulating"]


@pytest.mark.parametrize(
    ("witness", "times", "fields"),
    [
        ("balance", 1, []),
        ("balance", 2, []),
        ("balance", 2.1, ["circulating"]),
        ("balance", 0.4, ["circulating"]),
        ("in_cap", 1, []),
        ("in_cap", 1.75, []),
        ("in_cap", 2, ["circulating"]),
        ("in_cap", 0.5, ["circulating"]),
    ],
)
def test_todays_witnesses_believe_a_count_that_is_not_far(witness, times, fields):
    assert counts(**{witness: SHARES * times}) == fields


@pytest.mark.parametrize(
    ("times", "fields"), [(1 / YEAR_FACTOR, []), (1 / (YEAR_FACTOR + 1), ["circulating"])]
)
def test_a_year_may_bring_many_times_as_many_shares(times, fields):
    assert counts(year_ago=SHARES * times) == fields


def test_a_count_that_as_many_support_as_contradict_stays():
    assert counts(in_cap=SHARES / 80_000, balance=SHARES) == []
    assert counts(in_cap=SHARES * 2.5, balance=SHARES * 2.5, year_ago=SHARES) == ["circulating"]


@pytest.mark.parametrize(
    ("balance", "in_cap", "fields"),
    [
        (1.67, 1.67, ["circulating"]),
        (1.67, 1.6, ["circulating"]),
        (1.21, 1.21, ["circulating"]),
        (1.19, 1.19, []),
        (1.67, 1.4, []),  # They agree on no total.
        (1.67, 1.0, []),
        (1.67, None, []),
        (None, 1.67, []),
        (0.6, 0.6, []),  # Shares sold since, of which neither has heard.
    ],
)
def test_a_cover_that_names_one_class_is_short_of_what_balance_sheet_and_vendor_agree_on(
    balance, in_cap, fields
):
    told = {"balance": balance, "in_cap": in_cap}
    assert counts(**{name: SHARES * each for name, each in told.items() if each}) == fields


def test_the_total_of_all_classes_is_said_of_a_cover_with_one():
    now = {"period_ends_on": "2026-03-31", "shares_outstanding": SHARES, "shares_on_balance": SHARES * 1.5}
    found = asked(**company(in_cap=SHARES * 1.5, fundamentals=now))
    said = {(frame, field, against) for frame, _place, field, _value, against in found}
    assert said >= {
        ("supply", "circulating", SHARES * 1.5),
        ("fundamentals", "shares_outstanding", SHARES * 1.5),
    }


def test_without_a_witness_nothing_is_asked():
    assert asked(**company()) == []
    assert asked(**company(circulating=None, balance=SHARES, in_cap=SHARES)) == []


def test_an_earlier_cover_that_stands_alone_is_questioned_itself():
    year_ago = SHARES / 1_000
    assert counts(year_ago=year_ago, balance=SHARES) == ["circulating_year_ago"]
    assert counts(year_ago=year_ago, balance=SHARES, balance_then=year_ago) == []


@pytest.mark.parametrize("times", [1 / 2.1, 1 / 10, 2.1, 10])
def test_a_cover_of_a_year_ago_in_receipts_is_no_dilution(times):
    given = {"balance": SHARES, "balance_then": SHARES, "year_ago": SHARES * times}
    assert counts(**given) == ["circulating_year_ago"]


@pytest.mark.parametrize(
    ("year_ago", "balance_then"), [(0.1, 0.1), (0.1, None), (0.6, 1.0), (0.1, 0.5), (0.45, 0.2)]
)
def test_shares_that_were_sold_since_are_dilution(year_ago, balance_then):
    then = balance_then and SHARES * balance_then
    assert counts(balance=SHARES, balance_then=then, year_ago=SHARES * year_ago) == []


def test_known_splits_are_no_contradiction():
    split = [{"event": "split", "happened_on": "2026-05-01", "ratio": 100.0}]
    assert counts(year_ago=SHARES / 100, balance=SHARES / 100, capital=split) == []
    assert counts(year_ago=SHARES, capital=split) == ["circulating"]
    untold = [{"event": "split", "happened_on": "2026-05-01"}]
    assert counts(year_ago=SHARES / 100, balance=SHARES / 100, capital=untold) == []


def test_the_cover_in_the_fundamentals_goes_with_the_count():
    now = {"shares_outstanding": 31_400, "shares_on_balance": SHARES}
    assert counts(circulating=31_400, fundamentals=now) == ["shares_outstanding", "circulating"]


@pytest.mark.parametrize(("count", "fields"), [(1, ["circulating"]), (100, ["circulating"]), (FEWEST, [])])
def test_a_placeholder_is_no_number_of_shares(count, fields):
    assert asked_by("placeholder", **company(circulating=count)) == fields


def test_nothing_of_this_is_asked_of_tokens():
    token = company(circulating=100, year_ago=SHARES, balance=SHARES) | {"kind": "token"}
    assert asked_by("cover_count", **token) == asked_by("placeholder", **token) == []


@pytest.mark.parametrize(("days", "fields"), [(200, ["circulating"]), (201, [])])
def test_a_cap_of_another_time_does_not_contradict_a_cover(days, fields):
    given = company(in_cap=SHARES * 10)
    given["market"] |= {"units_in_cap_at": NOW - timedelta(days=days)}
    assert asked_by("cover_count", **given) == fields


@pytest.mark.parametrize(("days", "fields"), [(200, ["circulating"]), (201, [])])
def test_a_balance_sheet_of_another_time_does_not_contradict_a_cover(days, fields):
    now = {"period_ends_on": NOW - timedelta(days=days), "shares_on_balance": SHARES * 10}
    assert counts(fundamentals=now) == fields
    then = {"period_ends_on": NOW - timedelta(days=days + 366), "shares_on_balance": SHARES * 30}
    assert counts(fundamentals_year_ago=then) == fields


# A cover of about the day of a split ------------------------------------------------------------


def about_a_split(*, filed_days_ago=20, split_days_ago=25, ratio=0.1, cover=SHARES, **given):
    """A cover that was filed some days after shares were merged."""
    balance, in_cap = given.pop("balance", None), given.pop("in_cap", None)
    rows = company(in_cap=in_cap) | {
        "supply": {"circulating": SHARES, "circulating_at": NOW - timedelta(days=filed_days_ago)},
        "fundamentals": {
            "period_ends_on": "2026-03-31",
            "shares_outstanding": cover,
            "shares_on_balance": balance,
        },
        "capital": [
            {
                "event": "reverse_split",
                "happened_on": (NOW - timedelta(days=split_days_ago)).date(),
                "ratio": ratio,
            }
        ],
    }
    return asked_by("units_of_cover", **rows | given)


BOTH = ["shares_outstanding", "circulating"]


def test_without_a_witness_nobody_knows_the_units_of_a_cover_after_a_split():
    assert about_a_split() == BOTH


@pytest.mark.parametrize("witness", ["balance", "in_cap"])
@pytest.mark.parametrize(
    ("times", "fields"), [(1, []), (0.9, []), (1.9, []), (2.1, BOTH), (0.1, BOTH), (0.12, BOTH)]
)
def test_a_witness_tells_in_which_units_it_was_counted(witness, times, fields):
    assert about_a_split(**{witness: SHARES * times}) == fields


@pytest.mark.parametrize(("times", "fields"), [(1.0, []), (0.95, []), (2 / 3, BOTH), (0.7, BOTH)])
def test_a_small_split_is_told_by_what_is_nearer(times, fields):
    assert about_a_split(ratio=2 / 3, balance=SHARES * times) == fields


def test_the_vendors_cap_comes_before_the_balance_sheet():
    assert about_a_split(in_cap=SHARES, balance=SHARES / 10) == []
    assert about_a_split(in_cap=SHARES / 10, balance=SHARES) == BOTH


@pytest.mark.parametrize(
    ("filed", "split", "fields"), [(20, 50, BOTH), (20, 52, []), (20, 19, []), (20, 400, [])]
)
def test_it_is_asked_of_a_split_within_a_month_before_the_filing(filed, split, fields):
    assert about_a_split(filed_days_ago=filed, split_days_ago=split) == fields


def test_a_count_that_is_on_no_cover_is_of_its_own_day():
    assert about_a_split(cover=SHARES / 2) == []
    assert about_a_split(cover=None) == []


def test_a_split_of_unknown_ratio_contradicts_nothing():
    assert about_a_split(ratio=None) == []
