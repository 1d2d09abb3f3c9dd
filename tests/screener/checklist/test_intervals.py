import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.checklist.bands import AtLeast, AtMost
from screener.checklist.intervals import settled, settled_or_caution

BAND = AtMost(passes=0.3, cautions=0.5, gate=0.7)
NAN = np.nan


def ends(function, better, worse, band=BAND):
    return function(band, np.array([better]), np.array([worse]))[0]


@pytest.mark.parametrize(
    ("better", "worse", "value"),
    [
        (0.1, 0.2, 0.2),
        (0.35, 0.45, 0.45),
        (0.55, 0.9, 0.55),
        (0.2, 0.4, NAN),
        (0.4, 0.6, NAN),
        (0.2, 0.9, NAN),
        (0.2, NAN, NAN),
        (NAN, 0.2, NAN),
        (0.6, NAN, NAN),
    ],
)
def test_one_answer_for_both_ends_or_none(better, worse, value):
    assert ends(settled, better, worse) == pytest.approx(value, nan_ok=True)


@pytest.mark.parametrize(
    ("better", "worse", "value"),
    [
        (0.2, 0.4, 0.4),
        (0.4, 0.6, 0.4),
        (0.4, 0.9, NAN),
        (0.2, 0.6, NAN),
        (0.1, 0.2, 0.2),
        (0.75, 0.9, 0.75),
        (0.2, NAN, NAN),
        (0.4, NAN, NAN),
    ],
)
def test_next_to_a_caution_the_caution_counts_unless_a_gate_may_be_open(better, worse, value):
    assert ends(settled_or_caution, better, worse) == pytest.approx(value, nan_ok=True)


def test_more_is_better_where_the_band_says_so():
    band = AtLeast(passes=20, cautions=5)
    assert ends(settled, 6_001.0, 17.0, band) != 17
    assert ends(settled, 6_001.0, 31.0, band) == 31


@given(low=st.floats(0, 1), width=st.floats(0, 1))
def test_what_is_settled_is_an_end_and_certain_where_there_is_but_one(low, width):
    for function in (settled, settled_or_caution):
        assert ends(function, low, low) == low
        assert np.isnan(ends(function, low, low + width)) or ends(function, low, low + width) in {
            low,
            low + width,
        }
