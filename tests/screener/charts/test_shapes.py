from screener.charts.shapes import WIDTH, box, columns, path


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
