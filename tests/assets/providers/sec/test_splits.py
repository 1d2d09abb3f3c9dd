import math
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.sec.recasts import ShareRecast, ShareRecasts
from assets.providers.sec.splits import Cover, Ratio, splits_of
from assets.sourcing.reading import RowReader

DAY, FILED = date(2025, 6, 2), date(2025, 8, 5)
BEFORE, AFTER = date(2025, 5, 9), date(2025, 8, 5)
NOTHING = ShareRecasts()


def ratio(value, *, day=DAY, start=None, filed=FILED):
    return Ratio((start, day), filed, "0001999001-25-000009", Decimal(value))


def covers(*shares):
    """Of one quarter after the other, the second one before the split."""
    days = [BEFORE + timedelta(days=88 * place) for place in range(-1, len(shares) - 1)]
    return [
        Cover(day - timedelta(days=8), day, Decimal(str(each)))
        for day, each in zip(days, shares, strict=True)
    ]


def found(ratios, covers=(), recasts=NOTHING, **how):
    reader = RowReader()
    splits = splits_of(ratios, covers, recasts, reader, **how)
    return splits, reader.parsed([]).remarks


def sizes(*args, **how):
    return [each.ratio for each in found(*args, **how)[0]]


@pytest.mark.parametrize(
    ("value", "after", "size"),
    [
        (4, 402, 4.0),
        (10, 10.4, 0.1),
        (10, 16, 0.1),
        (20, 30, 0.05),
        ("0.05", 30, 0.05),
        (2, 210, 2.0),
        (10_000, 1010, 10.0),
        ("166.7", 18, 1 / 6),
        ("0.0333", 3.6, 1 / 30),
    ],
)
def test_the_number_of_shares_says_what_is_meant(value, after, size):
    splits, remarks = found([ratio(value)], covers(100, 100, after, after))
    assert [each.ratio for each in splits] == [pytest.approx(size)]
    assert (splits[0].earliest_on, splits[0].happened_on, remarks) == (DAY, DAY, ())


def test_a_ratio_below_one_is_a_reverse_split():
    assert sizes([ratio("0.05")]) == [0.05]


def test_a_ratio_above_one_alone_may_be_either():
    (split,), remarks = found([ratio(10)])
    assert (math.isnan(split.ratio), split.happened_on) == (True, DAY)
    assert remarks == ("A split of 10 on 2025-06-02 may be a reverse one; its ratio is not known.",)


@pytest.mark.parametrize("value", [0, 1])
def test_no_change_is_no_split(value):
    assert found([ratio(value)]) == ([], ())


@pytest.mark.parametrize(
    ("start", "day", "expected"),
    [
        (date(2025, 4, 1), date(2025, 6, 30), (date(2025, 5, 10), date(2025, 7, 28))),
        (date(2025, 1, 1), date(2025, 9, 30), (date(2025, 5, 10), date(2025, 7, 28))),
        (date(2025, 6, 1), date(2025, 6, 30), (date(2025, 6, 1), date(2025, 6, 30))),
        (date(2025, 5, 1), date(2025, 5, 31), (date(2025, 5, 10), date(2025, 5, 31))),
        (date(2025, 6, 1), date(2025, 6, 2), (date(2025, 6, 2), date(2025, 6, 2))),
    ],
)
def test_the_split_of_a_quarter_lies_between_its_covers(start, day, expected):
    splits, _remarks = found([ratio("0.05", start=start, day=day)], covers(100, 100, 6, 9))
    assert [(each.ratio, each.earliest_on, each.happened_on) for each in splits] == [(0.05, *expected)]


@pytest.mark.parametrize("value", [8, 8_000])
def test_a_forward_split_of_a_month_is_one_within_it(value):
    (split,), remarks = found(
        [ratio(value, start=date(2025, 6, 1), day=date(2025, 6, 30))], covers(100, 100, 806, 806)
    )
    assert (split.ratio, split.earliest_on, split.happened_on) == (8, date(2025, 6, 1), date(2025, 6, 30))
    assert remarks == ()


def test_the_last_day_of_a_period_is_no_day_of_a_split():
    end = date(2025, 6, 30)
    (split,), _remarks = found([ratio("0.05", day=end)], covers(100, 100, 6), period_ends=frozenset({end}))
    assert (split.earliest_on, split.happened_on) == (date(2025, 5, 10), date(2025, 7, 28))


