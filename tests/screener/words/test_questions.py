import pytest

from assets.metrics.facts import FAMILIES_OF_FRAME, FRAMES
from assets.metrics.witnesses.questioned import PLACES
from screener.words.questions import (
    MODEL_OF_FRAME,
    questioned_name,
    questioned_reason,
)

CAP = {"frame": "measures", "place": "", "field": "market_cap_usd", "value": 7e12, "against": 7e6}


@pytest.mark.parametrize(
    ("frame", "field", "place", "name"),
    [
        ("measures", "market_cap_usd", "", "Market cap"),
        ("supply", "circulating", "", "circulating supply"),
        ("supply", "circulating_year_ago", "", "circulating supply a year ago"),
        ("pools", "reserve_usd", "0xab", "reserve, 0xab"),
        ("pools", "price_usd", "FLhP2iCq9TNSxtUhE2aVs3DHnh9ihkJCzXaY2nePkeLu", "price, FLhP2i…ePkeLu"),
        ("books", "bid_usd", "some exchange, LONGCODE/USDT", "bid, some exchange, LONGCODE/USDT"),
        ("unlocks", "amount", "", "unlock schedule, in all"),
        ("candles", "high_usd", "2026-05-01", "high, 2026-05-01"),
        ("gone", "field", "", "field"),
        ("measures", "gone", "", "gone"),
    ],
)
def test_a_questioned_figure_has_the_name_that_lists_of_facts_use(frame, field, place, name):
    told = questioned_name({"frame": frame, "field": field, "place": place})
    assert told.casefold() == name.casefold()
    assert told[0].isupper()


def test_the_reason_names_both_values():
    told = questioned_reason(CAP | {"witness": "reported_cap"}).replace("\u202f", " ")
    assert told == "Price × supply gives $7.00 T; the provider's own figure is $7.00 M."


def test_a_reason_without_a_place_for_the_other_value_ends_with_it():
    told = questioned_reason(
        {"frame": "pools", "place": "0xab", "field": "price_usd", "value": 1, "against": 7}
        | {"witness": "venue_price"}
    )
    assert told == "$1.00 is of a venue whose price is far from the market's ($7.00)."


def test_of_a_witness_that_is_gone_the_values_stay():
    assert questioned_reason(CAP | {"witness": "gone", "against": None}).startswith("$7.00")


def test_every_frame_in_which_something_can_be_questioned_is_known():
    assert set(PLACES) <= set(MODEL_OF_FRAME)
    assert set(MODEL_OF_FRAME) < set(FAMILIES_OF_FRAME) < {*FRAMES, "measures"}


@pytest.mark.parametrize("witness", ["cover_count", "units_of_cover", "placeholder"])
def test_a_company_has_shares_and_no_circulating_supply(witness):
    question = {"frame": "supply", "field": "circulating", "place": "", "witness": witness}
    assert questioned_name(question).casefold() == "shares outstanding"
    assert questioned_name(question | {"witness": "more_than_exists"}).casefold() == "circulating supply"
