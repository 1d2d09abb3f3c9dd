import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.holdings import holdings, last_words, standing
from tests.assets.metrics.owner_lines import form, indirect, lines, trade


def held(*reports):
    return sorted(each.shares for each in holdings(standing(lines(*reports))))


def test_direct_shares_count_after_the_last_trade_and_each_trust_beside_them():
    sold = [trade(200, 301), trade(-100, 201), trade(-150, 51)]
    trusts = [
        indirect(500, "Trust [F8]"),
        indirect(170, "Trust [F9]"),
        indirect(9, "Trust"),
        indirect(9, "Trust"),
    ]
    assert held(form("a", *sold, *trusts)) == [9, 9, 51, 170, 500]


@settings(max_examples=30)
@given(order=st.permutations([trade(200, 301), trade(-100, 201), trade(-150, 51)]))
def test_the_order_of_trades_does_not_matter(order):
    assert held(form("a", *order)) == [51]


def test_trades_that_end_where_they_began_count_by_the_last_one():
    assert held(form("a", trade(10, 110), trade(-10, 100))) == [100]


def test_numbers_that_do_not_follow_from_each_other_count_by_the_last_one():
    assert held(form("a", trade(-10, 90), trade(-20, 75))) == [75]
    assert held(form("a", trade(-10, 60), trade(-20, 60), trade(-10, 60))) == [60]


def test_two_trusts_that_trade_are_two():
    of_two = [
        trade(-10, 90, is_direct=False, nature="Trust [F1]"),
        trade(-10, 40, is_direct=False, nature="Trust [F2]"),
    ]
    assert held(form("a", *of_two)) == [40, 90]
    alike = [{**each, "nature": "Trust"} for each in of_two]
    assert held(form("a", *alike)) == [40, 90]


def test_a_later_form_replaces_holdings_of_its_kind_only():
    before = form("a", trade(1, 100), indirect(500), days_ago=50)
    assert held(before, form("b", trade(-40, 60), days_ago=5)) == [60, 500]
    assert held(before, form("b", indirect(450, "by trust.", code="S", change=-50), days_ago=5)) == [100, 450]


def test_a_holding_under_another_description_is_not_held_twice():
    before = form("a", trade(1, 100), indirect(500, "By Trust"), days_ago=50)
    assert held(before, form("b", trade(-40, 60), indirect(500, "By Family Trust"))) == [60, 500]


def test_classes_of_shares_add_up_and_what_is_no_common_stock_does_not_count():
    both = [
        trade(1, 100, security="Class A Common Stock"),
        {"shares": 30, "security": "Class B Common Stock"},
    ]
    others = [{"shares": 9, "security": title} for title in ("Series B Preferred Stock", "Warrants", "Notes")]
    option = {"shares": 9, "security": "Stock Option (Right to Buy)", "is_derivative": True}
    assert held(form("a", *both, *others, option)) == [30, 100]


def test_who_files_first_of_several_may_change():
    first = form("a", trade(1, 500), reported_with="1|2", holder="A", holder_cik="1", days_ago=50)
    later = form("b", trade(-100, 400), reported_with="2|1", holder="B", holder_cik="2", days_ago=5)
    assert held(first, later) == [400]


def test_a_partners_own_shares_are_not_the_funds():
    jointly = form("a", trade(1, 500), reported_with="1|2", holder="Fund", holder_cik="1", days_ago=50)
    alone = form("b", trade(1, 20), holder="Partner", holder_cik="2", days_ago=5)
    assert held(jointly, alone) == [20, 500]


def test_who_has_left_holds_nothing_that_counts():
    before = form("a", trade(1, 100), indirect(500), days_ago=50)
    assert held(before, form("b", trade(-40, 60), has_left=True)) == []
    assert held(before, form("b", {"shares": None}, has_left=True)) == []
    again = form("c", trade(1, 61), days_ago=1)
    assert held(before, form("b", trade(-40, 60), has_left=True, days_ago=5), again) == [61, 500]


# Amendments ----------------------------------------------------------------------------

PERIOD = {"period_on": "2026-05-10T00:00:00Z", "happened_on": "2026-05-10T00:00:00Z"}


def kept(*reports):
    return [(each.filing, each.change) for each in standing(lines(*reports))]


def test_an_amendment_replaces_its_form():
    first = form("a", trade(-40, 60), **PERIOD, days_ago=9)
    assert kept(first, form("b", trade(-45, 55), form="4/A", **PERIOD, days_ago=3)) == [("b", -45)]


