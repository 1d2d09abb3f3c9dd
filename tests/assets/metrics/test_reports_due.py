from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics.reports_due import FiledReport, reports_due

FAR = date(2027, 12, 31)


def filed(form, filed_on, period_ends_on=None):
    return FiledReport(
        form=form,
        filed_on=date.fromisoformat(filed_on),
        period_ends_on=date.fromisoformat(period_ends_on) if period_ends_on else None,
    )


A_YEAR = (
    filed("10-K", "2025-03-20", "2024-12-31"),
    filed("10-Q", "2025-05-12", "2025-03-31"),
    filed("10-Q", "2025-08-11", "2025-06-30"),
    filed("10-Q", "2025-11-20", "2025-09-30"),
)


def told(reports):
    return [(each.form, str(each.period_ends_on), str(each.due_on)) for each in reports if not each.filed_on]


def test_the_next_reports_follow_from_those_that_came():
    """Last days by the table of the SEC for 2026: 31 March, 15 May, 14 August, 16 November (a Monday)."""
    assert told(reports_due(A_YEAR, until=date(2026, 12, 31))) == [
        ("10-K", "2025-12-31", "2026-03-31"),
        ("10-Q", "2026-03-31", "2026-05-15"),
        ("10-Q", "2026-06-30", "2026-08-14"),
        ("10-Q", "2026-09-30", "2026-11-16"),
    ]


def test_what_was_filed_has_its_last_day_and_the_day_it_came():
    reports = reports_due(A_YEAR, until=date(2025, 12, 1))
    assert [(str(each.due_on), str(each.filed_on)) for each in reports] == [
        ("2025-03-31", "2025-03-20"),
        ("2025-05-15", "2025-05-12"),
        ("2025-08-14", "2025-08-11"),
        ("2025-11-14", "2025-11-20"),
    ]


def test_a_notice_puts_the_last_day_off():
    """Form 12b-25 of a 10-Q due on Friday, 14 November 2025: five days more, the 19th."""
    notice = filed("NT 10-Q", "2025-11-14", "2025-09-30")
    reports = reports_due([*A_YEAR[:3], notice], until=date(2025, 12, 1))
    assert told(reports) == [("10-Q", "2025-09-30", "2025-11-19")]


def test_a_notice_without_a_period_is_about_the_one_that_ended_last():
    reports = reports_due([*A_YEAR[:3], filed("NT 10-Q", "2025-11-14")], until=date(2026, 4, 30))
    assert told(reports) == [("10-Q", "2025-09-30", "2025-11-19"), ("10-K", "2025-12-31", "2026-03-31")]


def test_a_notice_that_came_too_late_gives_nothing():
    notice = filed("NT 10-Q", "2025-11-25", "2025-09-30")
    reports = reports_due([*A_YEAR[:3], notice], until=date(2025, 12, 1))
    assert told(reports) == [("10-Q", "2025-09-30", "2025-11-14")]


def test_a_foreign_company_owes_a_year():
    reports = reports_due([filed("20-F", "2025-04-30", "2024-12-31")], until=FAR)
    assert told(reports) == [
        ("20-F", "2025-12-31", "2026-04-30"),
        ("20-F", "2026-12-31", "2027-04-30"),
    ]


def test_without_an_annual_report_any_period_may_end_a_year():
    """And has the longer time: 90 days after 30 June 2025 is a Sunday."""
    assert told(reports_due([A_YEAR[1]], until=date(2025, 9, 30))) == [("10-K", "2025-06-30", "2025-09-29")]


def test_a_year_of_52_weeks_ends_about_the_same_day():
    reports = reports_due(
        [filed("10-K", "2025-11-20", "2025-09-27"), filed("10-Q", "2026-08-01", "2026-06-27")],
        until=date(2026, 12, 31),
    )
    assert told(reports)[0][:2] == ("10-K", "2026-09-27")


NO_REPORTS = (filed("8-K", "2025-01-02"), filed("10-K/A", "2025-01-02", "2024-12-31"))


@pytest.mark.parametrize("filings", [(), NO_REPORTS[:1], NO_REPORTS[1:]])
def test_nothing_follows_from_what_is_no_report(filings):
    assert reports_due(filings, until=FAR) == []


@given(
    st.lists(
        st.builds(
            lambda form, ends_on, lag: FiledReport(
                form=form, filed_on=ends_on + timedelta(days=lag), period_ends_on=ends_on
            ),
            st.sampled_from(["10-K", "10-Q", "20-F", "10-KT"]),
            st.dates(date(2015, 1, 1), date(2026, 12, 31)),
            st.integers(20, 200),
        ),
        max_size=12,
    )
)
def test_each_period_is_due_once_after_its_end(filings):
    reports = reports_due(filings, until=FAR)
    ends = [each.period_ends_on for each in reports]
    assert ends == sorted(set(ends))
    assert all(each.due_on > each.period_ends_on for each in reports)
    assert all(each.due_on <= FAR for each in reports if not each.filed_on)
