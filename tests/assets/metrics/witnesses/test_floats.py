"""Public floats: an amount on a cover in thousands or millions, where dollars are meant."""

from datetime import timedelta

import numpy as np
import pytest

from assets.metrics.witnesses.floats import ABOVE_CAP_FACTOR, BELOW_FACTOR, TEXT_FACTOR, YEAR_FACTOR
from assets.metrics.witnesses.questioned import questioned
from tests.assets.metrics.batch import NOW, Measured, facts_of_one
from tests.assets.metrics.witnesses.looking import asked, asked_by

TOLD = 45.3e6
QUESTIONED = ["public_float_usd"]


def company(filed_usd=TOLD, *, equity=None, cap=None, before=None, text=None, **rows):
    """`cap` is price × shares; `text` is what the words of the cover say."""
    cover = {
        "accession": "a",
        "form": "10-K",
        "subject": "float",
        "event": "non_affiliates",
        "amount_usd": text,
    }
    return {
        "kind": "equity",
        "fundamentals": {"public_float_usd": filed_usd, "equity_usd": equity},
        "fundamentals_year_ago": {"public_float_usd": before},
        "market": {"price_usd": cap and 2.0, "price_usd_at": NOW},
        "supply": {"circulating": cap and cap / 2, "circulating_at": NOW},
        "filing_events": [cover | {"filed_on": (NOW - timedelta(days=90)).date()}] if text else [],
        **rows,
    }


def floats(*filed_usd, **given):
    return asked_by("other_scale_of_float", **company(*filed_usd, **given))


@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1e3, 1e6])
@pytest.mark.parametrize("witness", ["cap", "before", "text"])
def test_a_float_of_another_scale_is_contradicted_by_any_witness(scale, witness):
    assert floats(TOLD * scale, **{witness: TOLD * 1.4}) == QUESTIONED


@pytest.mark.parametrize(
    ("witness", "times", "fields"),
    [
        ("cap", 1.01 / ABOVE_CAP_FACTOR, []),
        ("cap", 0.99 / ABOVE_CAP_FACTOR, QUESTIONED),
        ("cap", 0.99 * BELOW_FACTOR, []),
        ("cap", 1.01 * BELOW_FACTOR, QUESTIONED),
        ("before", 0.99 * YEAR_FACTOR, []),
        ("before", 1.01 * YEAR_FACTOR, QUESTIONED),
        ("before", 0.99 / YEAR_FACTOR, QUESTIONED),
        ("text", 0.99 * TEXT_FACTOR, []),
        ("text", 1.01 * TEXT_FACTOR, QUESTIONED),
        ("text", 0.99 / TEXT_FACTOR, QUESTIONED),
        ("equity", 0.99 * BELOW_FACTOR, []),
        ("equity", 1.01 * BELOW_FACTOR, QUESTIONED),
        ("equity", 1e-6, []),
        ("equity", -1e6, []),
    ],
)
def test_prices_move_and_scales_do_not(witness, times, fields):
    assert floats(**{witness: TOLD * times}) == fields


def test_a_market_cap_outweighs_the_float_of_a_year_before():
    assert floats(TOLD / 1e3, cap=TOLD, before=TOLD / 1e3) == QUESTIONED
    assert floats(before=TOLD / 1e3, cap=TOLD) == []


def test_of_two_caps_either_may_be_of_another_unit():
    vendors = {"price_usd": 2.0, "price_usd_at": NOW, "units_in_cap": TOLD / 2}
    assert floats(cap=TOLD / 1e3, market=vendors) == []
    assert floats(TOLD / 1e6, cap=TOLD / 1e3, market=vendors) == QUESTIONED


def test_a_cap_that_somebody_tells_is_one_without_a_price():
    assert floats(market={"market_cap_usd": TOLD / 1e3}) == QUESTIONED


def test_shares_at_the_price_of_the_cover_are_its_text():
    priced = {"accession": "a", "subject": "float", "shares": TOLD / 2, "price_usd": 2.0}
    cover = [priced | {"filed_on": (NOW - timedelta(days=90)).date()}]
    assert floats(TOLD / 1e3, filing_events=cover) == QUESTIONED
    assert floats(TOLD, filing_events=cover) == []


def test_without_a_witness_nothing_is_asked():
    assert asked(**company()) == []
    assert floats(None, cap=TOLD) == []


def test_a_float_that_is_questioned_is_no_measure():
    rows = company(TOLD / 1e3, before=TOLD)
    found = Measured(questioned(facts_of_one(**rows)))
    assert np.isnan(found["public_float_usd"])
