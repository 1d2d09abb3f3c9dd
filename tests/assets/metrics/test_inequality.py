import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.columns import Groups
from assets.metrics.holders import herfindahl, nakamoto_count
from assets.metrics.inequality import gini

LISTS = st.lists(st.floats(1e-6, 1), min_size=1, max_size=40).map(
    lambda weights: sorted((each / sum(weights) for each in weights), reverse=True)
)


def listed(*lists):
    """Holders of assets 0, 1 … , and their shares."""
    rows = [{"asset_id": asset, "share": share} for asset, shares in enumerate(lists) for share in shares]
    found = pd.DataFrame(rows, columns=["asset_id", "share"]).astype({"asset_id": int, "share": float})
    grouped = Groups.of(found, pd.RangeIndex(len(lists)))
    return grouped, grouped["share"]


def slow_gini(shares):
    return sum(abs(a - b) for a in shares for b in shares) / (2 * len(shares) * sum(shares))


def slow_nakamoto(shares):
    """Takes the largest holder away until the others hold no more than half."""
    left, count = sorted(shares), 0
    while round(sum(shares) - sum(left), 9) <= 0.5:
        left.pop()
        count += 1
    return count


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([1.0], 0),
        ([0.25] * 4, 0),
        ([1.0, 0, 0, 0], 0.75),
        ([0.5, 0.3, 0.2], 0.2),
        ([0.4, 0.3, 0.2, 0.1], 0.25),
        ([0.004, 0.003, 0.002, 0.001], 0.25),  # what is listed need not be the whole supply
        ([], None),
        ([0.0, 0.0], None),
    ],
)
def test_gini(shares, expected):
    found = gini(*listed(shares))
    assert found == pytest.approx([np.nan if expected is None else expected], nan_ok=True)


@given(lists=st.lists(LISTS, max_size=5))
def test_a_batch_equals_brute_force(lists):
    found = listed(*lists)
    assert gini(*found) == pytest.approx([slow_gini(each) for each in lists], abs=1e-9)
    assert herfindahl(*found) == pytest.approx([sum((100 * s) ** 2 for s in each) for each in lists])
    assert nakamoto_count(*found).tolist() == [slow_nakamoto(each) for each in lists]


@given(shares=LISTS)
def test_gini_stays_in_its_range(shares):
    assert -1e-12 <= gini(*listed(shares))[0] <= 1 - 1 / len(shares) + 1e-12


@given(shares=LISTS, dust=st.integers(1, 200))
def test_dust_makes_it_look_less_equal(shares, dust):
    """Why it is not scored: addresses with next to nothing move it as much as whales do."""
    assert gini(*listed([*shares, *[1e-12] * dust]))[0] >= gini(*listed(shares))[0] - 1e-9
