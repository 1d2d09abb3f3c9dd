import pytest

from assets.metrics.families import EQUITY, TOKEN
from assets.sandbox.archetypes import EQUITIES, ROTATION, TOKENS
from assets.sandbox.invented import invented


@pytest.mark.parametrize("first", [0, 1, 17, 560])
def test_any_stretch_of_the_market_holds_the_whole_zoo(first):
    zoo = {invented(index).archetype.name for index in range(first, first + len(ROTATION))}
    assert zoo == {each.name for each in (*TOKENS, *EQUITIES)}


def test_the_rotation_mixes_both_kinds():
    kinds = [each.kind for each in ROTATION]
    assert len(ROTATION) == len(TOKENS) + len(EQUITIES) == 40
    assert {TOKEN, EQUITY} == set(kinds[:4])


def test_names_of_archetypes_are_unique():
    assert len({each.name for each in ROTATION}) == len(ROTATION)
