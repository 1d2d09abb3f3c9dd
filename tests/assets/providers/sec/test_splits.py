from datetime import date
from decimal import Decimal

import pytest

from assets.providers.sec.splits import Cover, Ratio, splits_of
from assets.sourcing.reading import RowReader

DAY, FILED = date(2025, 6, 2), date(2025, 8, 5)


def ratio(value, *, day=DAY, start=None, filed=FILED):
    return Ratio((start, day), filed, "0001999001-25-000009", Decimal(value))


def covers(before, after):
    return [
        Cover(date(2025, 5, 1), date(2025, 5, 9), Decimal(before)),
        Cover(date(2025, 8, 1), date(2025, 8, 5), Decimal(after)),
    ]


def found(ratios, covers=()):
    reader = RowReader()
    splits = [(event, size) for event, size, _told in splits_of(ratios, covers, reader)]
    return splits, reader.parsed([]).remarks


@pytest.mark.parametrize(
    ("value", "before", "after", "split"),
    [
        (4, 100, 402, ("split", 4.0)),
        (10, 100, 10.4, ("reverse_split", 0.1)),
        (10, 100, 16, ("reverse_split", 0.1)),
        (2, 100, 210, ("split", 2.0)),
    ],
)
def test_the_number_of_shares_says_which_way_it_went(value, before, after, split):
    assert found([ratio(value)], covers(before, after)) == ([split], ())


@pytest.mark.parametrize("covers", [(), covers(100, 105)])
def test_what_the_shares_do_not_say_is_left_out(covers):
    splits, remarks = found([ratio(10)], covers)
    assert splits == []
    assert remarks == ("A split of 10 on 2025-06-02 may be a reverse one; it is left out.",)


def test_a_ratio_below_one_is_a_reverse_split():
    assert found([ratio("0.05")]) == ([("reverse_split", 0.05)], ())


@pytest.mark.parametrize("value", [0, 1])
def test_no_change_is_no_split(value):
    assert found([ratio(value)]) == ([], ())


def test_an_absurd_ratio_is_left_out():
    assert found([ratio("1e-20"), ratio("1e20")], covers(100, 400))[0] == []


def test_a_split_that_is_told_again_counts_once():
    again = [ratio(4, filed=date(2025, 11, 5)), ratio(4, day=date(2025, 6, 30)), ratio(4)]
    assert len(found(again, covers(100, 400))[0]) == 1


def test_the_split_of_a_quarter_has_no_day():
    splits, remarks = found([ratio("0.1", start=date(2025, 4, 1), day=date(2025, 6, 30))])
    assert (splits, len(remarks)) == ([], 1)
    assert "without its day" in remarks[0]
