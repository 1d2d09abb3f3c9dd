from dataclasses import fields

import pytest

from assets.providers.sec.concepts import (
    BALANCES,
    COST,
    FLOWS,
    IFRS,
    MAY_BE_NEGATIVE,
    US_GAAP,
    Total,
)
from assets.sourcing.rows import FundamentalsRow

FIELDS = {each.name for each in fields(FundamentalsRow)}


@pytest.mark.parametrize("taxonomy", [US_GAAP, IFRS])
def test_every_figure_is_a_field_of_the_row(taxonomy):
    figures = {*FLOWS[taxonomy], *BALANCES[taxonomy]} - {COST}
    assert figures <= FIELDS
    assert figures >= MAY_BE_NEGATIVE


def test_both_taxonomies_tell_the_same_figures():
    assert FLOWS[US_GAAP].keys() == FLOWS[IFRS].keys()
    assert BALANCES[US_GAAP].keys() == BALANCES[IFRS].keys()


def test_a_total_knows_all_its_tags():
    assert Total(("A",), also=(("B", "C"), ("D",))).all_tags == ("A", "B", "C", "D")
