import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.services.dossier.peers import FEWEST, FIGURES, MULTIPLES, OWN_LABELS, peers_of
from screener.validation.statistics import wilson
from tests.screener.screens.tables import NAN, table_of

ALIKE = {"kind": "token", "sector": "DeFi", "tier": "micro"}
OWN = ALIKE | {"ps": 5.0, "market_cap": 10.0, "fdv": 25.0}


def group_of(*others, own=OWN):
    """The peers of the first asset."""
    return peers_of(table_of(own, *others), 1)


def figure(group, key):
    (found,) = [each for each in group.figures if each.key == key]
    return found


def sales(*multiples):
    return [ALIKE | {"ps": each} for each in multiples]


def test_peers_share_kind_sector_tier_and_whether_they_are_invented():
    others = [
        ALIKE,
        ALIKE | {"kind": "equity"},
        ALIKE | {"sector": "AI"},
        ALIKE | {"sector": ""},
        ALIKE | {"tier": "small"},
        ALIKE | {"sandbox": "yes"},
    ]
    group = group_of(*others)
    assert (group.kind, group.sector, group.tier, group.count) == ("token", "DeFi", "micro", 1)


@pytest.mark.parametrize("unknown", ["sector", "tier"])
def test_what_is_not_known_makes_no_group(unknown):
    unsaid = ALIKE | {unknown: ""}
    group = group_of(*[unsaid] * 20, own=OWN | {unknown: ""})
    assert (group.is_known, group.count) == (False, 0)


def test_an_asset_that_the_table_does_not_hold_has_no_group():
    table = table_of(ALIKE)
    assert peers_of(table, 2) is None
    assert peers_of(table, 0) is None


def test_of_fewer_than_eight_peers_nothing_is_said():
    group = group_of(*sales(*[1.0] * (FEWEST - 1)), ALIKE)
    multiple = figure(group, "ps")
    assert group.is_enough
    assert (multiple.count, multiple.value) == (FEWEST - 1, 5)
    assert (multiple.median, multiple.below_share, multiple.low_share) == (None, None, None)
    assert group.valuation is None


def test_a_place_counts_ties_half():
    multiple = figure(group_of(*sales(1, 2, 3, 5, 5, 6, 7, 8)), "ps")
    assert multiple.below_share == 4 / 8
    assert multiple.median == 5
    assert (multiple.low_share, multiple.high_share) == wilson(4, 8)


def test_what_differs_in_the_last_digits_is_a_tie():
    assert figure(group_of(*sales(*[5.000000000000002] * 8)), "ps").below_share == 0.5


def test_what_is_not_known_of_the_asset_has_no_place_but_a_median():
    multiple = figure(group_of(*sales(*range(1, 10)), own=OWN | {"ps": NAN}), "ps")
    assert (multiple.value, multiple.below_share, multiple.median) == (None, None, 5)


@pytest.mark.parametrize(
    ("multiples", "cheap", "expensive"),
    [([9.0] * 20, True, False), ([1.0] * 20, False, True), ([1.0, 9.0] * 10, False, False)],
)
def test_cheap_and_expensive_hold_at_both_ends_of_the_interval(multiples, cheap, expensive):
    multiple = group_of(*sales(*multiples)).valuation
    assert multiple.key == "ps"
    assert (multiple.is_cheap, multiple.is_expensive) == (cheap, expensive)


def test_without_sales_another_multiple_speaks():
    others = [ALIKE | {"mcap_to_tvl": float(each)} for each in range(1, 10)]
    group = group_of(*others, own=OWN | {"ps": NAN, "mcap_to_tvl": 0.5})
    assert group.valuation.key == "mcap_to_tvl"


def test_diluted_figures_follow_from_the_columns():
    share = {"kind": "equity", "sector": "DeFi", "tier": "micro"}
    group = group_of(own=OWN | share)
    assert figure(group, "fdv_to_cap").value == 2.5
    assert figure(group, "fdv_to_revenue").value == 12.5


def test_multiples_are_among_the_figures():
    assert {*MULTIPLES} <= {key for keys in FIGURES.values() for key in keys}
    assert {*OWN_LABELS} <= {*FIGURES["equity"]}


@given(
    multiples=st.lists(st.one_of(st.just(NAN), st.floats(min_value=0, max_value=1e6)), max_size=40),
    own=st.one_of(st.just(NAN), st.floats(min_value=0, max_value=1e6)),
)
def test_a_place_is_a_share_within_its_interval(multiples, own):
    multiple = figure(group_of(*sales(*multiples), own=OWN | {"ps": own}), "ps")
    assert multiple.count == int((~np.isnan(np.array(multiples, dtype=float))).sum())
    if multiple.below_share is not None:
        assert -1e-9 <= multiple.low_share <= multiple.below_share + 1e-9
        assert multiple.below_share <= multiple.high_share + 1e-9
    assert not (multiple.is_cheap and multiple.is_expensive)
