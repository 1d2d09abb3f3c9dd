import pytest

from screener.charts.histogram import draw
from screener.screens.amounts import amount_of
from screener.screens.bins import BARS, scale_of
from screener.screens.columns import COLUMN_OF, IN_FORM
from screener.screens.histograms import Histogram

SCORE = COLUMN_OF["score"]


def histogram(*, unknown=0, **bars):
    counts = [0] * BARS
    for place, count in bars.items():
        counts[int(place.removeprefix("bar"))] = count
    return Histogram(tuple(counts), unknown)


def bars_in(path):
    return path.count("z")


def test_the_highest_bar_fills_the_height_and_one_asset_is_still_seen():
    drawing = draw(histogram(bar0=1_000_000, bar5=1), SCORE, low=None, high=None)
    assert "v-24.0" in drawing.within
    assert "v-1.0" in drawing.within
    assert (bars_in(drawing.within), bars_in(drawing.beyond)) == (2, 0)
    assert drawing.known_count == 1_000_001


def test_what_is_not_known_has_a_bar_of_its_own():
    drawing = draw(histogram(unknown=7), SCORE, low=None, high=None)
    assert (drawing.within, drawing.beyond, drawing.unknown_count) == ("", "", 7)
    assert bars_in(drawing.unknown) == 1


@pytest.mark.parametrize(
    ("low", "high", "within"),
    [
        (None, None, 3),
        (49, None, 2),
        (50, None, 1),
        (None, 49, 2),
        (None, 45, 1),
        (50, 60, 0),
        (200, None, 1),
    ],
)
def test_limits_divide_the_bars(low, high, within):
    """Bars of 0–4.2, 45.8–50 and 95.8–100; the last one also holds what lies beyond it."""
    drawing = draw(histogram(bar0=1, bar11=1, bar23=1), SCORE, low=low, high=high)
    assert bars_in(drawing.within) == within
    assert bars_in(drawing.within) + bars_in(drawing.beyond) == 3


@pytest.mark.parametrize("column", IN_FORM, ids=lambda each: each.key)
def test_the_edges_can_be_typed_as_limits(column):
    texts = draw(histogram(), column, low=None, high=None).edges.split(" ")
    found = [amount_of(text, column.unit) for text in texts]
    assert found == pytest.approx(list(scale_of(column).edges), rel=0.006, abs=1e-9)
