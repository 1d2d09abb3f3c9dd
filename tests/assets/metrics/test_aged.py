from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from assets.metrics.aged import WHOLE, aged_fields, without_aged
from assets.metrics.facts import Facts
from assets.metrics.families import FAMILY_OF, HOLDERS, POOLS, SUPPLY
from assets.metrics.precedence import known_in, resolve

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
KINDS = pd.Series({1: "token", 2: "equity"})


def aged(name, *answers, columns, owner="owner"):
    """`answers` are (asset, provider, days ago, {column: value})."""
    listed = [
        {"asset_id": asset, "provider": provider, "as_of": NOW - timedelta(days=days), "pk": pk, **values}
        for pk, (asset, provider, days, values) in enumerate(answers)
    ]
    rows = pd.DataFrame(listed).reindex(columns=["asset_id", "provider", "as_of", "pk", "address", *columns])
    rows["as_of"] = rows["as_of"].astype("datetime64[us, UTC]")
    family = FAMILY_OF[name]
    known = known_in(rows, columns, family=family)
    asked = {"family": family, "columns": columns, "providers": ["node", "lister"]}
    resolution = resolve(rows, known=known, denied=np.zeros_like(known), **asked)
    found = aged_fields(rows, resolution, columns, family=family, owner=owner, kinds=KINDS, now=NOW)
    if found is None:
        return []
    return [*found[["asset_id", "frame", "field"]].itertuples(index=False, name=None)]


FIELDS = ["circulating", "total"]


def test_what_only_an_old_answer_knows_beside_a_new_one():
    node, lister = (1, "node", 0, {"total": 10.0}), (1, "lister", 90, {"total": 9.0, "circulating": 8.0})
    assert aged(SUPPLY, node, lister, columns=FIELDS) == [(1, "supply", "circulating")]


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param([(1, "lister", 90, {"circulating": 8.0})], id="a family that is old as a whole says so"),
        pytest.param(
            [(1, "node", 9, {"total": 10.0}), (1, "lister", 9, {"circulating": 8.0})],
            id="all of it is as old",
        ),
        pytest.param(
            [(1, "node", 0, {"total": 10.0}), (1, "lister", 6, {"circulating": 8.0})],
            id="not older than it may be",
        ),
        pytest.param(
            [(1, "node", 0, {"total": 10.0, "circulating": 7.0}), (1, "lister", 90, {"circulating": 8.0})],
            id="the new answer knows it too",
        ),
        pytest.param(
            [(2, "node", 0, {"total": 10.0}), (2, "lister", 90, {"circulating": 8.0})],
            id="a company states its shares in its reports",
        ),
    ],
)
def test_nothing_is_aged(answers):
    assert aged(SUPPLY, *answers, columns=FIELDS) == []


def test_a_list_is_aged_as_a_whole():
    found = aged(
        HOLDERS,
        (1, "node", 0, {"holder_count": 10.0}),
        (1, "lister", 90, {"owner": 5.0}),
        columns=["holder_count", "owner"],
    )
    assert found == [(1, "positions", WHOLE)]


def test_a_place_ages_by_its_trade():
    pool = {"address": "p1"}
    answers = [(1, "node", 0, pool | {"fee_share": 0.003}), (1, "lister", 90, pool | {"reserve_usd": 5.0})]
    assert aged(POOLS, *answers, columns=["fee_share", "reserve_usd"]) == []


def test_facts_as_if_nobody_knew_the_aged_fields():
    facts = Facts.of(
        now=NOW,
        assets=[{"asset_id": each, "kind": "token"} for each in (1, 2)],
        supply=[{"asset_id": each, "circulating": 8, "total": 10} for each in (1, 2)],
        contract=[{"asset_id": 1, "mint_authority": "wallet"}],
        positions=[{"asset_id": each, "holder_type": "wallet", "share": 0.5} for each in (1, 2)],
        aged=[
            {"asset_id": 1, "frame": frame, "field": field, "as_of": NOW - timedelta(days=90)}
            for frame, field in (
                ("supply", "circulating"),
                ("contract", "mint_authority"),
                ("positions", WHOLE),
            )
        ],
    )
    without = without_aged(facts)
    assert without.asset_ids.tolist() == [1]
    assert without.supply["circulating"].isna().all()
    assert without.supply["total"].tolist() == [10]
    assert without.contract["mint_authority"].tolist() == [""]
    assert without.positions.empty
