from screener.templatetags.bars import interval_bar, score_bar


def test_a_score_is_a_number_and_a_bar():
    html = score_bar(73.6)
    assert ">74<" in html
    assert 'width="73.6"' in html
    assert "style" not in html


def test_an_interval_is_drawn_and_told():
    html = score_bar(50.0, 20.0, 80.0)
    assert "20–80" in html
    assert 'x="20.0" y="1" width="60.0"' in html
    assert "–" not in score_bar(50.0, 50.0, 50.0), "nothing is open"


def test_an_unknown_score_is_a_dash():
    assert "—" in score_bar(None)


def test_the_total_stands_between_its_bounds():
    html = interval_bar(50.0, 20.0, 80.0)
    assert 'x="20.0" y="1" width="60.0"' in html
    assert 'x="49.5"' in html
    assert 'class="tick"' not in interval_bar(50.0, 50.0, 50.0)
    assert 'class="tick" x="99.0"' in interval_bar(100.0, 90.0, 100.0), "inside the bar"
