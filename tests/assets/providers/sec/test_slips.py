from datetime import date, timedelta
from decimal import Decimal

import pytest

from assets.providers.sec.slips import SLACK, SheetTags, slips_of
from assets.providers.sec.values import FiledValue

QUARTER = timedelta(days=91)
FIRST = date(2024, 12, 31)
LINES = {
    "Assets": 18_204_617,
    "Cash": 4_631_980,
    "Liabilities": 8_105_733,
    "Equity": 9_114_585,
    "Receivables": 1_204_117,
}
SLIPS = ["0001-3", "0001-5"]
ALIKE = [
    frozenset({"Cash", "CashWhole"}),
    frozenset({"Equity"}),
    frozenset({"Receivables"}),
    frozenset({"Flow"}),
]

WHOLE = SheetTags(frozenset({"Assets"}), frozenset({"Liabilities"}), frozenset({"Minorities"}))


def told(tag, number, value, *, days=0):
    end = FIRST + number * QUARTER
    start = end - timedelta(days=days - 1) if days else None
    return tag, FiledValue(Decimal(value), (start, end), end + timedelta(days=40), f"0001-{number}", "10-Q")


def quarters(count, **odd):
    """So many balance sheets; `odd` are by tag the quarter and what its line is multiplied by."""
    return [
        told(tag, number, round(value * 1.03**number * dict([odd.get(tag, (0, 1))]).get(number, 1)))
        for number in range(1, count + 1)
        for tag, value in LINES.items()
    ]


def found(values):
    return sorted((tag, accession) for tag, accession, _span in slips_of(values, ALIKE, WHOLE))


@pytest.mark.parametrize("times", [1e3, 1e-3, 1e6, 1e-6, 1e3 * SLACK * 0.9, 1e-3 / SLACK / 0.9])
@pytest.mark.parametrize("number", [3, 5])
def test_a_line_alone_of_another_scale_is_a_slip(times, number):
    assert found(quarters(5, Equity=(number, times))) == [("Equity", f"0001-{number}")]


@pytest.mark.parametrize("times", [1, 10, 100, 400, 1 / 50, 2e4, -1_000, 1e3 * SLACK * 1.1])
def test_a_line_that_grew_or_shrank_is_none(times):
    assert found(quarters(5, Equity=(5, times))) == []


@pytest.mark.parametrize("times", [-1, -1.1, -0.9])
def test_a_deficit_told_as_a_surplus_is_a_slip(times):
    assert found(quarters(5, Equity=(5, times))) == [("Equity", "0001-5")]
    assert found(quarters(5, Equity=(3, times))) == [("Equity", "0001-3")]


@pytest.mark.parametrize("times", [-1.4, -1.2, -0.58])
def test_what_crosses_zero_by_another_amount_is_none(times):
    assert found(quarters(5, Equity=(5, times))) == []


@pytest.mark.parametrize(
    ("liabilities", "minorities", "is_slip"),
    [
        (28_600_000, 0, False),
        (28_600_900, 0, False),
        (28_400_000, 200_000, False),
        (28_700_000, -100_000, False),
        (28_620_000, 0, True),
        (28_400_000, 0, True),
        (28_400_000, 100_000, True),
        # Its liabilities are what they were: equity is still what assets are more than they.
        (9_000_000, 0, True),
    ],
)
def test_equity_that_the_balance_sheet_proves_has_crossed_zero(liabilities, minorities, is_slip):
    kept = [
        each
        for each in quarters(5)
        if each[1].accession != "0001-5" or each[0] not in {"Assets", "Liabilities", "Equity"}
    ]
    newest = {
        "Assets": 18_600_000,
        "Equity": -10_000_000,
        "Liabilities": liabilities,
        "Minorities": minorities,
    }
    values = kept + [told(tag, 5, value) for tag, value in newest.items()]
    assert found(values) == ([("Equity", "0001-5")] if is_slip else [])


def test_what_stays_beyond_zero_has_crossed_it():
    below = [told("Equity", number, -9_000_000) for number in (4, 5)]
    assert (
        found([each for each in quarters(5) if each[0] != "Equity" or each[1].accession < "0001-4"] + below)
        == []
    )


def test_lines_that_move_together_are_the_company_own_story():
    assert found(quarters(5, Cash=(5, 1e-3), Assets=(5, 1e-3), Equity=(5, 1e-3))) == []


def test_what_stays_where_it_went_has_moved():
    moved = [told("Equity", 6, round(LINES["Equity"] * 1e-3))]
    assert found([*quarters(5, Equity=(5, 1e-3)), *moved, *quarters(6)[-5:-2]]) == []


def test_tags_of_no_figure_may_do_what_they_like():
    assert found(quarters(5, Liabilities=(5, 1e3))) == []


def test_one_slip_hides_no_other():
    values = [each for each in quarters(5) if each[0] != "Receivables" or each[1].accession not in SLIPS]
    values += [told("Receivables", number, 1_204) for number in (3, 5)]
    assert found(values) == [("Receivables", each) for each in SLIPS]


def test_of_two_slips_in_a_row_the_right_one_after_them_is_none():
    values = [each for each in quarters(5) if each[0] != "Receivables" or each[1].accession not in SLIPS]
    values += [told("Receivables", 3, 1_204), told("Receivables", 5, 1_395_902)]
    values = [each for each in values if each[:1] != ("Receivables",) or each[1].accession != "0001-4"]
    assert found([*values, told("Receivables", 4, 1_240)]) == []


def test_without_three_lines_that_stand_still_nothing_is_a_slip():
    few = [each for each in quarters(5, Equity=(5, 1e3)) if each[0] in {"Assets", "Cash", "Equity"}]
    assert found(few) == []


@pytest.mark.parametrize(
    ("value", "more", "is_slip"),
    [
        (731, 731_000, True),
        (731, 731_480, True),
        (731, 733_000, False),
        (700, 700_000, False),
        (731, -731_000, False),
        (
            73_100,
            73_100_000,
            False,
        ),  # More than all assets: then the larger one is the slip, or both are right.
    ],
)
def test_an_amount_that_another_tag_tells_a_thousandfold_is_a_slip(value, more, is_slip):
    values = [told("Assets", 1, 18_204_617), told("Cash", 1, value), told("CashWhole", 1, more)]
    assert found(values) == ([("Cash", "0001-1")] if is_slip else [])
    assert found([told("Cash", 1, value), told("CashWhole", 1, more)]) == []
    assert found([*values[:2], told("Equity", 1, more)]) == []


@pytest.mark.parametrize(("times", "is_slip"), [(1e3, True), (1e-3, True), (-1e3, False), (20, False)])
def test_what_flows_is_compared_by_the_day(times, is_slip):
    flows = [
        told(tag, number, value * number, days=91 * number)
        for number in (1, 2, 3)
        for tag, value in LINES.items()
    ]
    flows += [told("Flow", number, 400_000 * number, days=91 * number) for number in (1, 2)]
    flows += [told("Flow", 3, round(1_200_000 * times), days=273)]
    assert found(flows) == ([("Flow", "0001-3")] if is_slip else [])
