import math
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assets.metrics.facts import Facts
from assets.metrics.measure import measure
from assets.metrics.sessions import day_of
from assets.metrics.unit_changes import (
    SAME_CHANGE_DAYS,
    Change,
    UnitChanges,
    changes_of,
    days_since_epoch,
    merged,
    read_spans,
)
from assets.metrics.witnesses.questioned import questioned
from tests.assets.metrics.batch import NOW, facts_of_one

NAN = np.nan
TODAY = day_of(NOW)

day = st.integers(TODAY - 1_000, TODAY)
ratio = st.sampled_from([0.01, 0.04, 0.05, 0.1, 0.5, 2, 3, 10, 1000])
changes = st.lists(
    st.builds(
        lambda on, span, size: Change(on - span, on, size),
        day,
        st.integers(1, 90),
        ratio | st.just(NAN),
    ),
    max_size=5,
)


def ago(days, ratio=0.1, event="reverse_split", **more):
    return {"event": event, "happened_on": NOW - timedelta(days=days), "ratio": ratio, **more}


def of(*capital, readings=()):
    return UnitChanges.of(facts_of_one(kind="equity", capital=list(capital), readings=list(readings)))


def since(found, days_ago, until_days_ago=0):
    counted = np.array([TODAY - days_ago], dtype=float)
    return found.factor(counted, TODAY - until_days_ago).item()


@pytest.mark.parametrize(
    ("capital", "expected"),
    [
        ([], 1),
        ([ago(100)], 0.1),
        ([ago(100, 2, "split")], 2),
        ([ago(100), ago(10, 4, "split")], 0.4),
        ([ago(100, 1000, "redenomination")], 1000),
        ([ago(0)], 0.1),
        ([ago(364)], 0.1),
        ([ago(365)], 1),
        ([ago(-1)], 1),
        ([ago(100, 7, "offering")], 1),
        ([ago(100, None)], NAN),
        ([ago(100, None, "unit_change")], NAN),
        ([ago(100, 0)], NAN),
        ([ago(100, -2)], NAN),
        ([ago(400, None)], 1),
        ([ago(100, 1e300, "split"), ago(30, 1e299, "split")], NAN),
    ],
)
def test_one_unit_of_a_year_ago_is_so_many_of_today(capital, expected):
    assert since(of(*capital), 365) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("days_ago", "expected"), [(161, 0.05), (160, 0.05), (159, NAN), (101, NAN), (100, 1), (99, 1)]
)
def test_a_count_within_the_days_in_which_it_happened_is_of_either_unit(days_ago, expected):
    quarter = ago(100, 0.05, earliest_on=NOW - timedelta(days=159))
    assert since(of(quarter), days_ago) == pytest.approx(expected, nan_ok=True)


def test_a_change_that_may_still_be_coming_leaves_today_unknown():
    noticed = ago(-4, None, "unit_change", earliest_on=NOW - timedelta(days=17), evidence="noticed")
    assert np.isnan(since(of(noticed), 18))
    assert since(of(noticed), 0) == 1, "a price of today is one of today's unit, whichever that is"


@pytest.mark.parametrize(
    ("capital", "days_ago", "expected"),
    [
        ([], 1, 1),
        ([ago(-4, None, "unit_change", earliest_on=NOW - timedelta(days=17), evidence="noticed")], 1, 1),
        ([ago(-4, None, "unit_change", earliest_on=NOW - timedelta(days=17), evidence="noticed")], 4, NAN),
        ([ago(0)], 1, 0.1),
    ],
)
def test_a_quote_of_yesterday_is_one_of_today_unless_a_change_is_known(capital, days_ago, expected):
    """A price of two hours ago is none of other units because midnight lies between."""
    quoted_at = pd.Series(pd.DatetimeIndex([NOW - timedelta(days=days_ago)]).as_unit("us"))
    assert of(*capital).of_quotes(quoted_at) == pytest.approx([expected], nan_ok=True)


