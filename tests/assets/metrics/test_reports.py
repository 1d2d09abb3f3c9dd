from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.holdings import standing
from assets.metrics.insider_trades import HALF_A_YEAR_DAYS, net_bought
from assets.metrics.ownership import held_share
from assets.metrics.reports import is_common, lines_of, may_decide, plain
from tests.assets.metrics.batch import NOW
from tests.assets.metrics.owner_lines import (
    OUTSTANDING,
    form,
    indirect,
    lines,
    person,
    rows_of,
    schedule,
    trade,
)


@pytest.mark.parametrize("nature", ["By Trust", "by trust.", "By Trust [F8]", "By Trust (1)"])
def test_how_something_is_held_in_plain_words(nature):
    assert plain(nature) == "by trust"


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Common Stock, par value $0.01",
        "Class A Common Stock",
        "Common Stock (and associated Preferred Stock Purchase Rights)",
        "Common Stock, including the associated rights to purchase Series A Preferred Stock",
        "Common Stock with attached Junior Participating Preferred Share Purchase Rights",
    ],
)
def test_rights_that_come_with_each_share_leave_it_common(title):
    assert is_common(title)


@pytest.mark.parametrize(
    "title",
    [
        "Preferred Stock convertible into common stock",
        "Series A Preferred Stock (and associated rights)",
        "Warrants to purchase common stock",
        "Common Stock Purchase Warrants",
        "Common Stock and associated Warrants and Rights",
        "Option (right to buy common stock)",
        "Stock Appreciation Rights",
        "Rights to purchase common stock",
    ],
)
def test_what_only_buys_or_becomes_common_stock_is_another_security(title):
    assert not is_common(title)


def test_lines_stand_from_old_to_new_and_an_amendment_after_what_it_amends():
    late = form("c", trade(5, 105), days_ago=2, form="4/A")
    first = form("b", trade(4, 104), days_ago=2)
    assert [each.filing for each in lines(late, first, form("a", trade(1, 101), days_ago=9))] == [
        "a",
        "b",
        "c",
    ]


def test_a_line_without_a_day_is_the_oldest():
    undated = form("b", trade(1, 101), as_of=None)
    assert [each.filing for each in lines(form("a", trade(1, 101)), undated)] == ["b", "a"]


def test_lines_without_a_filing_are_filings_of_their_own():
    listed = lines(form("", trade(1, 101), indirect(5)))
    assert len({each.filing for each in listed}) == 2


def test_what_is_told_counts_and_else_what_the_number_of_shares_says():
    told, counted = lines(schedule("a", person("A", 100_000, share=0.12), person("B", 100_000, share=None)))
    assert (told.held, counted.held) == (0.12, pytest.approx(0.1))


@pytest.mark.parametrize("share", [0.0012, 0.119])
def test_a_percentage_told_as_a_share_shows_by_the_number_of_shares(share):
    number = OUTSTANDING * share * (100 if share < 0.01 else 0.01)
    (line,) = lines(schedule("a", person("A", number, share=share)))
    assert line.held == pytest.approx(number / OUTSTANDING)


@pytest.mark.parametrize(
    ("number", "held", "before"),
    [
        (10_000, 0.01, 0.1),
        (79_000, 0.079, 0.1),
        (81_000, 0.1, np.nan),  # rounding, or another day
        (130_000, 0.1, np.nan),  # warrants
        (100, 0.1, np.nan),  # told in thousands
    ],
)
def test_a_share_of_before_the_company_issued_many_is_worked_out_anew(number, held, before):
    (line,) = lines(schedule("a", person("A", number, share=0.1)))
    assert [line.held, line.before_dilution] == pytest.approx([held, before], nan_ok=True)


def test_more_than_the_whole_is_not_known():
    (line,) = lines(form("a", trade(1, 2 * OUTSTANDING)))
    assert np.isnan(line.held)


def test_a_row_is_of_a_schedule_by_its_form_or_by_its_share():
    listed = lines(
        schedule("a", person("A", 100_000)), schedule("b", person("B", 100_000), form=""), form("c", {})
    )
    assert [each.is_schedule for each in listed] == [True, True, False]


HOLDERS = [
    {"holder": "Example Ada", "holder_cik": "1888001"},
    {"holder": "ADA EXAMPLE", "holder_cik": ""},
    {"holder": "Other Bob", "holder_cik": "1888002"},
    {"holder": "Fund LP", "holder_cik": "", "reported_with": "Other Bob"},
]

