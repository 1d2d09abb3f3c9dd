from itertools import pairwise

import pytest

from screener.charts.shapes import WIDTH, box, columns, path, wider


def test_lines_and_boxes_are_svg_data():
    assert path([(0, 1), (2.25, 3)]) == "M0.0 1.0L2.2 3.0"
    assert box(1, 2, 3, 4) == "M1.0 2.0h3.0v4.0h-3.0z"


def test_columns_share_the_width_without_a_gap():
    found = [{"n": 1}, {"n": 2}, {"n": 3}]
    first, second, third = columns([100, 300, 900], found)
    assert [each.width for each in (first, second, third)] == [200, 400, 400]
    assert first.x - first.width / 2 == 0
    assert third.x + third.width / 2 == WIDTH
    assert second.values == {"n": 2}


@pytest.mark.parametrize(
    ("most", "read"), [(2, [1, 4]), (3, [0, 2, 4]), (5, [0, 1, 2, 3, 4]), (9, [0, 1, 2, 3, 4])]
)
def test_many_columns_become_fewer_and_the_newest_stays(most, read):
    found = wider(columns([0, 100, 200, 300, 1_000], [{"n": each} for each in range(5)]), most=most)
    assert [each.values["n"] for each in found] == read
    edges = [(each.x - each.width / 2, each.x + each.width / 2) for each in found]
    assert (edges[0][0], edges[-1][1]) == (0, WIDTH)
    assert all(one[1] == pytest.approx(other[0]) for one, other in pairwise(edges))


def test_no_columns_stay_none():
    assert wider((), most=3) == ()