@pytest.mark.parametrize(
    ("kind", "today", "quoted_on", "expected"),
    [
        ("equity", "2026-03-09", "2026-03-06", 1),  # Monday, Friday
        ("equity", "2026-03-09", "2026-03-05", NAN),
        ("equity", "2026-03-08", "2026-03-06", 1),  # Sunday
        ("equity", "2026-04-06", "2026-04-02", 1),  # after Good Friday
        ("equity", "2026-03-10", "2026-03-06", NAN),
        ("token", "2026-03-09", "2026-03-08", 1),
        ("token", "2026-03-09", "2026-03-06", NAN),
    ],
)
def test_a_quote_of_the_last_session_is_the_newest_there_is(kind, today, quoted_on, expected):
    now, quoted = (datetime.fromisoformat(f"{each}T14:00Z") for each in (today, quoted_on))
    noticed = {
        "event": "unit_change",
        "earliest_on": now - timedelta(days=17),
        "happened_on": now + timedelta(days=4),
        "evidence": "noticed",
    }
    changes = UnitChanges.of(replace(facts_of_one(kind=kind, capital=[noticed]), now=now))
    quoted_at = pd.Series(pd.DatetimeIndex([quoted]).as_unit("us"))
    assert changes.of_quotes(quoted_at) == pytest.approx([expected], nan_ok=True)


def test_backwards_it_is_the_inverse():
    assert of(ago(100)).factor(np.array([float(TODAY)]), TODAY - 365.0) == pytest.approx([10])


def test_a_period_of_counts_must_lie_on_one_side():
    found = of(ago(100))
    counted = np.array([TODAY - 150.0])
    assert found.factor(counted, within_days=49) == pytest.approx([0.1])
    assert np.isnan(found.factor(counted, within_days=50))


def test_without_a_day_nothing_is_known_of_what_changed():
    unknown = np.array([NAN])
    assert np.isnan(of(ago(100)).factor(unknown))
    assert of().factor(unknown) == [1]
    assert np.isnan(since(of({"event": "split", "ratio": 2}), 365))


def test_each_asset_has_its_own_changes():
    facts = Facts.of(
        now=NOW,
        assets=[{"asset_id": number, "kind": "equity"} for number in (1, 2, 3)],
        capital=[
            {"asset_id": 3, **ago(100)},
            {"asset_id": 1, **ago(100, 2, "split")},
            {"asset_id": 9, **ago(9)},
        ],
    )
    found = UnitChanges.of(facts)
    assert found.factor(np.full(3, TODAY - 365.0)).tolist() == [2, 1, 0.1]
    of_rows = found.factor(np.full(2, TODAY - 365.0), owner=np.array([2, 0]))
    assert of_rows.tolist() == [0.1, 2]
    assert UnitChanges.of(Facts.of(now=NOW, assets=[])).factor(np.empty(0)).tolist() == []


# Several reports of one change ----------------------------------------------------------


def known(*days_and_ratios):
    return [Change(first, last, size, -1 if size < 1 else 1) for first, last, size in days_and_ratios]


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([(99, 100, 0.05), (101, 102, 0.05)], [(99, 100, 0.05)]),
        ([(60, 150, 0.05), (99, 100, 0.05)], [(99, 100, 0.05)]),
        ([(60, 110, 0.05), (90, 150, 0.05)], [(90, 110, 0.05)]),
        ([(99, 100, 0.083), (90, 120, 1 / 12)], [(99, 100, 1 / 12)]),
        ([(99, 100, 0.05), (99 + SAME_CHANGE_DAYS, 162, 0.05)], [(99, 100, 0.05)]),
        ([(99, 100, 0.05), (199, 200, 0.05)], [(99, 100, 0.05), (199, 200, 0.05)]),
        ([(99, 100, 0.05), (120, 121, 0.1)], [(99, 100, 0.05), (120, 121, 0.1)]),
        ([(99, 100, 0.05), (60, 150, 0.1)], [(99, 100, 0.05), (60, 150, 0.1)]),
        ([(99, 100, 0.05), (102, 103, 0.1)], [(99, 100, NAN)]),
        ([(99, 100, 0.05), (60, 150, NAN)], [(99, 100, 0.05)]),
        ([(60, 150, 0.05), (99, 104, NAN)], [(99, 104, 0.05)]),
        ([(60, 150, NAN), (140, 170, NAN)], [(140, 150, NAN)]),
    ],
)
def test_a_change_counts_once_however_many_report_it(reports, expected):
    for order in permutations(known(*reports)):
        found = [(each.old_until, each.new_from, each.ratio) for each in merged(order)]
        np.testing.assert_allclose(found, expected)


