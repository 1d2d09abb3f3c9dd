import numpy as np
import pytest

from assets.metrics.families import KINDS
from assets.models import Asset
from screener.benches.market import add_scored, score_again
from screener.models import Scorecard
from screener.screens.columns import CATEGORIES, COLUMNS, SANDBOX
from screener.universe.live import UNIVERSE

SIZE = 300


@pytest.fixture
def market(db):
    UNIVERSE.forget()
    add_scored(SIZE)


def test_a_market_has_values_in_every_column_and_category(market):
    table = UNIVERSE.table()
    assert table.ids.tolist() == list(range(1, SIZE + 1))
    for column in COLUMNS:
        known = ~np.isnan(table.numbers[column.key])
        assert known.any(), column.key
        assert known.all() == (column.source in PLAIN), column.key
    assert all(len(table.categories[each.key].labels) > 1 for each in CATEGORIES if each.key != SANDBOX)
    assert 0.6 < (table.gates_open == 0).mean() < 0.95


PLAIN = ("coverage", "as_of", "created_at")


def test_assets_are_of_either_kind_and_have_names_of_their_own(market):
    assets = Asset.objects.all()
    assert {each.kind for each in assets} == set(KINDS)
    assert len({(each.slug, each.symbol, each.name) for each in assets}) == SIZE
    assert all(bool(each.chain) == (each.kind == "token") and not each.fictional for each in assets)
    assert all(isinstance(each.tags, list) and each.tags for each in assets)


def test_to_score_again_appends_and_the_newest_counts(market):
    score_again([3, 5], seed=1, figures={"price_usd": 1e12})
    UNIVERSE.forget()
    prices = UNIVERSE.table().numbers["price"]
    assert np.flatnonzero(prices == 1e12).tolist() == [2, 4]
    assert Scorecard.objects.count() == SIZE + 2
