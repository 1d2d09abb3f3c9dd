import pytest

from assets.metrics.families import EQUITY, FAMILY_NAMES, SUPPLY, TOKEN
from assets.sandbox.archetypes import EQUITIES, NEWER_EQUITIES, NEWER_TOKENS, ROTATION, TOKENS
from assets.sandbox.invented import invented


@pytest.mark.parametrize("first", [0, 1, 17, 560])
def test_any_stretch_of_the_market_holds_the_whole_zoo(first):
    zoo = {invented(index).archetype.name for index in range(first, first + len(ROTATION))}
    assert zoo == {each.name for each in (*TOKENS, *EQUITIES, *NEWER_TOKENS, *NEWER_EQUITIES)}


def test_the_rotation_mixes_both_kinds():
    kinds = [each.kind for each in ROTATION]
    assert {TOKEN, EQUITY} == set(kinds[:4]) == set(kinds[-3:])


def test_newcomers_leave_the_first_assets_what_they_are():
    first = ROTATION[: len(TOKENS) + len(EQUITIES)]
    assert set(first) == {*TOKENS, *EQUITIES}
    assert (first[0], first[1].name, first[3].name, first[39].name) == (
        TOKENS[0],
        "solid old coin",
        "healthy company",
        "stale company",
    )


def test_every_family_is_told_of_some_archetype():
    families = {family for each in ROTATION for family in each.families}
    assert families == set(FAMILY_NAMES) - {SUPPLY}


def test_names_of_archetypes_are_unique():
    assert len({each.name for each in ROTATION}) == len(ROTATION)
