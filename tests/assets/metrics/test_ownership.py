from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.holdings import standing
from assets.metrics.insider_trades import HALF_A_YEAR_DAYS, OPEN_MARKET_CODES
from assets.metrics.ownership import held_share
from tests.assets.metrics.batch import NOW, measured
from tests.assets.metrics.owner_lines import form, indirect, lines, person, schedule, trade

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


def test_a_schedule_that_begins_on_the_day_another_ends_is_held():
    ended = schedule("a", person("Fund", 0, 0), form="SCHEDULE 13G/A", has_left=True)
    begun = schedule("b", person("Fund", 150_000, 0), form="SCHEDULE 13D")
    assert held(*begun, *ended) == pytest.approx(0.15)


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


# Forms and Schedules together ----------------------------------------------------------

MANAGER = {"holder": "Leo Michael Example", "holder_cik": "7"}


def together(*reports):
    told = lines(*reports)
    forms = standing([line for line in told if not line.is_schedule])
    return held_share(forms, [line for line in told if line.is_schedule])


def test_one_owner_under_two_spellings_counts_once_by_the_newer_report():
    told = schedule("a", person("Leo Michael Example", 310_000, 0, holder_cik="7"), days_ago=60)
    spelt = {"holder": "Example Leo Michael", "holder_cik": "7"}
    assert together(told, form("b", trade(400, 310_400), **spelt)) == pytest.approx(0.3104)
    assert together(form("b", trade(400, 309_000), days_ago=90, **spelt), told) == pytest.approx(0.31)


def test_a_schedule_counts_on_where_a_form_tells_only_a_part():
    told = schedule("a", *(person(each, 119_000, 119_000) for each in ("Fund", "Partner A")), days_ago=60)
    assert together(told, form("b", trade(1, 20), holder="Partner A", holder_cik="")) == pytest.approx(0.119)


def test_what_was_disposed_of_since_the_schedule_is_taken_off():
    told = schedule("a", person(**MANAGER, shares=250_000, shared=0), days_ago=60)
    assert together(told, form("b", trade(-100_000, 150_000), **MANAGER)) == pytest.approx(0.15)
    given_away = trade(-100_000, 150_000, code="G")
    assert together(told, form("b", given_away, **MANAGER)) == pytest.approx(0.15)


def test_a_director_reports_the_shares_of_a_fund():
    told = schedule("a", person("Fund", 119_003, 119_003), days_ago=60)
    of_fund = indirect(119_003, "See footnote [F1]")
    assert together(told, form("b", trade(1, 20_000), of_fund)) == pytest.approx(0.139003)
    second = form("c", of_fund, holder="Another Partner", holder_cik="9")
    assert together(told, form("b", of_fund), second) == pytest.approx(0.119003)


@pytest.mark.parametrize(
    "nature",
    ["By Example Ventures IV, L.P.", "by EXAMPLE VENTURES IV LP [F1]", "Example Ventures IV, L.P. (1)"],
)
def test_what_a_director_holds_by_a_fund_is_what_the_fund_reports(nature):
    told = schedule("a", person("Example Ventures IV, L.P.", 80_000, 0, holder_cik="5"), days_ago=60)
    of_fund = form("b", trade(1, 600), indirect(82_500, nature))
    assert together(told, of_fund) == pytest.approx(0.0831)
    another = form("b", trade(1, 600), indirect(82_500, "By Example Ventures V, L.P."))
    assert together(told, another) == pytest.approx(0.1631)


def test_two_trusts_of_two_insiders_are_not_one():
    assert together(form("a", indirect(500)), form("b", indirect(500), holder="B", holder_cik="9")) == 0.001


def test_equal_shares_of_one_placement_are_two_blocks():
    alike = schedule("a", person("Fund A", 90_000, 90_000)), schedule("b", person("Fund B", 90_000, 90_000))
    assert together(*alike) == pytest.approx(0.18)
    uneven = schedule("a", person("Fund A", 90_007, 90_007)), schedule("b", person("Parent", 90_007, 90_007))
    assert together(*uneven) == pytest.approx(0.090007)