def test_an_amendment_that_corrects_the_code_replaces_its_form_as_well():
    first = form("a", trade(-40, 60), **PERIOD, days_ago=9)
    assert kept(first, form("b", trade(-40, 60, code="G"), form="4/A", **PERIOD, days_ago=3)) == [("b", -40)]


def test_a_shorter_amendment_replaces_only_what_it_tells_again():
    first = form("a", trade(-40, 60), trade(7, 67), **PERIOD, days_ago=9)
    late = form("b", trade(-45, 55), form="4/A", **PERIOD, days_ago=3)
    assert kept(first, late) == [("a", 7), ("b", -45)]


@pytest.mark.parametrize("other", [{"holder_cik": "9", "holder": "B"}, {"period_on": "2026-05-01T00:00:00Z"}])
def test_an_amendment_is_of_one_person_and_period(other):
    first = form("a", trade(-40, 60), **{**PERIOD, **other}, days_ago=9)
    late = form("b", trade(-45, 55), form="4/A", **PERIOD, days_ago=3)
    assert kept(first, late) == [("a", -40), ("b", -45)]


@pytest.mark.parametrize("other", ["3", "5"])
def test_an_amendment_is_of_one_type(other):
    first = form("a", trade(-40, 60), **PERIOD, form=other, days_ago=3)
    assert kept(first, form("b", trade(-40, 60), form="4/A", **PERIOD, days_ago=3)) == [
        ("a", -40),
        ("b", -40),
    ]


def test_of_two_that_report_together_each_amends_what_is_his():
    together = {"reported_with": "1888001|1888002"}
    joint = form("j", {"shares": 1}, days_ago=90, **together)
    of_other = form("a", trade(-40, 60), **PERIOD, holder="Example Bob", holder_cik="1888002", days_ago=9)
    assert kept(joint, of_other, form("b", trade(-45, 55), form="4/A", **PERIOD, days_ago=3))[1:] == [
        ("a", -40),
        ("b", -45),
    ]


def test_of_two_forms_of_one_day_with_the_same_trade_one_is_amended():
    first = form("a", trade(-40, 60), **PERIOD, days_ago=9)
    second = form("b", trade(-30, 30), **PERIOD, days_ago=9)
    late = form("c", trade(-30, 31), form="4/A", **PERIOD, days_ago=3)
    assert kept(first, second, late) == [("a", -40), ("c", -30)]


def test_a_second_amendment_replaces_the_first_and_what_that_left():
    first = form("a", trade(-40, 60), trade(7, 67), **PERIOD, days_ago=9)
    one = form("b", trade(-45, 55), form="4/A", **PERIOD, days_ago=5)
    two = form("c", trade(-46, 54), trade(8, 62), form="4/A", **PERIOD, days_ago=3)
    assert kept(first, one, two) == [("c", -46), ("c", 8)]


@pytest.mark.parametrize("filed_days_ago", [3, 2])
def test_an_amendment_of_an_earlier_period_takes_no_place_of_a_later_form(filed_days_ago):
    """Whether it is filed on the day of the later form or after it, and its own form was read or not."""
    first = form("a", trade(-40, 60), **PERIOD, days_ago=9)
    later = form("b", trade(-10, 45), days_ago=3)
    late = form("c", trade(-45, 55), form="4/A", **PERIOD, days_ago=filed_days_ago)
    assert held(first, later, late) == held(later, late) == [45]


def test_without_a_period_nothing_is_replaced():
    without = {"period_on": None}
    first = form("a", trade(-40, 60), days_ago=9, **without)
    assert len(kept(first, form("b", trade(-40, 60), form="4/A", days_ago=3, **without))) == 2


def test_of_two_forms_of_a_period_the_one_is_replaced_whose_trade_is_told_again():
    first = form("a", trade(-40, 60), **PERIOD, days_ago=9)
    second = form("b", trade(20, 80, code="A"), **PERIOD, days_ago=8)
    late = form("c", trade(25, 85, code="A"), form="4/A", **PERIOD, days_ago=3)
    assert kept(first, second, late) == [("a", -40), ("c", 25)]


def test_last_words_of_lines_without_trades_are_all_of_them():
    listed = lines(form("a", indirect(5), indirect(5)))
    assert last_words(listed) == listed
