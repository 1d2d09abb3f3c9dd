from datetime import date, timedelta

import pytest

from assets.providers.sec.events import Filing
from assets.providers.sec.timeliness import Timeliness, timeliness

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
    ("days", "notice_days", "counts"),
    [
        (40, 41, (0, 0, 0)),
        (48, 46, (0, 1, 0)),
        (50, 46, (0, 1, 0)),
        (60, 46, (1, 0, 1)),
        (60, None, (1, 0, 0)),
    ],
)
def test_after_a_late_notice_the_grace_is_met_or_missed(days, notice_days, counts):
    end = date(2025, 6, 30)
    others = [each for each in ON_TIME if each.period_ends_on != end]
    notice = [] if notice_days is None else [Filing("NT 10-Q", end + timedelta(days=notice_days), end)]
    summary = judged([*others, *notice, report("10-Q", "2025-06-30", days)])
    assert (summary.late, summary.grace_met, summary.grace_missed) == counts


@pytest.mark.parametrize(
    ("form", "ends_on", "days", "late"),
    [
        ("10-Q", "2025-06-30", 45, 0),
        ("10-Q", "2025-06-30", 46, 1),
        # Saturday, 15 March 2025 was 46 days after the end of January.
        ("10-Q", "2025-01-29", 47, 0),
        ("10-Q", "2025-01-29", 48, 1),
        ("10-K", "2024-12-31", 90, 0),
        ("10-K", "2024-12-31", 91, 1),
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
    assert judged(ON_TIME, today=date(2026, 4, 2)).missing == 1
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


QUARTERS = [report("10-Q", end, 40) for end in ("2025-06-30", "2025-09-30")]
STRICT = "Large accelerated filer"


@pytest.mark.parametrize(
    ("form", "ends_on", "days", "category", "late"),
    [
        ("10-K", "2024-12-31", 60, STRICT, 0),
        ("10-K", "2024-12-31", 63, STRICT, 1),
        ("10-K", "2024-12-31", 63, "Accelerated filer", 0),
        ("10-K", "2024-12-31", 77, "Accelerated filer", 1),
        ("10-K", "2024-12-31", 77, "Non-accelerated filer", 0),
        ("10-Q", "2025-06-30", 43, "Accelerated filer", 1),
        ("10-Q", "2025-06-30", 43, "", 0),
        # Which status it had in the year before is not known: it may have been a small one.
        ("10-Q", "2024-06-30", 44, STRICT, 0),
        ("10-Q", "2024-06-30", 46, STRICT, 1),
    ],
)
def test_the_last_day_is_that_of_the_status_at_the_time(form, ends_on, days, category, late):
    others = [each for each in ON_TIME if each.period_ends_on != date.fromisoformat(ends_on)]
    filings = [*others, report(form, ends_on, days)]
    assert timeliness(filings, today=TODAY, reaches_back=True, category=category).late == late


@pytest.mark.parametrize(
    ("notice_on", "period", "days", "late"),
    [
        ("2025-08-14", date(2025, 6, 30), 50, 0),
        ("2025-08-15", None, 50, 0),
        ("2025-08-15", date(2025, 6, 30), 51, 1),
        ("2025-08-18", date(2025, 6, 30), 50, 1),
        ("2025-08-14", date(2025, 3, 31), 50, 1),
    ],
)
def test_a_notice_in_time_gives_five_days_more(notice_on, period, days, late):
    others = [each for each in ON_TIME if each.period_ends_on != date(2025, 6, 30)]
    notice = Filing("NT 10-Q", date.fromisoformat(notice_on), period)
    summary = judged([*others, report("10-Q", "2025-06-30", days), notice])
    assert (summary.late, summary.notices) == (late, 1)


def test_a_report_is_not_missing_while_its_notice_lasts():
    notice = Filing("NT 10-K", date(2026, 3, 31), date(2025, 12, 31))
    assert judged([*ON_TIME, notice], today=date(2026, 4, 16)).missing == 0
    assert judged([*ON_TIME, notice], today=date(2026, 4, 18)).missing == 1


ABROAD = [report("20-F", f"{year}-12-31", 110) for year in (2022, 2023, 2024)]
AT_HOME = [
    report("10-K", "2025-12-31", 80),
    *(report("10-Q", end, 40) for end in ("2026-03-31", "2026-06-30", "2026-09-30")),
]


@pytest.mark.parametrize("today", [date(2026, 4, 1), date(2026, 11, 28)])
def test_who_comes_home_owes_quarters_from_then_on(today):
    filings = [each for each in (*ABROAD, *AT_HOME) if each.filed_on <= today]
    assert (judged(filings, today=today).late, judged(filings, today=today).missing) == (0, 0)
    without_june = [each for each in AT_HOME if each.period_ends_on != date(2026, 6, 30)]
    assert judged([*ABROAD, *without_june], today=date(2026, 11, 28)).missing == 1


def test_who_goes_abroad_owes_years_from_then_on():
    left = [*ON_TIME[:5], Filing("6-K", date(2025, 5, 20)), Filing("6-K", date(2025, 11, 20))]
    summary = judged(left)
    assert (summary.due, summary.missing) == (5, 0)
    assert judged(left, today=date(2026, 5, 4)).missing == 1
    assert judged([*left, report("20-F", "2025-12-31", 110)], today=date(2026, 11, 28)).missing == 0
    # An 8-K is told by those at home.
    assert judged([*left, Filing("8-K", date(2025, 12, 1))]).missing > 0


IPO = [
    Filing("S-1", date(2025, 4, 1)),
    Filing("EFFECT", date(2025, 7, 15)),
    Filing("424B4", date(2025, 7, 16)),
]


@pytest.mark.parametrize(
    ("days", "filings", "late"),
    [
        (58, IPO, 0),
        # 29 August 2025 is a Friday.
        (60, IPO, 0),
        (61, IPO, 1),
        (58, [], 1),
        (58, [Filing("424B4", date(2025, 7, 16))], 0),
        (58, [Filing("EFFECT", date(2024, 7, 15)), *IPO], 1),
    ],
)
def test_the_first_report_is_due_after_the_registration_took_effect(days, filings, late):
    first = report("10-Q", "2025-06-30", days)
    summary = judged([*filings, first, report("10-Q", "2025-09-30", 45)])
    assert (summary.late, summary.missing) == (late, 0)


def test_only_the_first_report_has_that_time():
    assert judged([*IPO, *ON_TIME[:6], report("10-Q", "2025-06-30", 50), ON_TIME[7]]).late == 1


@pytest.mark.parametrize(
    ("filings", "missing"),
    [
        ([], 3),
        ([Filing("15-12G", date(2025, 4, 15))], 0),
        ([Filing("15-12G", date(2025, 9, 1))], 2),
        ([Filing("REVOKED", date(2025, 4, 15))], 0),
        # Bought: the exchange strikes the share, and nothing more is told.
        ([Filing("8-K", date(2025, 4, 10)), Filing("25-NSE", date(2025, 4, 10))], 0),
        # Thrown out, or one class of several: it goes on telling.
        ([Filing("25-NSE", date(2025, 4, 10)), Filing("8-K", date(2025, 10, 1))], 3),
    ],
)
def test_the_duty_ends_with_the_registration(filings, missing):
    assert judged([*ON_TIME[:5], *filings]).missing == missing


def test_quarters_of_16_and_12_weeks_end_when_they_ended_a_year_ago():
    """The first quarter is of 16 weeks: by 45 days after 12 weeks nothing is missing."""
    ends = ("2024-12-22", "2025-04-13", "2025-07-06", "2025-09-28", "2025-12-21")
    filings = [report("10-K" if "-12-" in end else "10-Q", end, 42) for end in ends]
    assert judged(filings, today=date(2026, 5, 15)).missing == 0
    assert judged(filings, today=date(2026, 6, 15)).missing == 1


def test_a_transition_report_is_due_after_the_decision():
    changed = [
        *ON_TIME[:6],
        report("10-KT", "2025-06-30", 120),
        report("10-Q", "2025-09-30", 45),
        report("10-Q", "2025-12-31", 45),
    ]
    assert (judged(changed).late, judged(changed).missing) == (1, 0)
    decided = Filing("8-K", date(2025, 8, 10), None, ("5.03", "9.01"))
    assert (judged([*changed, decided]).late, judged([*changed, decided]).missing) == (0, 0)


@pytest.mark.parametrize(("days_after", "late"), [(40, 0), (91, 0), (93, 1)])
def test_the_first_report_after_another_registration_has_its_longer_time(days_after, late):
    """Deregistered in June, registered anew in January, in effect 60 days later, on March 16."""
    quiet = [
        *ON_TIME[:6],
        Filing("15-12G", date(2025, 6, 2)),
        Filing("10-12G", date(2026, 1, 15)),
        Filing("EFFECT", date(2026, 3, 16)),
    ]
    summary = judged([*quiet, report("10-K", "2025-12-31", 74 + days_after)], today=date(2026, 7, 1))
    assert (summary.late, summary.missing) == (late, 1)  # The 10-Q of March.


def test_a_report_whose_period_is_not_told_is_filed_all_the_same():
    undated = Filing("10-Q", date(2025, 8, 9), None)
    others = [each for each in ON_TIME if each.period_ends_on != date(2025, 6, 30)]
    assert judged(others).missing == 1
    assert (judged([*others, undated]).missing, judged([*others, undated]).late) == (0, 0)
    late = Filing("10-Q", date(2025, 9, 9), None)
    assert (judged([*others, late]).missing, judged([*others, late]).late) == (0, 1)
    # Neither another form nor one of before the period's end, nor one report for two periods.
    assert judged([*others, Filing("10-K", date(2025, 8, 9), None)]).missing == 1
    assert judged([*others, Filing("10-Q", date(2025, 6, 9), None)]).missing == 1
    fewer = [each for each in others if each.period_ends_on != date(2025, 9, 30)]
    assert judged([*fewer, undated]).missing == 1


def test_who_issues_asset_backed_securities_owes_one_report_a_year():
    years = [report("10-K", f"{year}-12-31", 85) for year in (2022, 2023, 2024)]
    payments = [Filing("10-D", date(2025, month, 28), date(2025, month, 15)) for month in range(1, 13)]
    assert judged(years).missing > 0
    assert (judged([*years, *payments]).due, judged([*years, *payments]).missing) == (2, 0)
    assert judged([*years[:-1], *payments]).missing == 1
