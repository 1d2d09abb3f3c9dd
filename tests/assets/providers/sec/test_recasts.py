from datetime import date, timedelta
from decimal import Decimal

import pytest

from assets.providers.sec.recasts import ShareRecast, recasts_of, whole_ratio
from assets.providers.sec.values import FiledValue

REPORTS = [date(2025, 3, 20), date(2025, 5, 12), date(2025, 8, 11), date(2025, 11, 10), date(2026, 3, 19)]
ENDS = [each - timedelta(days=45) for each in REPORTS]


def figure(tag, period, report, shares):
    return tag, FiledValue(Decimal(str(shares)), (None, ENDS[period]), REPORTS[report], f"a-{report}", "10-Q")


def reports(*ratios, tags=("Outstanding", "Average"), shares=8_000_000):
    """Each report counts its own period and the one before; `ratios` are of the splits between reports."""
    found, unit = [], 1.0
    for place in range(len(REPORTS)):
        unit *= ratios[place - 1] if place and place <= len(ratios) else 1
        for tag in tags:
            found += [
                figure(tag, each, place, round(shares * unit * (1 + each / 10)))
                for each in (place - 1, place)
            ]
    return [each for each in found if each[1].span[1] <= each[1].day]


@pytest.mark.parametrize("ratio", [1 / 20, 1 / 125, 2 / 5, 1.5, 10, 4])
def test_a_figure_that_is_counted_again_tells_the_ratio_and_the_two_reports(ratio):
    found = recasts_of(reports(1, ratio))
    (change,) = found.changes
    assert (change.before, change.after) == (REPORTS[1], REPORTS[2])
    assert change.ratio == pytest.approx(ratio, rel=1e-12)


def test_where_it_stands_the_same_there_was_none():
    found = recasts_of(reports(1, 0.05))
    assert found.deny(REPORTS[0], REPORTS[1])
    assert not found.deny(REPORTS[1], REPORTS[2])
    assert not found.deny(REPORTS[0], REPORTS[2])
    assert recasts_of(reports()).changes == ()


def test_two_splits_in_a_row_are_two():
    found = recasts_of(reports(0.1, 1, 0.125))
    assert [each.ratio for each in found.changes] == [0.1, 0.125]


def test_a_yearly_figure_across_two_quarters_is_explained_by_them():
    across = [figure("Average", 0, 0, 8_000_000), figure("Average", 0, 4, 8_000_000 * 0.0125)]
    assert len(recasts_of(reports(1, 0.1, 0.125) + across).changes) == 2


def test_one_figure_alone_may_be_a_correction():
    assert recasts_of([figure("Issued", 0, 0, 8_000_000), figure("Issued", 0, 1, 400_000)]).changes == ()


def test_a_ratio_of_no_whole_numbers_needs_three():
    tags = ("Outstanding", "Average", "Issued")
    assert recasts_of(reports(0.4348, tags=tags[:2])).changes == ()
    (merger,) = recasts_of(reports(0.4348, tags=tags)).changes
    assert merger.ratio == pytest.approx(0.4348, rel=1e-3)


def test_another_scale_is_no_split():
    assert recasts_of(reports(0.001)).changes == ()


def test_most_figures_decide():
    unmoved = [figure(name, 1, place, 9_000_000) for name in ("A", "B", "C") for place in (1, 2)]
    assert recasts_of(reports(1, 0.05) + unmoved).changes == ()


def test_what_the_next_report_mends_is_no_split():
    """A report that leaves figures in old units, and the next one that mends them."""
    wrong = [
        figure(tag, 0, place, shares)
        for tag in ("A", "B")
        for place, shares in ((0, 400_000), (1, 8_000_000), (2, 400_000))
    ]
    assert {each.ratio for each in recasts_of(wrong).changes} <= {20, 0.05}
    assert len(recasts_of(wrong).changes) in (0, 2)


@pytest.mark.parametrize(
    ("ratio", "whole"),
    [(0.0333, 1 / 30), (1.5, 1.5), (0.0667, 1 / 15), (10.01, 10), (0.3996, 0.4), (1, None), (0.4348, None)],
)
def test_ratios_of_whole_numbers(ratio, whole):
    assert whole_ratio(ratio) == (pytest.approx(whole) if whole else None)


def test_an_empty_body_says_nothing():
    assert recasts_of([]).changes == ()
    assert not recasts_of([]).deny(REPORTS[0], REPORTS[1])
    assert ShareRecast(REPORTS[0], REPORTS[1], 2.0).ratio == 2