@pytest.mark.parametrize("limit", [0.0999, 0.099, 0.098, 0.1999])
def test_equal_shares_at_a_usual_limit_are_two_blocks(limit):
    """Warrants let each holder go up to 9.99 %: two funds at it tell the same number."""
    shares = 611_431
    one, other = (person(name, shares, shares, share=limit) for name in ("Fund A", "Fund B"))
    alone = schedule("a", one), schedule("b", other)
    outstanding = shares / limit
    told = held(*alone[0], *alone[1], supply={"circulating": outstanding})
    assert told == pytest.approx(2 * limit)
    one_filing = schedule("c", one, other)
    assert held(*one_filing, supply={"circulating": outstanding}) == pytest.approx(limit)


def test_a_form_that_tells_the_shares_of_a_schedule_at_a_limit_is_about_the_same_ones():
    told = schedule("a", person("Fund", 99_900, 99_900), days_ago=60)
    assert together(told, form("b", indirect(99_900, "See footnote [F1]"))) == pytest.approx(0.0999)


def test_who_holds_less_than_five_percent_has_left():
    stays = schedule("c", person("Other", 80_000, 0))
    before = schedule("a", person("Fund", 90_000, 90_000), days_ago=90)
    for left in (0, 49_000):
        now = schedule("b", person("Fund", left, left), form="SCHEDULE 13G/A", days_ago=5)
        assert together(before, now, stays) == pytest.approx(0.08)
        assert np.isnan(together(before, now))
    unsaid = schedule("b", person("Fund", 0, has_left=True), days_ago=5)
    unsaid[0] |= {"shares": None, "share": None}
    assert together(before, unsaid, stays) == pytest.approx(0.08)
    still = schedule("b", person("Fund", 50_000, 50_000), days_ago=5)
    assert together(before, still) == pytest.approx(0.05)


@pytest.mark.parametrize("ratio", [10, 0.1])
def test_a_group_stays_one_block_through_a_split(ratio):
    """What is shared is told in the shares of that day, as the whole is."""
    fund, manager = person("Fund", 85_000, 85_000), person("Manager", 99_000, 85_000)
    told = schedule("a", fund, manager, days_ago=60, happened_on=NOW - timedelta(days=60))
    split = {"event": "split", "happened_on": NOW - timedelta(days=20), "ratio": ratio}
    found = held(*told, supply={"circulating": OUTSTANDING * ratio}, capital=[split])
    assert found == pytest.approx(0.099)


def test_holders_of_before_a_dilution_hold_what_is_left_of_it():
    """Passive holders need not report that the company issued shares, even where less than 5 % is left."""
    told = [
        *schedule("a", person("Fund", 100_000, share=0.1)),
        *schedule("b", person("B", 90_000, share=0.09)),
    ]
    assert held(*told, supply={"circulating": 10 * OUTSTANDING}) == pytest.approx(0.019)
    assert held(*told) == pytest.approx(0.19)
    left = schedule("c", person("C", 40_000, share=0.04))
    assert np.isnan(held(*left, supply={"circulating": 2 * OUTSTANDING}))


def test_shares_of_before_an_undated_split_leave_the_share_told():
    split = {"event": "split", "happened_on": NOW - timedelta(days=20), "ratio": 10}
    told = schedule("a", person("Fund", 100_000, share=0.1), as_of=None)
    found = held(*told, supply={"circulating": 10 * OUTSTANDING}, capital=[split])
    assert found == pytest.approx(0.1)


def test_a_director_with_less_than_five_percent_still_counts():
    told = schedule("a", person("Ada Example", 30_000, 0, holder_cik="1888001"), days_ago=5)
    assert together(form("b", trade(1, 60_000), days_ago=90), told) == pytest.approx(0.03)


@settings(max_examples=30)
@given(
    filings=st.lists(
        st.tuples(st.sampled_from("ABCD"), st.integers(50_000, 150_000), st.booleans()),
        min_size=1,
        max_size=5,
    ),
    again=st.data(),
)
def test_a_filing_that_is_told_again_changes_nothing(filings, again):
    told = [
        schedule(str(number), person(who, shares, shares if is_shared else 0), days_ago=50 - number)
        for number, (who, shares, is_shared) in enumerate(filings)
    ]
    repeated = again.draw(st.sampled_from(told))
    copy = [{**each, "accession": "again", "form": "SCHEDULE 13D/A"} for each in repeated]
    assert together(*told, copy) == pytest.approx(together(*told))
