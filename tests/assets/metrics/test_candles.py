from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from assets.metrics.candles import measures
from assets.metrics.facts import CANDLE_DAYS, Facts
from assets.metrics.sessions import day_of, is_open
from assets.metrics.spreads import amihud, edge
from assets.metrics.volatility import yang_zhang
from tests.assets.metrics.series import PRICES, bars_of, candle, random_prices

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)  # a Monday
TODAY = NOW.replace(hour=0)
ESTIMATES = ["edge_spread_share", "volatility_daily_share", "amihud_illiquidity"]


def ago(days):
    return TODAY - timedelta(days=days)


def facts_of(candles, *, kind="token", now=NOW):
    return Facts.of(now=now, assets=[{"asset_id": 1, "kind": kind}], candles=candles)


def measured(candles, *, kind="token", now=NOW):
    return measures(facts_of(candles, kind=kind, now=now)).iloc[0]


def flat(days, *, price=1.0, **how):
    """A bar of one price on each of these days ago, the oldest first."""
    return [candle(ago(each), price, **how) for each in sorted(days, reverse=True)]


def wandering(days, *, seed=1, spread=0.04, **how):
    found = zip(sorted(days, reverse=True), *random_prices(seed, len(days), spread=spread), strict=True)
    return [candle(ago(day), *prices, **how) for day, *prices in found]


def sessions(count):
    """How many days ago the last so many sessions of US exchanges were."""
    days = np.arange(1, 120)
    opened = is_open(day_of(NOW) - days, np.ones(days.size, dtype=bool))
    return days[opened][:count].tolist()


def without(rows, *names):
    return [{**row, **dict.fromkeys(names)} for row in rows]


def test_nothing_is_known_without_candles():
    found = measures(Facts.of(now=NOW, assets=[{"asset_id": each, "kind": "token"} for each in (3, 1)]))
    assert found.index.tolist() == [3, 1]
    assert found.isna().all(axis=None)
    assert found.dtypes.map(str).unique().tolist() == ["float64"]
    assert measures(Facts.of(now=NOW, assets=[])).shape == (0, 9)


def test_estimates_are_those_of_the_last_sixty_days():
    rows = wandering(range(1, 90))
    bars = bars_of(rows[-60:])
    found = measured(rows)
    expected = [edge(bars)[0], yang_zhang(bars)[0], amihud(bars)[0]]
    assert found[ESTIMATES].tolist() == pytest.approx(expected)
    assert 0.02 < found["edge_spread_share"] < 0.06


@pytest.mark.parametrize(("bars", "is_known"), [(20, False), (21, True)])
def test_estimates_take_twenty_one_bars(bars, is_known):
    assert measured(wandering(range(1, bars + 1)))[ESTIMATES].notna().tolist() == [is_known] * 3


@pytest.mark.parametrize(
    "spoilt",
    [
        {"volume_usd": 0, "high_usd": 1, "low_usd": 1, "open_usd": 1, "close_usd": 1},
        {"close_usd": None},
        {"high_usd": 1e-9},
        {"opened_at": ago(0)},
    ],
    ids=["no trade", "no close", "high below low", "still open"],
)
def test_a_bar_that_tells_no_price_is_none_of_the_twenty_one(spoilt):
    rows = wandering(range(1, 22))
    assert measured([*rows[:-1], {**rows[-1], **spoilt}])[ESTIMATES].isna().all()


def test_days_without_a_trade_tell_the_same_when_they_are_filled():
    rows = wandering(range(1, 60))
    sparse = [row for at, row in enumerate(rows) if at % 5]
    filled = [
        row if at % 5 else candle(row["opened_at"], rows[at - 1]["close_usd"], volume_usd=0)
        for at, row in enumerate(rows[1:], start=1)
    ]
    found = [measured(each).drop("price_drawdown_90d_share").tolist() for each in (sparse, filled)]
    assert found[0] == pytest.approx(found[1], rel=1e-9, nan_ok=True)


def test_a_negative_estimate_of_the_spread_is_not_known():
    negative = next(
        rows
        for rows in (wandering(range(1, 31), seed=seed, spread=0) for seed in range(50))
        if np.isnan(edge(bars_of(rows)))[0]
    )
    found = measured(negative)
    assert np.isnan(found["edge_spread_share"])
    assert found["volatility_daily_share"] > 0


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (range(1, 91), 0),
        (set(range(1, 91)) - {3, 4, 40}, 3),
        (set(range(1, 91)) - {61, 70}, 0),  # before the last 60 days
        (range(1, 31), 0),  # 30 days are known: just enough
        (range(1, 30), None),
        (range(7, 91), 0),
        (range(8, 91), None),  # it ended more than a week ago: was nobody trading, or nobody asking?
        (range(40, 91), None),
        ((1, 90), 59),
        ((1, 30), 28),
    ],
)
def test_days_without_a_trade(days, expected):
    found = measured(flat(days))["zero_volume_days_60d"]
    assert found == pytest.approx(np.nan if expected is None else expected, nan_ok=True)


