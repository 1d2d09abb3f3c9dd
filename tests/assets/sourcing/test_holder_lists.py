import pytest

from assets.sourcing.holder_lists import until_unread
from assets.sourcing.reading import RowReader
from assets.sourcing.rows import Position


def lines_of(*shares):
    return [None if share is None else Position(holder_type="wallet", share=share) for share in shares]


@pytest.mark.parametrize(
    ("shares", "kept"),
    [
        ((0.4, 0.2, 0.1), (0.4, 0.2, 0.1)),
        ((0.1, 0.4), (0.1, 0.4)),
        ((0.4, None, 0.1), (0.4,)),
        ((None, 0.2, 0.1), ()),
        ((0.4, 0.2, None), (0.4, 0.2)),
        ((0.2, 0.4, None, 0.1), ()),
        ((0.4, None, 0.5), ()),
        ((None, None), ()),
        ((), ()),
    ],
)
def test_a_list_counts_up_to_the_first_line_that_cannot_be_read(shares, kept):
    reader = RowReader()
    assert tuple(each.share for each in until_unread(lines_of(*shares), reader)) == kept
    remarks = reader.parsed([]).remarks
    assert len(remarks) == (None in shares)


def test_the_remark_says_how_many_lines_it_is_about():
    reader = RowReader()
    until_unread(lines_of(0.4, None, 0.1), reader)
    assert "1 of 3 listed holders" in str(reader.parsed([]).remarks[0])