def test_a_split_that_is_told_again_counts_once():
    again = [
        ratio(4, filed=date(2025, 11, 5)),
        ratio(4, day=date(2025, 6, 30)),
        ratio(4),
        ratio("0.25", start=date(2025, 1, 1), day=date(2026, 12, 31), filed=date(2027, 3, 5)),
    ]
    assert sizes(again, covers(100, 100, 400, 404)) == [4]


def test_what_moved_nothing_on_the_covers_is_of_something_else():
    quarter = ratio("0.5", start=date(2025, 4, 1), day=date(2025, 6, 30))
    splits, remarks = found([quarter], covers(100, 100, 103, 104))
    assert (splits, len(remarks)) == ([], 1)


# ShareRecast figures --------------------------------------------------------------------------


RECAST = ShareRecasts((ShareRecast(BEFORE, AFTER, 1 / 30),))


def test_recast_figures_are_a_split_that_nobody_tells():
    (split,), remarks = found([], covers(900, 900, 40), RECAST)
    assert (split.ratio, split.evidence, remarks) == (1 / 30, "recast", ())
    assert (split.earliest_on, split.happened_on) == (date(2025, 5, 10), date(2025, 7, 28))


@pytest.mark.parametrize("value", [30, "0.03", "0.0333"])
def test_a_reported_ratio_dates_it(value):
    (split,), _remarks = found([ratio(value)], covers(900, 900, 40), RECAST)
    assert (split.ratio, split.evidence, split.happened_on) == (1 / 30, "reported", DAY)


def test_the_accounts_of_the_other_company_in_a_merger_tell_no_split_of_this_one():
    other = ShareRecasts((ShareRecast(BEFORE, AFTER, 1 / 18.63),))
    assert sizes([ratio("0.0667")], covers(900, 900, 240), other) == [pytest.approx(1 / 15)]


def test_covers_that_cannot_be_so_deny_it():
    assert sizes([], covers(900, 900, 2_000), ShareRecasts((ShareRecast(BEFORE, AFTER, 700.0),))) == []


def test_what_is_counted_alike_before_and_after_was_no_split():
    alike = ShareRecasts(unchanged=((BEFORE, AFTER),))
    splits, remarks = found([ratio("0.05")], covers(900, 900, 900), alike)
    assert (splits, len(remarks)) == ([], 1)


# Covers ----------------------------------------------------------------------------------


def test_a_fall_that_nobody_explains_is_a_change_of_unknown_ratio():
    (change,), remarks = found([], covers(40, 40, 2.1, 3.4))
    assert (math.isnan(change.ratio), change.evidence) == (True, "counted")
    assert (change.earliest_on, change.happened_on) == (date(2025, 5, 10), date(2025, 7, 28))
    assert "no ratio of a split is reported" in remarks[0]


@pytest.mark.parametrize("shares", [(40, 40, 24, 24), (40, 40, 92, 95), (40, 40, 41), (40, 40), ()])
def test_what_is_bought_back_or_issued_is_none(shares):
    assert found([], covers(*shares)) == ([], ())


def test_a_rise_to_ten_times_may_be_one():
    assert [math.isnan(each) for each in sizes([], covers(10, 10, 100.2))] == [True]


def test_a_fall_is_a_buyback_where_reports_count_alike():
    assert sizes([], covers(40, 40, 12, 12), ShareRecasts(unchanged=((BEFORE, AFTER),))) == []


@pytest.mark.parametrize("slip", [0.04, 40_000])
def test_a_slip_of_one_cover_is_none(slip):
    assert sizes([], covers(40, slip, 41, 41)) == []


@given(
    values=st.lists(st.decimals("0.0001", "20000", allow_nan=False, places=4), max_size=4),
    shares=st.lists(st.integers(1, 10**9), max_size=6),
)
def test_every_split_has_a_ratio_or_none_and_lies_in_order(values, shares):
    for split in found([ratio(each) for each in values], covers(*shares))[0]:
        assert split.earliest_on <= split.happened_on
        assert math.isnan(split.ratio) or split.ratio > 0


@pytest.mark.parametrize(
    ("size", "after", "expected"),
    [
        (0.17, 99.9, []),
        (0.17, 130, []),
        (0.17, 17, [0.17]),
        (0.17, 60, [0.17]),
        (0.1, 100, [0.1]),
        (0.0033, 100, [0.0033]),
    ],
)
def test_accounts_recast_by_a_merger_leave_the_shares_on_the_covers_as_they_are(size, after, expected):
    """The accounts of before the merger are in shares of the company that merged into the shell."""
    recasts = ShareRecasts(changes=(ShareRecast(BEFORE, AFTER, size),))
    assert sizes([], covers(100, 100, after), recasts) == expected
