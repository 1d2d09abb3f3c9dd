from datetime import UTC, datetime

import pytest

from screener.checklist.findings import Finding
from tests.screener.checklist.asking import finding


def test_a_finding_as_json():
    moment = datetime(2026, 6, 1, tzinfo=UTC)
    told = Finding("a.b", "pass", 1.0, 0.5, {"x": 2.0}, False, moment, (3, 4))
    assert told.to_json() == {
        "criterion": "a.b",
        "state": "pass",
        "points": 1.0,
        "value": 0.5,
        "values": {"x": 2.0},
        "stale": False,
        "as_of": "2026-06-01T00:00:00+00:00",
        "observations": [3, 4],
    }
    assert Finding.of(told.to_json()) == told


@pytest.mark.parametrize(
    ("measures", "points"),
    [({"trades_24h": 300}, 1.0), ({"trades_24h": 95}, 0.5006), ({"trades_24h": 0}, 0.0), ({}, None)],
)
def test_points(measures, points):
    assert finding("utility.trading_activity", **measures).points == points


def test_what_is_not_known_is_none_and_never_nan():
    told = finding("holder_concentration.top_ten_share").to_json()
    assert (told["value"], told["values"]) == (None, {})
