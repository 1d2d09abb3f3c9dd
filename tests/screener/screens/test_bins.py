import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.screens.bins import BARS, UNKNOWN, scale_of
from screener.screens.columns import IN_FORM


@pytest.mark.parametrize("column", IN_FORM, ids=lambda each: each.key)
def test_edges_ascend_and_each_begins_its_bar(column):
    scale = scale_of(column)
    edges = np.array(scale.edges)
    assert len(edges) == BARS + 1
    assert (np.diff(edges) > 0).all()
    middles = (edges[1:] + edges[:-1]) / 2
    assert scale.bins(middles).tolist() == list(range(BARS))


@pytest.mark.parametrize("column", IN_FORM, ids=lambda each: each.key)
def test_what_lies_beyond_is_in_the_outer_bars_and_nothing_known_is_lost(column):
    scale = scale_of(column)
    values = np.array([-math.inf, -1e300, -1.0, scale.low / 2, scale.high * 2, 1e300, math.inf, math.nan])
    bins = scale.bins(values).tolist()
    assert bins[4:] == [BARS - 1, BARS - 1, BARS - 1, UNKNOWN]
    assert bins[0] == bins[1] == 0


@given(st.lists(st.floats(allow_infinity=False)), st.sampled_from(IN_FORM))
def test_a_higher_value_never_has_a_lower_bar(values, column):
    ordered = np.sort(np.array(values))
    bins = scale_of(column).bins(ordered).astype(int)
    assert (np.diff(bins) >= 0).all()
    assert (bins == UNKNOWN).tolist() == np.isnan(ordered).tolist()