def test_what_two_vendors_contradict_each_other_on_is_still_a_reverse_split():
    (both,) = merged(known((99, 100, 0.05), (101, 102, 0.1)))
    assert (math.isnan(both.ratio), both.direction) == (True, -1)


NOTICE = ago(60, None, "unit_change", earliest_on=NOW - timedelta(days=80), evidence="noticed")


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ({"subject": "splits", "read_until": NOW}, 1),
        ({"subject": "splits", "read_since": NOW - timedelta(days=81), "read_until": NOW}, 1),
        ({"subject": "splits", "read_since": NOW - timedelta(days=70), "read_until": NOW}, NAN),
        ({"subject": "splits", "read_until": NOW - timedelta(days=61)}, NAN),
        ({"subject": "offerings", "read_until": NOW}, NAN),
    ],
)
def test_a_notice_counts_until_somebody_read_the_reports_that_follow(read, expected):
    assert since(of(NOTICE, readings=[read]), 100) == pytest.approx(expected, nan_ok=True)


def test_a_notice_of_a_known_change_dates_it():
    quarter = ago(20, 0.1, earliest_on=NOW - timedelta(days=140))
    facts = facts_of_one(kind="equity", capital=[quarter, NOTICE])
    (change,) = changes_of(facts)[0]
    assert (change.old_until, change.new_from, change.ratio) == (TODAY - 81, TODAY - 60, 0.1)


def test_readings_are_spans_of_days():
    rows = [{"subject": "splits", "read_since": NOW - timedelta(days=5), "read_until": NOW}]
    assert read_spans(facts_of_one(readings=rows), "splits") == {0: [(TODAY - 5, TODAY)]}
    assert read_spans(facts_of_one(readings=rows), "offerings") == {}


def test_days_are_whole_utc_days():
    happened = facts_of_one(capital=[ago(0), {"event": "split"}]).capital["happened_on"]
    assert days_since_epoch(happened) == pytest.approx([TODAY, NAN], nan_ok=True)


# What always holds ----------------------------------------------------------------------


@settings(max_examples=60)
@given(changes=changes, a=day, b=day, c=day)
def test_factors_of_days_one_after_the_other_multiply(changes, a, b, c):
    found = UnitChanges.from_changes({0: merged(changes)}, is_equity=np.array([True]), today=TODAY)
    ab, bc, ac = (found.factor(np.array([float(x)]), y).item() for x, y in ((a, b), (b, c), (a, c)))
    assume(not (math.isnan(ab) or math.isnan(bc)))
    assert ac == pytest.approx(ab * bc)


@settings(max_examples=60)
@given(changes=changes, seed=st.randoms())
def test_the_order_of_reports_is_irrelevant(changes, seed):
    shuffled = [*changes]
    seed.shuffle(shuffled)
    assert repr(merged(shuffled)) == repr(merged(changes))


@settings(max_examples=60)
@given(changes=changes)
def test_merging_again_changes_nothing(changes):
    once = merged(changes)
    assume(len(once) == len(merged(once)))
    assert repr(merged(once)) == repr(once)


RATIOS = (
    "emission_12m_share",
    "float_share",
    "insider_share",
    "insider_net_bought_share",
    "market_cap_usd",
    "fully_diluted_usd",
    "price_drawdown_90d_share",
    "volatility_daily_share",
    "edge_spread_share",
    "amihud_illiquidity",
    "average_volume_30d_usd",
    "zero_volume_days_60d",
)
OF_SCHEDULE = ("unlock_30d_share", "unlock_12m_share", "insider_unlock_12m_share", "unlock_30d_usd")
TOLD_BY_SUM = 7.0
"""A schedule in one of two units that are further apart than this can be told by its sum."""


