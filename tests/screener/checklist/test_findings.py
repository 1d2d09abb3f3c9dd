import numpy as np
import pytest

from screener.checklist.findings import dimension_scores, names_of
from screener.checklist.scoring import Scores
from tests.screener.checklist.asking import finding


def test_names_by_asset():
    hits = [np.array([True, False, True]), np.array([True, False, False])]
    assert names_of(["a", "b"], hits, 3) == [("a", "b"), (), ("a",)]


def test_a_dimension_that_does_not_apply_is_left_out():
    columns = [np.array([0.123456, np.nan])] * 4
    told = list(dimension_scores({"utility": Scores(*columns)}))
    assert told[0]["utility"].score == 0.1235
    assert told[1] == {}


@pytest.mark.parametrize(
    ("measures", "points"),
    [({"trades_24h": 300}, 1.0), ({"trades_24h": 95}, 0.5006), ({"trades_24h": 0}, 0.0), ({}, None)],
)
def test_points(measures, points):
    assert finding("utility.trading_activity", **measures).points == points


def test_what_is_not_known_is_none_and_never_nan():
    told = finding("holder_concentration.top_ten_share").to_json()
    assert (told["value"], told["values"]) == (None, {})