told_lines = st.fixed_dictionaries(
    {
        "code": st.sampled_from(["", "P", "S", "A", "G"]),
        "change": st.sampled_from([None, -5_000.0, 5_000.0, 20_000.0]),
        "shares": st.sampled_from([None, 0.0, 40_000.0, 60_000.0, 60_001.0]),
        "is_direct": st.booleans(),
        "nature": st.sampled_from(["", "By Trust", "by trust."]),
        "security": st.sampled_from(["Common Stock", "", "Warrants"]),
        "is_derivative": st.sampled_from([False, False, None, True]),
        "has_left": st.sampled_from([None, False, True]),
    }
)
told_forms = st.tuples(
    st.sampled_from(["3", "4", "4", "4", "4/A"]),
    st.sampled_from([*HOLDERS[:3], *HOLDERS]),
    st.integers(0, 400),
    st.lists(told_lines, min_size=1, max_size=3),
)
told_schedules = st.tuples(
    st.lists(
        st.fixed_dictionaries(
            {
                "who": st.sampled_from(HOLDERS),
                "shares": st.sampled_from([40_000, 60_000, 120_000]),
                "shared_shares": st.sampled_from([None, 0, 40_000]),
                "has_left": st.sampled_from([None, False, True]),
                "is_told": st.sampled_from([True, True, False]),
            }
        ),
        min_size=1,
        max_size=2,
    ),
    st.integers(0, 400),
)


@settings(max_examples=200, deadline=None)
@given(
    forms=st.lists(told_forms, min_size=1, max_size=8),
    schedules=st.lists(told_schedules, max_size=4),
    are_accessions_known=st.booleans(),
)
def test_what_is_left_unread_decides_nothing(forms, schedules, are_accessions_known):
    reports = [
        form(f"f{number}" if are_accessions_known else "", *of_form, days_ago=days_ago, **holder, form=kind)
        for number, (kind, holder, days_ago, of_form) in enumerate(forms)
    ]
    reports += [
        schedule(f"s{number}", *map(of_schedule, persons), days_ago=days_ago)
        for number, (persons, days_ago) in enumerate(schedules)
    ]
    rows = rows_of(*reports)
    company, outstanding = np.zeros(len(rows), dtype=np.intp), np.full(len(rows), float(OUTSTANDING))
    kept = may_decide(rows, company, now=NOW, outstanding=outstanding, trades_within_days=HALF_A_YEAR_DAYS)
    (everything,) = lines_of(rows, company, now=NOW, outstanding=outstanding)
    (deciding,) = lines_of(rows[kept], company[kept], now=NOW, outstanding=outstanding[kept])
    assert decided_by(deciding) == pytest.approx(decided_by(everything), nan_ok=True)


def of_schedule(said):
    """What one person says: the number of shares, or that there are some."""
    line = {**said["who"], **{name: said[name] for name in ("shares", "shared_shares", "has_left")}}
    return line if said["is_told"] else line | {"share": None, "shares": None, "shared_shares": None}


def decided_by(listed):
    forms = standing([line for line in listed if not line.is_schedule])
    held = held_share(forms, [line for line in listed if line.is_schedule])
    return net_bought(forms, HALF_A_YEAR_DAYS), held


def test_a_newer_form_leaves_an_older_one_unread():
    rows = rows_of(form("a", trade(5, 105), days_ago=300), form("b", trade(5, 110), days_ago=200))
    company, outstanding = np.zeros(2, dtype=np.intp), np.full(2, float(OUTSTANDING))
    kept = may_decide(rows, company, now=NOW, outstanding=outstanding, trades_within_days=HALF_A_YEAR_DAYS)
    assert kept.tolist() == [False, True]


@pytest.mark.parametrize(
    ("days_ago", "decides"), [(-30, True), (0, True), (40, True), (50, False), (90, False)]
)
def test_what_was_disposed_of_since_a_schedule_decides_on_a_day_to_come_too(days_ago, decides):
    """A form of ten days ago may give its trade a day that is still to come: it is no older for that."""
    rows = rows_of(
        schedule("s", person("Example Ada", 120_000), days_ago=50),
        form("a", trade(-20_000, 100_000, happened_on=NOW - timedelta(days=days_ago)), days_ago=10),
        form("b", trade(-1, 99_999, happened_on=NOW - timedelta(days=300)), days_ago=5),
    )
    company, outstanding = np.zeros(len(rows), dtype=np.intp), np.full(len(rows), float(OUTSTANDING))
    kept = may_decide(rows, company, now=NOW, outstanding=outstanding, trades_within_days=0.0)
    assert kept.tolist() == [True, decides, True]