def history(by, change_days_ago, *, adjusted, priced_days_ago=0, wick=None):
    """An asset whose units of before so many days ago are worth `by` of today's; its bars may be adjusted.

    It is bought at the day's high and sold at its low in turn, so that its spread can be estimated.
    """

    def units(days_ago):
        return by if days_ago > change_days_ago else 1.0

    bars = []
    for days_ago in range(85, 0, -1):
        price = 5.0 + math.sin(days_ago / 3) / 4
        scale = 1.0 if adjusted else units(days_ago)
        opened, closed = (price * (1.02 if (days_ago + odd) % 3 else 0.98) for odd in (0, 1))
        high, low = max(opened, closed, price * 1.02), min(opened, closed, price * 0.98)
        bars.append(
            {
                "opened_at": NOW - timedelta(days=days_ago),
                "open_usd": opened * scale,
                "high_usd": high * scale * (wick if wick and days_ago == 40 else 1),
                "low_usd": low * scale,
                "close_usd": closed * scale,
                "volume_usd": 1e5,
            }
        )
    holder = {"form": "4", "holder": "A", "code": "P", "happened_on": NOW - timedelta(days=90)}
    soon, later = ({"unlock_at": NOW + timedelta(days=days), "category": "team"} for days in (10, 200))
    return {
        "market": {
            "price_usd": 5.0 * units(priced_days_ago),
            "price_usd_at": NOW - timedelta(days=priced_days_ago),
            "units_in_cap": 8e8 / units(priced_days_ago),
        },
        "candles": bars,
        "books": [{"venue": each, "pair": "A/USD", "bid_usd": 4.99, "ask_usd": 5.01} for each in "vw"],
        "pools": [{"address": "p", "price_usd": 5.0, "reserve_usd": 4e5}],
        "supply": {
            "circulating": 8e8 / units(100),
            "circulating_at": NOW - timedelta(days=100),
            "total": 9e8 / units(100),
            "total_at": NOW - timedelta(days=100),
            "circulating_year_ago": 6e8 / units(400),
            "circulating_year_ago_at": NOW - timedelta(days=400),
        },
        "schedules": {"precision": "day"},
        "unlocks": [
            {"unlock_at": NOW - timedelta(days=300), "amount": 4e8 / units(100), "category": "public"},
            {**soon, "amount": 3e7 / units(100)},
            {**later, "amount": 6e7 / units(100)},
        ],
        "ownership": [{**holder, "shares": 1e8 / units(90), "change": 2e7 / units(90)}],
    }


def known_facts(kind, *, by=1.0, days_ago=30, **how):
    events = {"equity": "split" if by > 1 else "reverse_split", "token": "redenomination"}
    capital = [] if by == 1.0 else [ago(days_ago, by, events[kind])]
    rows = history(by, days_ago, **how)
    if kind == "token":
        del rows["ownership"]
    else:
        del rows["pools"], rows["books"]
    return questioned(facts_of_one(kind=kind, **rows, capital=capital))


@settings(max_examples=12, deadline=None)
@given(
    kind=st.sampled_from(["equity", "token"]),
    by=st.sampled_from([0.005, 0.05, 0.1, 0.25, 2, 4, 10, 1000]),
    days_ago=st.integers(2, 70),
    priced_days_ago=st.sampled_from([0, 0, 3]),
    adjusted=st.booleans(),
    wick=st.none() | st.just(50.0),
)
def test_a_change_of_units_changes_no_ratio_and_no_doubt(kind, by, days_ago, **how):
    """Every count of before is 1 / `by` of what it would be, every price `by` times."""
    plain, changed = (known_facts(kind, by=each, days_ago=days_ago, **how) for each in (1.0, by))
    columns = ["frame", "row", "field", "witness"]
    assert changed.questions[columns].to_numpy().tolist() == plain.questions[columns].to_numpy().tolist()
    before, after = (measure(each, position_usd=5_000).iloc[0] for each in (plain, changed))
    asked = [each for each in RATIOS if kind == "equity" or not each.startswith("insider")]
    assert before[asked].notna().all()
    assert after[asked].tolist() == pytest.approx(before[asked].tolist(), rel=1e-6)
    of_schedule = [each for each in OF_SCHEDULE if kind == "token"]
    assert before[of_schedule].notna().all()
    if max(by, 1 / by) < TOLD_BY_SUM:  # its sum may be of either unit: then nothing is said
        of_schedule = [each for each in of_schedule if not math.isnan(after[each])]
    assert after[of_schedule].tolist() == pytest.approx(before[of_schedule].tolist(), rel=1e-6)
