from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.sec.scales import FEWEST_LINES, in_usual_scale, scale_factors
from assets.providers.sec.values import FiledValue

QUARTER = timedelta(days=91)
FIRST = date(2023, 12, 31)
AMOUNTS = {"Assets": 18_204_617, "Cash": 4_631_980, "Liabilities": 8_105_733, "NetIncomeLoss": -412_690}


def filed(tag, number, about, value):
    """The report of this number on the quarter of that one."""
    end = FIRST + about * QUARTER
    return tag, FiledValue(
        Decimal(value), (None, end), end + (number - about) * QUARTER, f"0001-{number}", "10-Q"
    )


def reports(count, scales, *, lines=AMOUNTS, changed=1.02):
    """So many reports, each with the quarter before; `scales` are the divisors of some of them."""
    return [
        filed(tag, number, about, round(value * changed**about) // scales.get(number, 1))
        for number in range(1, count + 1)
        for tag, value in lines.items()
        for about in (number - 1, number)
    ]


def powers(values):
    return {filing: float(factor) for filing, factor in scale_factors(values).items()}


@pytest.mark.parametrize("off", [1, 3, 5])
@pytest.mark.parametrize("scale", [1_000, 1_000_000])
def test_one_report_of_another_scale_is_found_wherever_it_stands(off, scale):
    lines = {tag: value * 1_000 for tag, value in AMOUNTS.items()}
    assert powers(reports(5, {off: scale}, lines=lines)) == {f"0001-{off}": scale}


def test_a_scale_given_twice_is_found_too():
    values = reports(5, dict.fromkeys((1, 2, 4, 5), 1_000), lines={t: v * 1_000 for t, v in AMOUNTS.items()})
    assert powers(values) == {"0001-3": 0.001}


def test_between_as_many_on_either_side_nobody_knows():
    assert powers(reports(2, {2: 1_000})) == {}
    assert powers(reports(3, {3: 1_000})) == {"0001-3": 1_000}


@pytest.mark.parametrize(("lines", "found"), [(FEWEST_LINES - 1, {}), (FEWEST_LINES, {"0001-4": 1_000})])
def test_one_or_two_lines_are_no_scale_of_a_report(lines, found):
    assert powers(reports(4, {4: 1_000}, lines=dict(list(AMOUNTS.items())[:lines]))) == found


def test_where_most_lines_are_told_as_before_the_report_is_of_the_usual_scale():
    more = {f"Line{number}": 900_000 + number for number in range(9)}
    slips = [filed(tag, 4, 3, value // 1_000) for tag, value in AMOUNTS.items()]
    assert powers([*reports(4, {}, lines=more), *reports(3, {}), *slips]) == {}


def test_companies_without_a_common_line_say_nothing_of_each_other():
    alone = [filed(tag, 9, 9, value // 1_000) for tag, value in AMOUNTS.items()]
    assert powers([*reports(3, {}), *alone]) == {}


def test_restated_amounts_are_of_no_other_scale():
    values = reports(4, {}) + [filed(tag, 5, 4, value * 7) for tag, value in AMOUNTS.items()]
    assert powers(values) == {}


@pytest.mark.parametrize(
    ("value", "factor", "expected"),
    [
        (12, None, 12),
        (100, 1_000, 100_000),
        (-100, 1_000_000, -100_000_000),
        (99, 1_000, None),
        (-99, 1_000, None),
        (0, 1_000, None),
        (99, "0.001", Decimal("0.099")),
    ],
)
def test_what_was_rounded_away_is_not_known(value, factor, expected):
    assert in_usual_scale(Decimal(value), factor and Decimal(factor)) == expected


def test_amounts_of_one_digit_are_no_thousandth_of_others():
    values = reports(4, {}) + [filed(tag, 5, 4, 1) for tag in AMOUNTS]
    assert powers(values) == {}


@given(
    off=st.integers(1, 6),
    power=st.sampled_from([3, 6]),
    amounts=st.lists(st.integers(10**8, 10**10), min_size=4, max_size=6),
)
def test_multiplied_every_report_is_of_one_scale(off, power, amounts):
    lines = {f"Line{number}": value for number, value in enumerate(amounts)}
    values = reports(6, {off: 10**power}, lines=lines)
    factors = scale_factors(values)
    assert {*factors} == {f"0001-{off}"}
    mended = [
        (
            tag,
            FiledValue(each.value * factors.get(each.accession, 1), each.span, each.day, each.accession, ""),
        )
        for tag, each in values
    ]
    assert scale_factors(mended) == {}
