import numpy as np
import pandas as pd
import pytest

from assets.metrics.facts import Facts
from assets.metrics.measure import MEASURES, measure
from tests.assets.metrics.batch import NOW, facts_of_one

UNITS = {
    *("usd", "share", "bps", "days", "count", "ratio", "months", "hours", "score", "index"),
    *("faults", "traps", "limits"),
}


def batch_of(*rows):
    """Assets 5, 2, 9, … with a price each, in that order."""
    return Facts.of(
        now=NOW,
        assets=[{"asset_id": each, "kind": "token"} for each in rows],
        market=[{"asset_id": each, "price_usd": each} for each in rows],
        pools=[{"asset_id": each, "reserve_usd": 1_000 * each} for each in rows],
    )


def test_every_measure_is_there_once_and_explained():
    names = [each.name for each in MEASURES]
    assert len(set(names)) == len(names)
    assert all(each.unit in UNITS and each.label and each.description.endswith(".") for each in MEASURES)


def test_columns_are_the_measures_in_their_order_and_rows_the_assets_in_theirs():
    found = measure(batch_of(5, 2, 9), position_usd=1_000)
    assert found.columns.tolist() == [each.name for each in MEASURES]
    assert found.index.tolist() == [5, 2, 9]
    assert found["price_usd"].tolist() == [5, 2, 9]
    assert set(found.dtypes) == {np.dtype("float64")}


def test_a_batch_is_its_assets_one_by_one():
    together = measure(batch_of(5, 2, 9), position_usd=1_000)
    apart = pd.concat([measure(batch_of(each), position_usd=1_000) for each in (5, 2, 9)])
    pd.testing.assert_frame_equal(together, apart, check_exact=True)


def test_of_an_unknown_asset_nothing_is_known_but_the_position():
    found = measure(facts_of_one(), position_usd=1_000).loc[1]
    assert found.dropna().to_dict() == {"position_usd": 1_000}


def test_an_empty_batch():
    assert measure(batch_of(), position_usd=1_000).empty


@pytest.mark.parametrize("position_usd", [0, -5, float("nan")])
def test_a_position_must_be_one(position_usd):
    with pytest.raises(ValueError, match="more than 0 USD"):
        measure(batch_of(1), position_usd=position_usd)


@pytest.mark.parametrize("absurd", [np.inf, -np.inf, -1.0, 1e300, 0.0])
def test_no_measure_is_ever_infinite(absurd):
    families = {
        name: dict.fromkeys(getattr(facts_of_one(), name).select_dtypes("float64").columns, absurd)
        for name in ("market", "supply", "holders", "usage", "disclosure", "fundamentals", "filings")
    }
    rows = {
        name: [dict.fromkeys(getattr(facts_of_one(), name).select_dtypes("float64").columns, absurd)]
        for name in ("pools", "books", "positions")
    }
    found = measure(facts_of_one(**families, **rows), position_usd=1_000)
    assert not np.isinf(found.to_numpy()).any()
