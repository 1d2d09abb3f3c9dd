from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.columns import Groups
from assets.metrics.holdings import standing
from assets.metrics.insider_trades import HALF_A_YEAR_DAYS, net_bought, net_bought_plainly
from tests.assets.metrics.batch import NOW
from tests.assets.metrics.owner_lines import form, lines, person, rows_of, schedule, trade


def test_what_two_tell_of_one_trade_is_one_trade():
    of_fund = form("a", trade(-10_000, 90_000), holder="Fund", holder_cik="1")
    of_partner = form("b", trade(-10_000, 90_000, is_direct=False, nature="By Fund"))
    assert net_bought(lines(of_fund, of_partner), HALF_A_YEAR_DAYS) == -10_000
    assert net_bought(lines(of_partner, form("c", trade(-10_000, 5), holder_cik="9")), 183) == -10_000
    fills = form("a", trade(-10_000, 90_000), trade(-10_000, 80_000))
    assert net_bought(lines(fills), HALF_A_YEAR_DAYS) == -20_000
    assert net_bought(lines(of_fund, form("c", trade(-10_000, 5))), HALF_A_YEAR_DAYS) == -20_000


OTHER = {"holder": "Other Bob", "holder_cik": "2"}


def plainly(*reports):
    rows = rows_of(*reports)
    one = Groups(rows, np.zeros(len(rows), dtype=np.intp), 1)
    bought, holds = net_bought_plainly(one, NOW, HALF_A_YEAR_DAYS)
    return bought[0], bool(holds[0])


def test_trades_told_once_are_a_sum():
    told = form("a", trade(5_000, 9_000), trade(-2_000, 7_000)), form("b", trade(400, 900), **OTHER)
    assert plainly(*told) == (3_400, True)


@pytest.mark.parametrize("price_usd", [None, 2.5])
def test_a_trade_told_twice_needs_to_know_who_is_who(price_usd):
    told = [form(each, trade(-10_000, 5, price_usd=price_usd)) for each in "ab"]
    assert not plainly(*told)[1]
    assert plainly(told[0], form("b", trade(-10_000, 5, price_usd=3.5))) == (-20_000, True)


def test_an_amended_form_needs_to_know_who_is_who():
    assert not plainly(form("a", trade(1, 2)), form("b", trade(3, 4), form="4/A"))[1]
    assert plainly(form("a", trade(1, 2)), schedule("b", person("A", 9), form="SC 13D/A")) == (1, True)


def test_reports_without_a_trade_are_none_and_no_reports_are_unknown():
    assert plainly(schedule("a", person("A", 9))) == (0, True)
    bought, holds = net_bought_plainly(
        Groups(rows_of(), np.zeros(0, dtype=np.intp), 1), NOW, HALF_A_YEAR_DAYS
    )
    assert np.isnan(bought).all()
    assert holds.all()


told_trades = st.fixed_dictionaries(
    {
        "code": st.sampled_from(["", "P", "S", "A"]),
        "change": st.sampled_from([None, -5_000.0, 5_000.0, 20_000.0]),
        "price_usd": st.sampled_from([None, 1.0, 2.0]),
        "shares": st.just(50_000.0),
        "is_direct": st.booleans(),
        "is_derivative": st.sampled_from([False, None, True]),
    }
)
told_forms = st.tuples(
    st.sampled_from(["4", "4", "4", "4/A", "SC 13D"]),
    st.sampled_from([{}, OTHER]),
    st.sampled_from([-3, 0, 50, 183, 200]),
    st.lists(told_trades, min_size=1, max_size=3),
)


@settings(max_examples=200, deadline=None)
@given(forms=st.lists(told_forms, min_size=1, max_size=5))
def test_as_columns_and_line_by_line_are_one(forms):
    reports = [
        form(f"f{number}", *trades, days_ago=10, happened_on=NOW - timedelta(days=days_ago), **who, form=kind)
        for number, (kind, who, days_ago, trades) in enumerate(forms)
    ]
    bought, holds = plainly(*reports)
    if holds:
        of_forms = standing([line for line in lines(*reports) if not line.is_schedule])
        assert bought == pytest.approx(net_bought(of_forms, HALF_A_YEAR_DAYS), nan_ok=True)
