from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.ownership import HALF_A_YEAR_DAYS, OPEN_MARKET_CODES
from tests.assets.metrics.batch import NOW, measured

NAN = np.nan
NAMES = ["insider_net_bought_share", "insider_share"]
OUTSTANDING = 1_000_000


def report(holder="A. Director", *, days_ago=30.0, **fields):
    happened_on = None if days_ago is None else NOW - timedelta(days=days_ago)
    return {"holder": holder, "happened_on": happened_on, "is_derivative": False, **fields}


def owned(*reports, **rows):
    found = {"supply": {"circulating": OUTSTANDING}, **rows}
    return measured(kind="equity", ownership=list(reports), **found)[NAMES]


def bought(*reports, **rows):
    return owned(*reports, **rows)["insider_net_bought_share"]


def held(*reports, **rows):
    return owned(*reports, **rows)["insider_share"]


# What insiders buy and sell ------------------------------------------------------------


def test_bought_less_sold_of_all_shares():
    found = bought(report(code="P", change=30_000), report(code="S", change=-10_000))
    assert found == pytest.approx(0.02)


@pytest.mark.parametrize("code", ["A", "G", "F", "M", ""])
def test_awards_gifts_and_taxes_are_no_opinion(code):
    assert bought(report(code=code, change=30_000)) == 0


def test_options_do_not_count():
    assert bought(report(code="P", change=30_000, is_derivative=True)) == 0


@pytest.mark.parametrize(
    ("days_ago", "counts"),
    [(-1, False), (0, True), (HALF_A_YEAR_DAYS, True), (HALF_A_YEAR_DAYS + 0.1, False), (None, False)],
)
def test_half_a_year_counts(days_ago, counts):
    found = bought(report(code="P", change=10_000, days_ago=days_ago))
    assert found == pytest.approx(0.01 if counts else 0)


def test_without_any_report_nothing_is_known():
    assert owned().isna().all()


@pytest.mark.parametrize("supply", [{}, {"circulating": 0}])
def test_of_an_unknown_number_of_shares_nothing_is_known(supply):
    assert np.isnan(bought(report(code="P", change=10_000), supply=supply))


def test_a_trade_of_which_nobody_tells_how_much_is_not_none():
    assert np.isnan(bought(report(code="P", change=None), report(code="S", change=-10_000)))
    assert bought(report(code="A", change=None), report(code="S", change=-10_000)) == pytest.approx(-0.01)


@settings(max_examples=30)
@given(changes=st.lists(st.integers(-9_999, 9_999), min_size=1, max_size=6))
def test_the_order_of_reports_does_not_matter_for_what_was_bought(changes):
    reports = [report(code=OPEN_MARKET_CODES[each < 0], change=each) for each in changes]
    found = bought(*reports)
    assert found == pytest.approx(bought(*reversed(reports)))
    assert found == pytest.approx(sum(changes) / OUTSTANDING)


# What those who must report hold -------------------------------------------------------


def test_shares_told_as_such_or_as_a_share_of_all():
    found = held(report("A", shares=100_000), report("B", share=0.08))
    assert found == pytest.approx(0.18)


def test_of_each_holder_the_newest_line_that_tells_it_counts():
    found = held(report("A", share=0.3), report("A", share=0.1), report("A", share=None, shares=None))
    assert found == pytest.approx(0.1)


def test_a_told_share_counts_before_one_worked_out():
    assert held(report("A", share=0.2, shares=900_000)) == pytest.approx(0.2)


def test_options_are_no_shares():
    assert np.isnan(held(report("A", shares=100_000, is_derivative=True)))
    found = held(report("A", shares=100_000), report("A", shares=5, is_derivative=True))
    assert found == pytest.approx(0.1)


@pytest.mark.parametrize("absurd", [{"share": 1.2}, {"share": -0.1}, {"shares": 2 * OUTSTANDING}, {}])
def test_an_absurd_share_is_not_known(absurd):
    assert np.isnan(held(report("A", **absurd)))


def test_more_than_all_together_is_not_known():
    assert np.isnan(held(report("A", share=0.7), report("B", share=0.6)))


def test_what_the_company_tells_counts_before_the_reports():
    fundamentals = {"insider_share": 0.25}
    assert held(report("A", share=0.1), fundamentals=fundamentals) == 0.25
    assert held(fundamentals=fundamentals) == 0.25
    assert held(report("A", share=0.1), fundamentals={"insider_share": None}) == pytest.approx(0.1)
    assert held(report("A", share=0.1), fundamentals={"insider_share": 1.4}) == pytest.approx(0.1)


@settings(max_examples=30)
@given(shares=st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_the_sum_is_a_share_or_not_known(shares):
    found = held(*(report(str(number), share=each) for number, each in enumerate(shares)))
    assert np.isnan(found) or 0 <= found <= 1
