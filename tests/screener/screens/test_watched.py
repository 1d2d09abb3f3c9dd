import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.screens.columns import KEY_OF
from screener.screens.watched import ANY_COLUMN_OF, WATCHED_COLUMN_OF, WATCHED_SHOWN, distance, is_reached

PRICES = st.floats(1e-12, 1e9)


@given(price=PRICES, level=PRICES)
def test_the_distance_leads_from_the_price_to_the_level(price, level):
    move = distance(np.array([price]), np.array([level]))[0]
    assert price * (1 + move) == pytest.approx(level, rel=1e-9, abs=1e-12 * price)


@pytest.mark.parametrize(("price", "level"), [(np.nan, 1.0), (1.0, np.nan), (0.0, 1.0), (0.0, 0.0)])
def test_what_is_not_known_leaves_no_distance(price, level):
    assert np.isnan(distance(np.array([price]), np.array([level]))[0])


@pytest.mark.parametrize(
    ("key", "move", "reached"),
    [
        ("to_target", 0.01, False),
        ("to_target", 0.0, True),
        ("to_target", -0.2, True),
        ("to_stop", -0.01, False),
        ("to_stop", 0.0, True),
        ("to_stop", 0.3, True),
        ("to_target", None, False),
        ("price", 0.0, False),
    ],
)
def test_a_level_is_reached_from_its_own_side(key, move, reached):
    assert is_reached(key, move) is reached


def test_the_columns_of_a_list_hide_none_of_the_screener():
    assert not KEY_OF.keys() & WATCHED_COLUMN_OF.keys()
    assert {*WATCHED_SHOWN} <= ANY_COLUMN_OF.keys()
