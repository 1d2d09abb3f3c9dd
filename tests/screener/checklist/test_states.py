import numpy as np

from screener.checklist.states import CAUTION, FAIL, NOT_APPLICABLE, PASS, POINTS, STATES, UNKNOWN


def test_codes_are_places_in_the_order_of_the_states():
    codes = (PASS, CAUTION, FAIL, UNKNOWN, NOT_APPLICABLE)
    assert [STATES[code] for code in codes] == ["pass", "caution", "fail", "unknown", "n-a"]
    np.testing.assert_array_equal(POINTS[list(codes)], [1.0, 0.5, 0.0, np.nan, np.nan])
