"""Linear discriminant scores, as the literature gives them: a constant and a weight for each variable."""

import numpy as np

from assets.metrics.columns import Column, ratio


def linear_score(*terms: tuple[float, Column], constant: float = 0.0) -> Column:
    """constant + Σ weight · variable over these (weight, variable); NaN where a variable is not known."""
    with np.errstate(over="ignore", invalid="ignore"):
        score = constant + sum(weight * variable for weight, variable in terms)
    return ratio(score, 1.0)  # beyond the largest float it is not known, never infinite
