from datetime import UTC, datetime

import pytest

from assets.metrics.facts import Facts
from assets.metrics.witnesses.nodes import other_node

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)


def facts(*second):
    return Facts.of(
        now=NOW,
        assets=[{"asset_id": each, "kind": "token"} for each in (1, 2)],
        supply=[{"asset_id": each, "total": 100.0} for each in (1, 2)],
        pools=[
            {"asset_id": each, "address": address, "base_reserve": 10.0}
            for each in (1, 2)
            for address in ("0xa", "0xb")
        ],
        second_readings=[{"asset_id": 2, **each} for each in second],
    )


@pytest.mark.parametrize(
    ("reading", "row"),
    [
        ({"frame": "supply", "place": "", "field": "total", "against": 150.0}, 1),
        ({"frame": "pools", "place": "0xb", "field": "base_reserve", "against": 99.0}, 3),
    ],
)
def test_the_figure_that_another_node_contradicts_is_doubted(reading, row):
    (doubt,) = other_node(facts(reading))
    assert (doubt.frame, doubt.field) == (reading["frame"], reading["field"])
    assert (doubt.rows.tolist(), doubt.against.tolist()) == ([row], [reading["against"]])


def test_without_a_second_node_nothing_is_doubted():
    assert list(other_node(facts())) == []


def test_a_pool_that_is_not_there_any_more_is_not_doubted():
    (doubt,) = other_node(
        facts({"frame": "pools", "place": "0xgone", "field": "base_reserve", "against": 9.0})
    )
    assert doubt.rows.tolist() == []
