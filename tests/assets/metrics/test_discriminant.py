import numpy as np
import pytest

from assets.metrics.discriminant import linear_score

HUGE = np.finfo(float).max


def test_the_sum_of_the_weighted_variables_and_the_constant():
    assert linear_score((2.0, np.array([1.0, 3.0])), (-1.0, np.array([5.0, 0.0])), constant=10.0) == (
        pytest.approx([7, 16])
    )


@pytest.mark.parametrize("variables", [(np.nan, 1), (HUGE, HUGE), (HUGE, -HUGE), (-HUGE, -HUGE)])
def test_what_cannot_be_worked_out_is_not_known_and_never_infinite(variables):
    first, second = (np.array([each], dtype=float) for each in variables)
    assert np.isnan(linear_score((6.0, first), (6.0, second)))
