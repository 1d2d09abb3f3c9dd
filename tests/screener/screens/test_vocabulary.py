import pytest

from screener.screens.columns import CATEGORIES, COLUMNS
from screener.screens.vocabulary import (
    ASKABLE,
    CATEGORY_KEYS,
    FIELD_KEYS,
    JOINING,
    KEYWORDS,
    NAME,
    PCT,
    WELL_KNOWN,
    criterion_hint,
    field_hint,
    gate_hint,
    nearest,
)


def test_no_word_means_two_things():
    words = [*FIELD_KEYS, *CATEGORY_KEYS, *KEYWORDS, *JOINING, NAME, PCT]
    assert len(words) == len(set(words))
    assert set(ASKABLE.values()) == {each.key for each in (*COLUMNS, *CATEGORIES)}


def test_what_is_well_known_leads_to_a_word_that_exists_and_is_none_itself():
    assert set(WELL_KNOWN.values()) <= {*ASKABLE.values(), *KEYWORDS, NAME}
    assert set(WELL_KNOWN) & {*ASKABLE, *KEYWORDS, *JOINING, NAME, PCT} == set()


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("mcap", "market_cap"),
        ("MCAP", "market_cap"),
        ("market-cap", "market_cap"),
        ("holder", "holders"),
        ("cash runway", "runway"),
        ("blockchain", "chain"),
        ("tgas", "tag"),
        ("qqqq", ""),
        ("", ""),
        ("\ud800" * 5_000, ""),
    ],
)
def test_the_field_that_was_perhaps_meant(word, hint):
    assert field_hint(word, beside=["tag"]) == hint


def test_criteria_and_gates_are_known_by_their_last_part():
    assert criterion_hint("top_ten_shar") == "holder_concentration.top_ten_share"
    assert criterion_hint("active_addresses") == "utility.active_addresses"
    assert gate_hint("mint_authority") == "tokenomics.mint_authority"
    assert gate_hint("unverifed") == "unverified"
    assert gate_hint("active_addresses") == ""


def test_the_nearest_name_is_told_by_what_it_stands_for():
    assert nearest("Alpa", {"alpha": "A", "beta": "B"}) == "A"
    assert nearest("zzzz", {"alpha": "A"}) == ""
