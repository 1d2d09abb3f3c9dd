from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.planning.ladder import MOST_STEPS, WEIGHTS, Ladder, step_exits, weights_of
from assets.metrics.selling.outcome import sell
from assets.metrics.selling.venues import exit_venues
from assets.metrics.sizing import fixed_fractional_usd
from tests.assets.metrics.batch import facts_of_one

POOL = {
    "address": "0xa",
    "price_usd": 2.0,
    "reserve_usd": 100_000,
    "pool_type": "constant_product",
    "fee_share": 0.003,
}


def ladder(count=3, spacing=0.1, kind="even", total=3_000.0, first=2.0):
    return Ladder.of(
        first_usd=first,
        count=count,
        spacing_share=spacing,
        weights=weights_of(kind, count),
        total_usd=total,
    )


def test_three_orders_by_hand():
    """$1,000 each at $2, $1.80 and $1.62: 500 + 555.56 + 617.28 units."""
    found = ladder()
    assert found.price_usd == pytest.approx([2, 1.8, 1.62])
    assert found.units == pytest.approx([500, 555.5556, 617.2840], abs=1e-4)
    assert found.average_usd == pytest.approx([2, 2_000 / 1_055.5556, 3_000 / 1_672.8395])
    assert found.loss_usd(1.5) == pytest.approx([250, 250 + 555.5556 * 0.3, 490.7407], abs=1e-3)


@pytest.mark.parametrize(
    ("kind", "spent"), [("even", [2, 2, 2]), ("rising", [1, 2, 3]), ("falling", [3, 2, 1])]
)
def test_how_the_money_is_spread(kind, spent):
    assert ladder(kind=kind, total=6).spend_usd == pytest.approx(spent)


def test_a_step_that_is_given_no_money_costs_nothing():
    found = Ladder.of(first_usd=2, count=2, spacing_share=0.1, weights=[0, 1], total_usd=90)
    assert np.isnan(found.average_usd[0])
    assert found.average_usd[1] == pytest.approx(1.8)


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": 0, "weights": []},
        {"count": MOST_STEPS + 1, "weights": [1] * (MOST_STEPS + 1)},
        {"weights": [1, 1]},
        {"weights": [1, 1, -1]},
        {"weights": [0, 0, 0]},
        {"weights": [1, 1, np.nan]},
        {"first_usd": 0},
        {"first_usd": np.inf},
        {"first_usd": np.nan},
        {"spacing_share": -0.1},
        {"spacing_share": 0.6},
        {"total_usd": -1},
        {"total_usd": np.nan},
    ],
)
def test_what_is_no_ladder_is_refused(wrong):
    given_ = {"first_usd": 2, "count": 3, "spacing_share": 0.1, "weights": [1, 1, 1], "total_usd": 9}
    with pytest.raises(ValueError, match=r"ladder|Weights"):
        Ladder.of(**{**given_, **wrong})


LADDERS = {
    "count": st.integers(1, MOST_STEPS),
    "spacing": st.floats(0, 0.3),
    "kind": st.sampled_from(WEIGHTS),
    "total": st.floats(1, 1e9),
    "first": st.floats(1e-6, 1e5),
}


@given(**LADDERS)
def test_the_average_is_what_pandas_and_decimals_say(count, spacing, kind, total, first):
    found = ladder(count, spacing, kind, total, first)
    parts = {"even": [1] * count, "rising": range(1, count + 1), "falling": range(count, 0, -1)}[kind]
    kept, price, rows = 1 - Decimal(spacing), Decimal(first), []
    for part in parts:
        rows.append((float(price), float(Decimal(total) * part / sum(parts))))
        price *= kept
    orders = pd.DataFrame(rows, columns=["price", "spend"])
    bought = (orders["spend"] / orders["price"]).cumsum()
    assert found.price_usd == pytest.approx(orders["price"].to_numpy())
    assert found.average_usd == pytest.approx((orders["spend"].cumsum() / bought).to_numpy())
    assert found.spend_usd.sum() == pytest.approx(total)


@given(**LADDERS)
def test_the_average_lies_between_the_first_and_the_last_order_and_falls(count, spacing, kind, total, first):
    found = ladder(count, spacing, kind, total, first)
    average = found.average_usd
    assert (np.diff(average) <= 1e-9 * first).all()
    assert found.price_usd[-1] * (1 - 1e-9) <= average[-1] <= first * (1 + 1e-9)


@given(**LADDERS, kept=st.floats(0.01, 0.99), risk=st.floats(0.001, 0.1))
def test_sized_at_its_average_it_loses_at_the_stop_what_was_risked(
    count, spacing, kind, total, first, kept, risk
):
    """The average does not depend on the money: the ladder's own is the entry of the bound by risk."""
    average, last = (
        getattr(ladder(count, spacing, kind, 1.0, first), each)[-1] for each in ("average_usd", "price_usd")
    )
    stop = last * kept
    size = fixed_fractional_usd(
        equity_usd=np.array([total]),
        risk_share=np.array([risk]),
        entry_usd=np.array([average]),
        stop_usd=np.array([stop]),
    )
    sized = ladder(count, spacing, kind, float(size[0]), first)
    assert sized.loss_usd(stop)[-1] == pytest.approx(total * risk)


def test_a_step_is_sold_where_it_was_bought():
    """A constant product of $50,000 against 25,000 units: after a fall to p its quote side is √(p / 2) of it,
    and selling q into it leaves (1 + q · 0.997 / reserve)⁻² of the price."""
    found, venues = ladder(), exit_venues(facts_of_one(pools=[POOL]), price_usd=2.0)
    exits = step_exits(found, venues)
    assert [each.fall_share for each in exits] == pytest.approx([0, 0.1, 0.19])
    for place, each in enumerate(exits):
        reserve = 25_000 / np.sqrt(found.price_usd[place] / 2)
        for outcome, units in (
            (each.alone, found.units[place]),
            (each.together, found.held_units[place]),
        ):
            assert outcome.price_share == pytest.approx((1 + units * 0.997 / reserve) ** -2)
            worth = found.price_usd[place] * units * 0.997 / (1 + units * 0.997 / reserve)
            assert outcome.proceeds_usd == pytest.approx(worth)


def test_a_step_above_the_price_is_sold_into_the_market_of_today():
    venues = exit_venues(facts_of_one(pools=[POOL]), price_usd=2.0)
    (step,) = step_exits(ladder(1, first=2.5, total=2_500.0), venues)
    assert step.fall_share == 0
    assert step.alone.proceeds_usd == sell(venues, 1_000).proceeds_usd


@pytest.mark.parametrize("rows", [{}, {"pools": [POOL | {"pool_type": ""}]}])
def test_where_nothing_can_surely_be_sold_all_is_left(rows):
    venues = exit_venues(facts_of_one(**rows), price_usd=2.0)
    assert [each.together.unfilled_share for each in step_exits(ladder(), venues)] == [1, 1, 1]


@given(total=st.floats(1, 1e6), kind=st.sampled_from(WEIGHTS))
def test_what_is_held_presses_no_less_than_the_step_alone(total, kind):
    venues = exit_venues(facts_of_one(pools=[POOL]), price_usd=2.0)
    for each in step_exits(ladder(4, kind=kind, total=total), venues):
        assert each.together.price_share <= each.alone.price_share + 1e-12
        assert each.together.proceeds_usd >= each.alone.proceeds_usd - 1e-6
