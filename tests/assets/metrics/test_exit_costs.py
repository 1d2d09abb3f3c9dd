"""Costs between the kept sizes: exact for a pool, between the neighbours for everything."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.constant_product import round_trip_share
from assets.metrics.exit_costs import EXIT_SIZES_USD, cost_at, exit_costs
from assets.metrics.exits import book_round_trip_share
from tests.assets.metrics.batch import Measured, facts_of_one

SIDES = np.array([2_000.0, 40_000.0, 1_500_000.0, np.nan])
POSITIONS = st.floats(1, 9_999_999)


def of_pools(size):
    return round_trip_share(SIDES, size, np.full(4, 0.003))


POOLS = [of_pools(size) for size in EXIT_SIZES_USD]


@given(size=POSITIONS)
def test_a_pool_costs_between_the_sizes_what_its_formula_says(size):
    found, exact = cost_at(size, POOLS), of_pools(size)
    assert np.isnan(found[3])
    within = exact[:3] < 0.9 if size >= 100 else exact[:3] < 0.05
    assert found[:3][within] == pytest.approx(exact[:3][within], rel=1e-3, abs=2e-5)


@given(size=st.floats(100, 1e7))
def test_a_book_of_even_depth_is_met_to_a_hundredth_of_its_cost(size):
    def of_books(money):
        spread, depth = np.array([0.002, 0.05]), np.array([8_000.0, 900_000.0])
        return book_round_trip_share(spread, depth, depth, money, 0.002)

    found, exact = cost_at(size, [of_books(each) for each in EXIT_SIZES_USD]), of_books(size)
    within = exact < 0.5
    assert found[within] == pytest.approx(exact[within], rel=0.01)


@given(
    size=st.floats(100, 1e7),
    costs=st.lists(st.floats(0, 1) | st.just(np.nan), min_size=16, max_size=16),
)
def test_a_cost_lies_between_its_neighbours_or_is_not_known(size, costs):
    (found,) = cost_at(size, [np.array([each]) for each in costs])
    above = int(np.searchsorted(EXIT_SIZES_USD, size))
    near = [costs[above]] if EXIT_SIZES_USD[above] == size else costs[above - 1 : above + 1]
    if np.isnan(near).any():
        assert np.isnan(found)
    else:
        assert min(near) <= found <= max(near)


@given(sizes=st.lists(POSITIONS | st.just(np.nan), min_size=4, max_size=4))
def test_sizes_of_their_own_cost_what_each_costs_alone(sizes):
    together = cost_at(np.array(sizes), POOLS)
    alone = [cost_at(size, POOLS)[place] for place, size in enumerate(sizes)]
    np.testing.assert_allclose(together, alone, rtol=1e-9)


def test_beyond_the_largest_size_only_what_is_hopeless_is_known():
    columns = [np.array([0.01, 0.7])] * len(EXIT_SIZES_USD)
    np.testing.assert_array_equal(cost_at(5e8, columns), [np.nan, 0.7])


def test_where_all_is_lost_at_the_next_size_the_cost_rises_to_it():
    columns = [np.array([0.2 if size <= 1_000 else 1.0]) for size in EXIT_SIZES_USD]
    assert cost_at(1_750.0, columns) == pytest.approx([0.6])


def test_a_kept_cost_is_the_measure_of_that_size():
    facts = facts_of_one(pools=[{"reserve_usd": 80_000, "pool_type": "constant_product"}])
    (costs,) = exit_costs(facts)
    for cost, size in zip(costs, EXIT_SIZES_USD, strict=True):
        measured = Measured(facts, position_usd=size)["round_trip_cost_share"]
        assert cost == pytest.approx(measured, rel=1e-4)
