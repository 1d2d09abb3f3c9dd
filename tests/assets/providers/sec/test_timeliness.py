from datetime import date, timedelta

import pytest

from assets.providers.sec.timeliness import Filing, Timeliness, months_before, timeliness

TODAY = date(2026, 3, 1)


def report(form, ends_on, after_days):
    end = date.fromisoformat(ends_on)
    return Filing(form, end + timedelta(days=after_days), end)


ON_TIME = [
    report("10-K", "2023-12-31", 60),
    report("10-Q", "2024-03-31", 40),
    report("10-Q", "2024-06-30", 40),
    report("10-Q", "2024-09-30", 40),
    report("10-K", "2024-12-31", 60),
    report("10-Q", "2025-03-31", 40),
    report("10-Q", "2025-06-30", 40),
    report("10-Q", "2025-09-30", 40),
]


def judged(filings, *, today=TODAY, reaches_back=True):
    return timeliness(filings, today=today, reaches_back=reaches_back)


def test_who_files_in_time_owes_eight_reports_in_two_years():
    summary = judged(ON_TIME)
    assert (summary.due, summary.late, summary.missing) == (8, 0, 0)
    assert (summary.notices, summary.auditor_changes, summary.restatements) == (0, 0, 0)


@pytest.mark.parametrize(
    ("form", "ends_on", "days", "late"),
    [
        ("10-Q", "2025-06-30", 48, 0),
        ("10-Q", "2025-06-30", 49, 1),
        ("10-K", "2024-12-31", 93, 0),
        ("10-K", "2024-12-31", 94, 1),
    ],
)
def test_late_is_after_the_last_day_and_a_weekend(form, ends_on, days, late):
    end = date.fromisoformat(ends_on)
    others = [each for each in ON_TIME if each.period_ends_on != end]
    assert judged([*others, report(form, ends_on, days)]).late == late


def test_a_foreign_company_owes_one_report_a_year():
    years = [report("20-F", "2023-12-31", 110), report("20-F", "2024-12-31", 124)]
    summary = judged(years)
    assert (summary.due, summary.late, summary.missing) == (2, 1, 0)
    assert (summary.auditor_changes, summary.restatements) == (None, None)


def test_a_gap_between_two_periods_is_a_missing_report():
    summary = judged([each for each in ON_TIME if each.period_ends_on != date(2025, 3, 31)])
    assert (summary.due, summary.missing, summary.late) == (8, 1, 0)


def test_who_stops_filing_misses_every_report_since():
    summary = judged(ON_TIME[:5])
    assert (summary.due, summary.missing) == (8, 3)


def test_nothing_is_missing_before_its_last_day_or_before_the_first_report():
    assert judged(ON_TIME, today=date(2026, 4, 1)).missing == 0
    assert judged(ON_TIME, today=date(2026, 4, 6)).missing == 1
    assert judged(ON_TIME[-1:]).missing == 0


def test_the_first_annual_report_of_a_company_has_its_longer_time():
    """After one 10-Q nobody knows where the fiscal year ends; with a 10-K known it is 45 days."""
    later = report("10-Q", "2025-09-30", 40)
    assert judged([later], today=date(2026, 4, 6)).missing == 1
    summer = [report("10-K", "2025-06-30", 60), later]
    assert judged(summer, today=date(2026, 2, 17)).missing == 0
    assert judged(summer, today=date(2026, 2, 19)).missing == 1


def test_a_year_of_52_weeks_does_not_end_in_the_same_month():
    autumn = [report("10-K", "2024-09-28", 60), report("10-Q", "2025-06-28", 40)]
    quarters = [report("10-Q", end, 40) for end in ("2024-12-28", "2025-03-29")]
    assert judged([*autumn, *quarters], today=date(2025, 12, 20)).missing == 0


def test_a_form_15_ends_the_duty():
    assert judged([*ON_TIME[:5], Filing("15-12G", date(2025, 4, 15))]).missing == 0


def test_an_amendment_does_not_replace_a_late_report_and_the_first_one_counts():
    amended = [*ON_TIME, report("10-Q", "2025-06-30", 200), report("10-Q/A", "2025-06-30", 300)]
    assert judged(amended) == judged(ON_TIME)


def test_notices_and_8_ks_are_counted_in_the_window():
    more = [
        Filing("NT 10-K", date(2025, 4, 1)),
        Filing("NT 10-Q", date(2025, 8, 15)),
        Filing("NT 10-K", date(2024, 2, 1)),
        Filing("8-K", date(2025, 5, 1), None, ("4.01", "9.01")),
        Filing("8-K/A", date(2025, 5, 9), None, ("4.01",)),
        Filing("8-K", date(2025, 6, 1), None, ("4.02",)),
        Filing("8-K", date(2023, 6, 1), None, ("4.02",)),
    ]
    summary = judged([*ON_TIME, *more])
    assert (summary.notices, summary.auditor_changes, summary.restatements) == (2, 1, 1)


def test_a_list_that_does_not_reach_back_tells_nothing():
    assert judged(ON_TIME, reaches_back=False) == Timeliness()


def test_without_any_report_only_notices_are_known():
    assert judged([Filing("4", date(2025, 1, 1))]) == Timeliness(notices=0)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 1), 24, date(2024, 3, 1)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
        (date(2025, 9, 30), -3, date(2025, 12, 30)),
    ],
)
def test_months_are_counted_back_within_the_calendar(day, months, before):
    assert months_before(day, months) == before
