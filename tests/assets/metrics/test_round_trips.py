"""A round trip in the venues of a batch: any size by the same rules, depth of none."""

import numpy as np
import pytest

from assets.metrics.round_trips import usable_books, venues_of
from tests.assets.metrics.batch import facts_of_one, measured

POOL = {"reserve_usd": 100_000, "pool_type": "constant_product", "fee_share": 0.003}
BOOK = {"spread_share": 0.01, "depth_up_usd": 50_000, "depth_down_usd": 25_000}


@pytest.mark.parametrize("size_usd", [100, 7_300, 2_000_000])
def test_the_cost_is_the_measure_of_that_size(size_usd):
    facts = facts_of_one(pools=[POOL], books=[BOOK])
    cost = venues_of(facts).cost(size_usd)
    assert (
        cost.share[0] == measured(pools=[POOL], books=[BOOK], position_usd=size_usd)["round_trip_cost_share"]
    )


def test_a_cost_is_only_the_most_where_another_venue_may_be_far_cheaper():
    unknown = {"reserve_usd": 5_000_000, "pool_type": "", "volume_24h_usd": 1_000_000}
    cost = venues_of(facts_of_one(pools=[POOL, unknown])).cost(20_000)
    assert np.isnan(cost.share[0])
    assert cost.most_share[0] > 0


def test_depth_is_of_no_position():
    concentrated = {**POOL, "pool_type": "concentrated", "virtual_reserve_usd": 100_000}
    depths = [
        measured(pools=[POOL, concentrated], position_usd=size)["depth_down_usd"] for size in (10, 900_000)
    ]
    assert depths[0] == pytest.approx(depths[1], nan_ok=True)


@pytest.mark.parametrize("flaw", [{"stale": True}, {"anomalous": True}])
def test_flawed_books_are_left_out(flaw):
    assert usable_books(facts_of_one(books=[BOOK, {**BOOK, **flaw}])).count()[0] == 1


@pytest.mark.parametrize(
    "beside",
    [
        {"reserve_usd": None, "pool_type": ""},
        {"virtual_quote_reserve": 500, "quote_price_usd": 1, "pool_type": "weighted"},
    ],
    ids=["nothing is told", "only its formula is told"],
)
@pytest.mark.parametrize("kind", ["", "constant_product"])
def test_a_loss_of_all_is_no_answer_beside_a_pool_of_which_nobody_knows_what_it_holds(kind, beside):
    drained = {"address": "a", "quote_reserve": 0, "quote_price_usd": 1, "pool_type": kind}
    assert venues_of(facts_of_one(pools=[drained])).cost(5_000).share.tolist() == [1]
    cost = venues_of(facts_of_one(pools=[drained, {"address": "b", **beside}])).cost(5_000)
    assert np.isnan(cost.share[0])