def test_a_bar_without_volume_is_a_day_without_a_trade():
    rows = [*flat(range(11, 61)), *flat(range(1, 11), volume_usd=0)]
    assert measured(rows)["zero_volume_days_60d"] == 10


def test_a_bar_that_does_not_tell_its_volume_is_neither():
    rows = [*flat(range(31, 61)), *flat(range(1, 31), volume_usd=None)]
    assert measured(rows)["zero_volume_days_60d"] == 0
    assert np.isnan(measured(rows[1:])["zero_volume_days_60d"])
    wandered = without(wandering(range(1, 61)), "volume_usd")
    assert measured(wandered)["zero_volume_days_60d"] == 0


@pytest.mark.parametrize("missing", [0, 1, 5])
def test_days_without_a_trade_of_an_equity_are_days_of_its_exchange(missing):
    """60 sessions, with Memorial Day and Good Friday among the days between: nobody could trade then."""
    days = sessions(60)
    assert {7, 59} & set(days) == set()
    found = measured(flat([*days[: 60 - missing - 1], days[-1]]), kind="equity")
    assert found["zero_volume_days_60d"] == missing


def test_bars_of_days_on_which_the_exchange_is_closed_do_not_count():
    days = sessions(60)
    with_weekends = flat(range(1, max(days) + 1))
    assert measured(with_weekends, kind="equity")["zero_volume_days_60d"] == 0
    assert measured(with_weekends, kind="equity")["average_volume_30d_usd"] == 1_000


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (range(1, 91), 1_000),
        (range(1, 16), 1_000),
        (range(1, 15), None),
        (set(range(1, 91)) - set(range(10, 16)), 800),
        (range(7, 91), 1_000),
        (range(8, 91), None),
        (range(40, 91), None),
        ((1, 90), 1_000 / 30),
    ],
)
def test_average_volume(days, expected):
    found = measured(flat(days))["average_volume_30d_usd"]
    assert found == pytest.approx(np.nan if expected is None else expected, nan_ok=True)


def test_average_volume_leaves_out_what_is_not_known():
    rows = [*flat(range(21, 31), volume_usd=None), *flat(range(11, 21), volume_usd=500), *flat(range(1, 11))]
    assert measured(rows)["average_volume_30d_usd"] == 750


def test_average_volume_of_an_equity_is_over_thirty_sessions():
    days = sessions(31)
    rows = [*flat(days[30:], volume_usd=1e6), *flat(days[15:30], volume_usd=3_000), *flat(days[:15])]
    assert measured(rows, kind="equity")["average_volume_30d_usd"] == 2_000


@pytest.mark.parametrize(
    ("closes", "expected"),
    [
        ([2, 2, 2], 0),
        ([2, 0.9, 0.9], 2),
        ([0.9, 1.0, 0.9], 1),
        ([0.9, 0.9, 0.9], 3),
        ([0.9, 0.9, 1.0], 0),
        ([2, 0.9, None, 0.8], 2),  # a close that is not known neither counts nor ends the run
        ([None, None], None),
    ],
)
def test_days_below_one_dollar(closes, expected):
    days = sessions(len(closes))[::-1]
    rows = [candle(ago(day), close) for day, close in zip(days, closes, strict=True)]
    found = measured(rows, kind="equity")["days_below_1_usd"]
    assert found == pytest.approx(np.nan if expected is None else expected, nan_ok=True)
    assert np.isnan(measured(rows)["days_below_1_usd"])


def test_drawdown_is_from_the_highest_price_of_ninety_days():
    rows = [candle(ago(90), 4, 10, 4, 5), *flat(range(2, 90), price=4), candle(ago(1), 3, 3, 2, 2.5)]
    assert measured(rows)["price_drawdown_90d_share"] == pytest.approx(0.75)
    before = [candle(ago(CANDLE_DAYS + 1), 100), *rows]
    assert measured(before)["price_drawdown_90d_share"] == pytest.approx(0.75)


def test_at_the_high_there_is_no_drawdown():
    assert measured(flat(range(1, 10)))["price_drawdown_90d_share"] == 0


@pytest.mark.parametrize(("newest", "is_known"), [(3, True), (7, True), (8, False), (40, False)])
def test_an_old_close_does_not_tell_the_present_price(newest, is_known):
    wednesday = NOW + timedelta(days=2)
    rows = flat(range(newest - 2, 90), price=0.5)
    found = measured(rows, kind="equity", now=wednesday)
    assert found[["days_below_1_usd", "price_drawdown_90d_share"]].notna().tolist() == [is_known] * 2


