import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.charts import holder_pieces


def test_what_nobody_listed_comes_last():
    pieces = holder_pieces([("wallet", 0.3), ("burn", 0.0), ("pool", 0.2)])
    assert [(piece.kind, piece.start, piece.size) for piece in pieces] == [
        ("wallet", 0, 30),
        ("pool", 30, 20),
        ("unlisted", 50, 50),
    ]


@given(st.lists(st.floats(min_value=0, max_value=1), max_size=8))
def test_the_bar_is_full_and_never_more(shares):
    pieces = holder_pieces([("wallet", share) for share in shares])
    assert sum(piece.size for piece in pieces) == pytest.approx(100, abs=0.1)


def test_a_list_above_the_whole_is_scaled_down_but_told_as_it_is():
    pieces = holder_pieces([("bridge", 1.5), ("wallet", 0.5)])
    assert [(piece.kind, piece.size, piece.share) for piece in pieces] == [
        ("bridge", 75, 1.5),
        ("wallet", 25, 0.5),
    ]
