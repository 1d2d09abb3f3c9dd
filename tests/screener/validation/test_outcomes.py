import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.validation.outcomes import Outcome, Sight, outcomes

UNKNOWN = float("nan")


def sight(price=1.0, liquidity=1_000.0, late=UNKNOWN, halted=UNKNOWN):
    known = {
        "price_usd": price,
        "liquidity_usd": liquidity,
        "late_reports": late,
        "is_halted": halted,
    }
    return Sight(**{name: np.array([value], dtype=float) for name, value in known.items()})


BAD, GOOD = True, False


@pytest.mark.parametrize(
    ("then", "now", "is_bad", "events"),
    [
        pytest.param({}, {}, GOOD, (), id="nothing happened"),
        pytest.param({}, {"price": 0.1}, BAD, ("price_lost",), id="just 90 % of the price"),
        pytest.param({}, {"price": 0.1001}, GOOD, (), id="less than 90 % of the price"),
        pytest.param({"price": 0.3}, {"price": 0.03}, BAD, ("price_lost",), id="90 % in binary fractions"),
        pytest.param({}, {"liquidity": 0.0}, BAD, ("liquidity_lost",), id="the pool was pulled"),
        pytest.param(
            {}, {"price": 0.01, "liquidity": 1}, BAD, ("liquidity_lost", "price_lost"), id="both are named"
        ),
        pytest.param({"halted": 0}, {"halted": 1}, BAD, ("halted",), id="halted since"),
        pytest.param({"halted": 1}, {"halted": 1}, GOOD, (), id="halted at the scan already"),
        pytest.param({}, {"halted": 1}, GOOD, (), id="halted, and nobody knew at the scan"),
        pytest.param({"late": 1}, {"late": 2}, BAD, ("filed_late",), id="one more late report"),
        pytest.param({"late": 2}, {"late": 1}, GOOD, (), id="an old late report is out of the window"),
        pytest.param({}, {"late": 2}, GOOD, (), id="late reports, and nobody knew at the scan"),
        pytest.param({}, {"price": UNKNOWN}, None, ("no_price",), id="no price now"),
        pytest.param({"price": UNKNOWN}, {}, None, ("no_price_at_scan",), id="no price then"),
        pytest.param({"price": 0.0}, {}, None, ("no_price_at_scan",), id="worth nothing then"),
        pytest.param({}, {"liquidity": UNKNOWN}, None, ("no_liquidity",), id="no liquidity now"),
        pytest.param({"liquidity": UNKNOWN}, {"liquidity": UNKNOWN}, GOOD, (), id="liquidity never known"),
        pytest.param({"liquidity": 0.0}, {"liquidity": UNKNOWN}, GOOD, (), id="no liquidity to lose"),
        pytest.param({"halted": 0}, {}, None, ("no_venue",), id="no word of the venue now"),
        pytest.param({"late": 0}, {}, None, ("no_filings",), id="no word of the filings now"),
        pytest.param(
            {}, {"price": UNKNOWN, "liquidity": 0}, BAD, ("liquidity_lost",), id="one event settles it"
        ),
    ],
)
def test_what_became_of_it(then, now, is_bad, events):
    assert outcomes(sight(**then), sight(**now)) == [Outcome(is_bad=is_bad, events=events)]


figures = st.one_of(st.just(UNKNOWN), st.just(0.0), st.floats(min_value=1e-12, max_value=1e12))
sights = st.builds(sight, figures, figures, figures, st.one_of(st.just(UNKNOWN), st.sampled_from([0.0, 1.0])))


@given(then=sights, now=sights, scale=st.sampled_from([0.25, 8.0, 1024.0]))
def test_the_unit_of_money_is_irrelevant(then, now, scale):
    def scaled(of):
        return sight(of.price_usd[0] * scale, of.liquidity_usd[0], of.late_reports[0], of.is_halted[0])

    assert outcomes(scaled(then), scaled(now)) == outcomes(then, now)


@given(then=sights, now=sights)
def test_an_event_is_named_just_when_something_bad_happened(then, now):
    (outcome,) = outcomes(then, now)
    assert (outcome.events == ()) == (outcome.is_bad is False)
    assert all(event.startswith("no_") for event in outcome.events) == (outcome.is_bad is not True)
