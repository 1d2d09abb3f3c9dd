from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.facts import Facts
from assets.metrics.measure import MEASURES, Parts, measure
from tests.assets.metrics.batch import NOW, facts_of_one
from tests.assets.metrics.witnesses.contradicted import COMPANY, OWNER, TOKEN, bars, book, rescaled

UNITS = {
    *("usd", "share", "bps", "days", "count", "ratio", "months", "hours", "score", "index"),
    *("faults", "traps", "limits"),
}


def batch_of(*rows):
    """Assets 5, 2, 9, … with a price each, in that order."""
    return Facts.of(
        now=NOW,
        assets=[{"asset_id": each, "kind": "token"} for each in rows],
        market=[{"asset_id": each, "price_usd": each} for each in rows],
        pools=[{"asset_id": each, "reserve_usd": 1_000 * each} for each in rows],
    )


def test_every_measure_is_there_once_and_explained():
    names = [each.name for each in MEASURES]
    assert len(set(names)) == len(names)
    assert all(each.unit in UNITS and each.label and each.description.endswith(".") for each in MEASURES)


def test_columns_are_the_measures_in_their_order_and_rows_the_assets_in_theirs():
    found = measure(batch_of(5, 2, 9), position_usd=1_000)
    assert found.columns.tolist() == [each.name for each in MEASURES]
    assert found.index.tolist() == [5, 2, 9]
    assert found["price_usd"].tolist() == [5, 2, 9]
    assert set(found.dtypes) == {np.dtype("float64")}


def test_a_batch_is_its_assets_one_by_one():
    together = measure(batch_of(5, 2, 9), position_usd=1_000)
    apart = pd.concat([measure(batch_of(each), position_usd=1_000) for each in (5, 2, 9)])
    pd.testing.assert_frame_equal(together, apart, check_exact=True)


def test_of_an_unknown_asset_nothing_is_known_but_the_position():
    found = measure(facts_of_one(), position_usd=1_000).loc[1]
    assert found.dropna().to_dict() == {"position_usd": 1_000}


def test_each_part_by_itself_says_what_it_says_among_all():
    facts = batch_of(5, 2, 9)
    together = measure(facts, position_usd=1_000)
    named = []
    for name in Parts(facts, position_usd=1_000):
        alone = Parts(facts, position_usd=1_000)[name]
        shown = [each for each in alone.columns if each in together.columns]
        pd.testing.assert_frame_equal(alone[shown], together[shown], check_exact=True)
        named += shown
    assert sorted(named) == sorted(together.columns)


def test_an_empty_batch():
    assert measure(batch_of(), position_usd=1_000).empty


@pytest.mark.parametrize("position_usd", [0, -5, float("nan")])
def test_a_position_must_be_one(position_usd):
    with pytest.raises(ValueError, match="more than 0 USD"):
        measure(batch_of(1), position_usd=position_usd)


@pytest.mark.parametrize("absurd", [np.inf, -np.inf, -1.0, 1e300, 0.0])
def test_no_measure_is_ever_infinite(absurd):
    families = {
        name: dict.fromkeys(getattr(facts_of_one(), name).select_dtypes("float64").columns, absurd)
        for name in ("market", "supply", "holders", "usage", "disclosure", "fundamentals", "filings")
    }
    rows = {
        name: [dict.fromkeys(getattr(facts_of_one(), name).select_dtypes("float64").columns, absurd)]
        for name in ("pools", "books", "positions")
    }
    found = measure(facts_of_one(**families, **rows), position_usd=1_000)
    assert not np.isinf(found.to_numpy()).any()


# Other units, money and days ----------------------------------------------------------------

DAY = timedelta(days=1)
OF_UNITS = {"circulating_supply": 1, "total_supply": 1, "max_supply": 1, "price_usd": -1}
"""Measures that are in units, or per unit, and the power of the factor by which they follow."""
BY_ONE_UNIT = {"days_below_1_usd"}
"""What a rule says of the price of one share."""

