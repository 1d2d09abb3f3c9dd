from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd

from assets.metrics.facts import (
    FRAMES,
    IDENTITIES,
    MANY_ROWS_AN_ASSET,
    MOMENTS,
    ONE_ROW_AN_ASSET,
    TEXTS,
    Facts,
    frame,
    once,
)
from tests.assets.metrics.batch import NOW


def test_every_frame_has_its_columns_even_when_nothing_is_known():
    facts = Facts.of(now=NOW, assets=[])
    for name in FRAMES:
        columns = ONE_ROW_AN_ASSET.get(name) or MANY_ROWS_AN_ASSET[name]
        assert tuple(getattr(facts, name).columns) == columns


def test_decimals_become_floats_and_none_stays_unknown():
    market = frame("market", [{"asset_id": 1, "price_usd": Decimal("0.50")}, {"asset_id": 2}])
    assert market.loc[1, "price_usd"] == 0.5
    assert np.isnan(market.loc[2, "price_usd"])


def test_not_told_is_neither_true_nor_false():
    books = frame("books", [{"asset_id": 1, "stale": each} for each in (True, False, None)])
    assert books["stale"].tolist()[:2] == [1.0, 0.0]
    assert np.isnan(books["stale"].iloc[2])


def test_what_no_row_tells_has_the_type_that_it_has_where_one_does():
    for name, columns in {**ONE_ROW_AN_ASSET, **MANY_ROWS_AN_ASSET}.items():
        numbers = IDENTITIES & {*columns}
        told = frame(name, [dict.fromkeys({"asset_id", *numbers}, each) for each in (1, 2)])
        assert told.dtypes.to_dict() == frame(name, []).dtypes.to_dict()
        assert told[[each for each in columns if each not in numbers | TEXTS]].isna().all(axis=None)


def test_moments_are_utc():
    for name, columns in {**ONE_ROW_AN_ASSET, **MANY_ROWS_AN_ASSET}.items():
        for column in MOMENTS & set(columns):
            assert isinstance(frame(name, [])[column].dtype, pd.DatetimeTZDtype)


def test_what_is_made_of_facts_is_made_once_and_anew_of_other_facts():
    asked = []

    @once
    def caps(facts):
        asked.append(facts)
        return facts.market["market_cap_usd"].to_list()

    facts = Facts.of(now=NOW, assets=[{"asset_id": 1}], market=[{"asset_id": 1, "market_cap_usd": 5}])
    others = replace(facts, market=facts.market.assign(market_cap_usd=6.0))
    assert [caps(facts), caps(facts), caps(others)] == [[5], [5], [6]]
    assert [*map(id, asked)] == [id(facts), id(others)]


def test_aligned_frames_have_a_row_for_each_asset_in_the_order_of_the_batch():
    assets = [{"asset_id": each} for each in (3, 1, 2)]
    facts = Facts.of(
        now=NOW, assets=assets, supply=[{"asset_id": 2, "total": 7}, {"asset_id": 3, "total": 8}]
    )
    assert facts.aligned("supply")["total"].fillna(-1).to_dict() == {3: 8, 1: -1, 2: 7}
    assert facts.aligned("supply") is facts.aligned("supply")


def test_what_is_questioned_was_told():
    supply = [{"asset_id": 1, "total": 5}, {"asset_id": 2}]
    asked = [{"asset_id": 3, "frame": "supply", "field": "total", "row": 0}]
    facts = Facts.of(
        now=NOW,
        assets=[{"asset_id": each, "kind": "token"} for each in (1, 2, 3, 4)],
        supply=supply,
        questions=asked,
    )
    assert facts.has_answer("supply", "total", "maximum").tolist() == [True, False, True, False]
    assert not facts.has_answer("supply", "circulating").any()
    assert not facts.has_answer("market", "price_usd").any()
