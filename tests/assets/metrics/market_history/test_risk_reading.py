import numpy as np
import pytest

from assets.metrics.market_history.risk_reading import (
    LEAST_RETURN_DAYS,
    MIXED,
    NOT_KNOWN,
    OFF,
    ON,
    RETURN_DAYS,
    risk_reading,
    together,
)

EVEN = np.zeros(RETURN_DAYS)
UP = np.full(RETURN_DAYS, 0.01)


@pytest.mark.parametrize(
    ("micro", "large", "above", "reading"),
    [
        (UP, EVEN, 0.51, ON),
        (EVEN, UP, 0.49, OFF),
        (UP, EVEN, 0.49, MIXED),
        (EVEN, UP, 0.51, MIXED),
        (UP, EVEN, 0.5, MIXED),
        (EVEN, EVEN, 0.9, MIXED),
        (UP, EVEN, np.nan, NOT_KNOWN),
        (np.full(RETURN_DAYS, np.nan), EVEN, 0.9, NOT_KNOWN),
    ],
)
def test_both_have_to_say_the_same(micro, large, above, reading):
    assert risk_reading(micro, large, above).reading == reading


def test_the_relative_return_is_of_the_last_days_that_both_know():
    micro, large = np.full(60, 0.02), np.full(60, 0.01)
    micro[:30], large[35] = 5.0, np.nan
    found = risk_reading(micro, large, 0.6)
    assert found.relative_share == pytest.approx(np.exp(29 * 0.01) - 1)


def test_too_few_common_days_are_not_known():
    micro = UP.copy()
    micro[: RETURN_DAYS - LEAST_RETURN_DAYS + 1] = np.nan
    assert risk_reading(micro, EVEN, 0.9).reading == NOT_KNOWN


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ((ON, ON), ON),
        ((OFF, OFF), OFF),
        ((ON, OFF), MIXED),
        ((ON, MIXED), MIXED),
        ((ON, NOT_KNOWN), NOT_KNOWN),
        ((), NOT_KNOWN),
    ],
)
def test_kinds_that_disagree_are_mixed(readings, expected):
    assert together(readings) == expected
