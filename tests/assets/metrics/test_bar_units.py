from datetime import timedelta

import numpy as np
import pytest

from assets.metrics.bar_units import DATED_WITHIN_DAYS, UnitBars
from assets.metrics.bars import Bars
from assets.metrics.columns import Groups
from assets.metrics.unit_changes import UnitChanges
from tests.assets.metrics.batch import NOW, facts_of_one, measured


def facts(closes, *changes):
    """The last close is of yesterday."""
    bars = [
        {
            "opened_at": NOW - timedelta(days=len(closes) - place),
            **dict.fromkeys(("open_usd", "high_usd", "low_usd", "close_usd"), close),
            "volume_usd": 1e5,
        }
        for place, close in enumerate(closes)
    ]
    return {"candles": bars, "capital": list(changes)}


def in_units(closes, *changes):
    found = facts_of_one(kind="equity", **facts(closes, *changes))
    both = UnitBars.of(Bars.of(Groups.of(found.candles, found.asset_ids)), UnitChanges.of(found))
    return [np.exp(each.close).tolist() for each in (both.today, both.traded)]


def change(days_ago, ratio, event="reverse_split", **more):
    return {"event": event, "happened_on": NOW - timedelta(days=days_ago), "ratio": ratio, **more}


@pytest.mark.parametrize(
    ("closes", "ratio", "today", "traded"),
    [
        ([0.2, 0.21, 4.1, 4.0], 0.05, [4, 4.2, 4.1, 4], [0.2, 0.21, 4.1, 4.0]),
        ([4, 4.2, 4.1, 4.0], 0.05, [4, 4.2, 4.1, 4], [0.2, 0.21, 4.1, 4.0]),
        ([400, 410, 41, 40], 10, [40, 41, 41, 40], [400, 410, 41, 40]),
        ([40, 41, 41, 40], 10, [40, 41, 41, 40], [400, 410, 41, 40]),
    ],
)
def test_the_bars_themselves_say_whether_they_were_adjusted(closes, ratio, today, traded):
    found = in_units(closes, change(2, ratio))
    assert found[0] == pytest.approx(today)
    assert found[1] == pytest.approx(traded)


def test_a_split_dated_by_its_approval_is_found_in_the_prices():
    closes = [0.2] * 15 + [4.0] * 10
    early = change(10 + DATED_WITHIN_DAYS - 3, 0.05)
    assert in_units(closes, early)[0] == pytest.approx([4.0] * 25)


def test_the_split_of_a_quarter_is_found_in_the_prices():
    closes = [0.2] * 40 + [4.0] * 20
    quarter = change(5, 0.05, earliest_on=NOW - timedelta(days=58))
    assert in_units(closes, quarter)[0] == pytest.approx([4.0] * 60)


def test_bars_of_before_a_change_of_unknown_ratio_say_nothing_where_prices_show_it():
    unknown = change(2, None, "unit_change")
    assert in_units([0.2, 0.21, 4.1, 4.0], unknown) == [pytest.approx([4.1, 4.0])] * 2
    assert in_units([3.9, 4.0, 4.1, 4.0], unknown) == [pytest.approx([3.9, 4.0, 4.1, 4.0])] * 2


def test_two_changes_and_none():
    closes = [8] * 20 + [80] * 40 + [20] * 20
    assert in_units(closes, change(60, 0.1), change(20, 4, "split"))[0] == pytest.approx([20] * 80)
    assert in_units([1, 2, 3])[0] == pytest.approx([1, 2, 3])
    assert in_units([], change(4, 0.1)) == [[], []]


def test_an_exchange_counts_closes_below_a_dollar_as_they_were_traded():
    adjusted = facts([18.0] * 20 + [0.9] * 5, change(5, 0.05))
    assert measured(kind="equity", **adjusted)["days_below_1_usd"] > 15
    traded = facts([1.4] * 30, change(20, 2, "split"))
    assert measured(kind="equity", **traded)["days_below_1_usd"] == 0
    before = facts([18.0] * 10, change(-1, 0.05))
    assert measured(kind="equity", **before)["days_below_1_usd"] == 0


def test_a_split_is_no_drawdown():
    found = measured(kind="equity", **facts([400.0] * 30 + [40.0] * 30, change(30, 10, "split")))
    assert found["price_drawdown_90d_share"] == pytest.approx(0, abs=1e-12)