INSIDER: dict[str, Any] = {
    "form": "4",
    "accession": "f",
    "line": 1,
    "holder": "Example Ada",
    "as_of": NOW - 20 * DAY,
    "filed_on": NOW - 20 * DAY,
    "happened_on": NOW - 20 * DAY,
    "period_on": NOW - 20 * DAY,
    "code": "P",
    "change": 2e4,
    "price_usd": 2.0,
    "shares": 8e5,
    "is_derivative": 0,
    "is_direct": 1,
    "security": "Common Stock",
}
BARS = [{**each, "volume_usd": 9e4} for each in bars()]
FACTS: dict[str, dict[str, Any]] = {
    "token": TOKEN | {"candles": BARS, "books": [book("v", 0.1)]},
    "equity": COMPANY
    | {
        "market": COMPANY["market"] | {"price_usd_at": NOW},
        "supply": COMPANY["supply"]
        | {"circulating_at": NOW - 40 * DAY, "circulating_year_ago_at": NOW - 400 * DAY},
        "candles": [
            {name: value * 20 if name.endswith("_usd") else value for name, value in each.items()}
            for each in BARS
        ],
        "ownership": [INSIDER, OWNER | {"accession": "s", "line": 1, "holder": "A Fund", "share": 0.11}],
    },
}


def measured(kind, rows):
    return measure(facts_of_one(kind=kind, **rows), position_usd=5_000).iloc[0]


@settings(max_examples=30, deadline=None)
@given(kind=st.sampled_from([*FACTS]), factor=st.sampled_from([0.02, 0.1, 0.5, 3.0, 20.0, 1_000.0]))
def test_in_other_units_throughout_an_asset_measures_the_same(kind, factor):
    """So many more units, each worth so much less, today and at all times before."""
    one, other = measured(kind, FACTS[kind]), measured(kind, rescaled(FACTS[kind], factor))
    power = np.array([factor ** OF_UNITS.get(name, 0) for name in one.index])
    for name, expected, found in zip(one.index, one * power, other, strict=True):
        assert name in BY_ONE_UNIT or found == pytest.approx(expected, rel=1e-6, nan_ok=True), name


MONEY_FREE = {each.name for each in MEASURES if each.unit != "usd"} - BY_ONE_UNIT


@settings(max_examples=20, deadline=None)
@given(factor=st.sampled_from([0.25, 0.5, 2.0, 7.0]))
def test_in_other_money_a_company_is_as_sound_as_before(factor):
    """Every amount of its accounts, its price and what is traded, so many times as much: no ratio moves."""

    def of_row(row):
        return {name: value * factor if name.endswith("_usd") else value for name, value in row.items()}

    rows = {
        name: of_row(given) if isinstance(given, dict) else [of_row(each) for each in given]
        for name, given in FACTS["equity"].items()
    }
    one = measure(facts_of_one(kind="equity", **FACTS["equity"]), position_usd=5_000).iloc[0]
    other = measure(facts_of_one(kind="equity", **rows), position_usd=5_000 * factor).iloc[0]
    for name in sorted(MONEY_FREE & {*one.index} - {"amihud_illiquidity"}):
        assert other[name] == pytest.approx(one[name], rel=1e-6, nan_ok=True), name


BEFORE_THE_SPLIT = ("supply", "fundamentals", "fundamentals_year_ago", "ownership")


@settings(max_examples=20, deadline=None)
@given(ratio=st.sampled_from([2.0, 3.0, 10.0, 0.5, 0.1, 0.05]))
def test_a_split_leaves_a_company_as_it_was(ratio):
    """Counted before it, priced after it: all that is told of shares is read in those of today."""
    rows, day = FACTS["equity"], NOW - 5 * DAY
    split = {
        "event": "split" if ratio > 1 else "reverse_split",
        "happened_on": day,
        "ratio": ratio,
        "evidence": "reported",
    }
    after = rescaled(rows, ratio)
    # Bars are of the shares of their own day.
    candles = [
        new if each["opened_at"] >= day else each
        for each, new in zip(rows["candles"], after["candles"], strict=True)
    ]
    told = after | {name: rows[name] for name in BEFORE_THE_SPLIT} | {"candles": candles, "capital": [split]}
    one, other = measured("equity", rows), measured("equity", told)
    same = {
        *(
            "market_cap_usd",
            "emission_12m_share",
            "insider_share",
            "insider_net_bought_share",
            "price_to_sales",
        ),
        *("working_capital_usd", "volatility_daily_share", "price_drawdown_90d_share"),
    }
    for name in sorted(same):
        assert other[name] == pytest.approx(one[name], rel=1e-6, nan_ok=True), name
    assert one.loc[sorted(same)].notna().all()
    assert other["circulating_supply"] == pytest.approx(one["circulating_supply"] * ratio)