def changed(close, *, year_ago=None, capital=(), days=(2, 3)):
    """The change of 12 months of a share that closed at `close` and a year ago at `year_ago`."""
    facts = Facts.of(
        now=NOW,
        assets=[{"asset_id": 1, "kind": "equity"}],
        candles=flat(days, price=close),
        close_year_ago=[{"asset_id": 1, "opened_at": ago(366), "close_usd": year_ago}],
        capital=[{"asset_id": 1, **each} for each in capital],
    )
    return measures(facts).iloc[0]["price_change_12m_share"]


def test_the_change_of_a_year_is_from_the_close_of_then():
    assert changed(0.5, year_ago=2.0) == pytest.approx(-0.75)
    assert np.isnan(changed(0.5))
    assert np.isnan(changed(0.5, year_ago=2.0, days=(20, 21)))


def test_the_change_of_a_year_with_a_split_in_it_is_not_known():
    split = {"event": "reverse_split", "happened_on": ago(200), "ratio": 0.1}
    assert np.isnan(changed(0.5, year_ago=2.0, capital=[split]))
    assert changed(0.5, year_ago=2.0, capital=[split | {"happened_on": ago(500)}]) == pytest.approx(-0.75)


def quoted(price, year_ago, *, days=20, before=385, capital=(), **more):
    """The same of a share that its market quoted so many days ago and before."""
    facts = Facts.of(
        now=NOW,
        assets=[{"asset_id": 1, "kind": "equity"}],
        market=[{"asset_id": 1, "price_usd": price, "price_usd_at": ago(days)}],
        quote_year_ago=[{"asset_id": 1, "price_usd": year_ago, "price_usd_at": ago(before)}],
        capital=[{"asset_id": 1, **each} for each in capital],
        **more,
    )
    return measures(facts).iloc[0]["price_change_12m_share"]


def test_without_bars_the_change_of_a_year_is_between_two_quotes():
    assert quoted(0.5, 2.0) == pytest.approx(-0.75)
    assert quoted(0.5, 2.0, days=60) == pytest.approx(-0.75)
    assert np.isnan(quoted(0.5, 2.0, days=61))
    assert np.isnan(quoted(0.5, None))
    bars = {
        "candles": flat((2, 3), price=1.0),
        "close_year_ago": [{"asset_id": 1, "opened_at": ago(366), "close_usd": 4.0}],
    }
    assert quoted(0.5, 0.5, **bars) == pytest.approx(-0.75)


@pytest.mark.parametrize(("days_ago", "is_known"), [(10, True), (200, False), (500, True)])
def test_between_two_quotes_a_split_leaves_the_change_unknown(days_ago, is_known):
    split = {"event": "reverse_split", "happened_on": ago(days_ago), "ratio": 0.1}
    assert np.isfinite(quoted(0.5, 2.0, capital=[split])) == is_known


def test_the_noise_of_edge_follows_the_volatility():
    one = measured(wandering(range(1, 61)))
    assert one["edge_noise_share"] == pytest.approx(0.16 * one["volatility_daily_share"])


def test_the_bar_of_today_is_still_open():
    rows = flat(range(1, 61))
    with_today = [*rows, candle(ago(0), 99, volume_usd=1e9)]
    pd.testing.assert_series_equal(measured(with_today), measured(rows))


def test_each_asset_is_measured_as_if_it_were_alone():
    """To the last bit, in whatever order the batch is."""
    found = {
        4: ("token", wandering(range(1, 90), seed=4, asset_id=4)),
        2: ("equity", wandering(sessions(62), seed=2, asset_id=2)),
        9: ("token", wandering(range(45, 80), seed=9, asset_id=9)),
        7: ("token", []),
        5: ("token", flat(range(1, 70, 3), asset_id=5)),
    }
    together = measures(
        Facts.of(
            now=NOW,
            assets=[{"asset_id": each, "kind": kind} for each, (kind, _rows) in found.items()],
            candles=[row for each in sorted(found) for row in found[each][1]],
        )
    )
    for each, (kind, rows) in found.items():
        alone = measures(Facts.of(now=NOW, assets=[{"asset_id": each, "kind": kind}], candles=rows))
        pd.testing.assert_frame_equal(together.loc[[each]], alone, check_exact=True)


def test_no_unit_but_the_dollar_matters():
    """A price a thousand times as high changes nothing but how far it is from one dollar."""
    rows = wandering(range(1, 90))
    scaled = [{**row, **{f"{name}_usd": 1_000 * row[f"{name}_usd"] for name in PRICES}} for row in rows]
    assert measured(scaled).tolist() == pytest.approx(measured(rows).tolist(), rel=1e-9, nan_ok=True)
