from dataclasses import astuple
from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.after_unlock import after_unlock
from tests.assets.metrics.batch import NOW, measured

NAN = np.nan
EXAMPLE = {"circulating": 50e6, "price_usd": 0.5, "volume_24h_usd": 500_000.0, "depth_down_usd": 25_000.0}


def after(units, **market):
    """The one case, its figures by name."""
    found = after_unlock(np.array([units], dtype=float), **{**EXAMPLE, **market})
    return SimpleNamespace(**{name: float(getattr(found, name)[0]) for name in found.__slots__})


def test_a_supply_that_grows_by_40_percent_makes_35_million_of_25():
    found = after(0.4 * 50e6)
    assert found.market_cap_usd == 35_000_000
    assert found.price_usd == pytest.approx(0.5 * 25 / 35)
    assert found.price_change_share == pytest.approx(25 / 35 - 1)
    assert (found.of_circulating_share, found.circulating) == (pytest.approx(0.4), 70e6)
    assert (found.worth_usd, found.volume_days, found.worth_to_depth) == (10e6, 20, 400)


def test_nothing_that_comes_free_changes_nothing():
    found = after(0)
    assert (found.market_cap_usd, found.price_usd, found.circulating) == (25e6, 0.5, 50e6)
    nothing = (found.of_circulating_share, found.price_change_share, found.worth_usd, found.volume_days)
    assert (*nothing, found.worth_to_depth) == (0, 0, 0, 0, 0)
    assert after(0, price_usd=NAN, volume_24h_usd=NAN).volume_days == 0


@pytest.mark.parametrize(
    ("unknown", "then"),
    [
        ("circulating", {"of_circulating_share", "circulating", "market_cap_usd", "price_usd"}),
        ("price_usd", {"market_cap_usd", "price_usd", "worth_usd", "volume_days", "worth_to_depth"}),
        ("volume_24h_usd", {"volume_days"}),
        ("depth_down_usd", {"worth_to_depth"}),
    ],
)
def test_what_is_not_known_leaves_only_what_rests_on_it_unknown(unknown, then):
    also = {"price_change_share"} if unknown == "circulating" else set()
    found = vars(after(20e6, **{unknown: NAN}))
    assert {name for name, value in found.items() if value != value} == then | also


@pytest.mark.parametrize("market", ["volume_24h_usd", "depth_down_usd"])
def test_of_a_market_of_nothing_there_is_no_number(market):
    found = after(20e6, **{market: 0.0})
    assert np.isnan(found.volume_days if market == "volume_24h_usd" else found.worth_to_depth)


def test_units_that_are_not_known_tell_nothing():
    found = after_unlock(np.array([NAN]), **EXAMPLE)
    assert np.isnan(np.concatenate(astuple(found))).all()


AMOUNTS = st.floats(1e-6, 1e12)


@given(units=AMOUNTS, circulating=AMOUNTS, price=st.floats(1e-9, 1e2), volume=AMOUNTS, depth=AMOUNTS)
def test_it_is_what_decimals_say(units, circulating, price, volume, depth):
    found = after(
        units, circulating=circulating, price_usd=price, volume_24h_usd=volume, depth_down_usd=depth
    )
    free, before, paid, traded, bid = map(Decimal, (units, circulating, price, volume, depth))
    then = before + free
    assert found.circulating == pytest.approx(float(then))
    assert found.of_circulating_share == pytest.approx(float(free / before))
    assert found.market_cap_usd == pytest.approx(float(paid * then))
    assert found.price_usd == pytest.approx(float(paid * before / then))
    assert found.price_change_share == pytest.approx(float(-free / then), abs=1e-12)
    assert found.worth_usd == pytest.approx(float(free * paid))
    assert found.volume_days == pytest.approx(float(free * paid / traded))
    assert found.worth_to_depth == pytest.approx(float(free * paid / bid))


@given(units=AMOUNTS, circulating=AMOUNTS)
def test_at_that_price_the_market_cap_is_that_of_today(units, circulating):
    found = after(units, circulating=circulating)
    assert found.price_usd * found.circulating == pytest.approx(0.5 * circulating)
    assert 0 < found.price_usd <= 0.5


def test_it_says_what_the_measures_say_of_thirty_days():
    events = [{"unlock_at": NOW.replace(day=20), "amount": 20e6, "category": "team"}]
    figures = measured(
        market={"price_usd": 0.5, "volume_24h_usd": 500_000},
        supply={"circulating": 50e6, "total": 100e6},
        schedules={"complete": 1},
        unlocks=events,
    )
    found = after(20e6)
    assert figures["unlock_30d_share"] == found.of_circulating_share
    assert figures["unlock_30d_usd"] == found.worth_usd
    assert figures["unlock_30d_volume_days"] == found.volume_days
    assert figures["market_cap_after_unlock_usd"] == found.market_cap_usd
