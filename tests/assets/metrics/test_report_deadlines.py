from datetime import date

import pytest

from assets.metrics.report_deadlines import (
    ACCELERATED,
    LARGE,
    NOT_ACCELERATED,
    extended,
    first_day_due,
    last_day,
    months_after,
    next_business_day,
    status_of,
)


@pytest.mark.parametrize(
    ("category", "status"),
    [
        ("Large accelerated filer", LARGE),
        ("Accelerated filer", ACCELERATED),
        ("Non-accelerated filer", NOT_ACCELERATED),
        ("Smaller reporting company", NOT_ACCELERATED),
        ("", NOT_ACCELERATED),
    ],
)
def test_the_status_is_that_of_the_category(category, status):
    assert status_of(category) == status


@pytest.mark.parametrize(
    ("form", "ends_on", "status", "expected"),
    [
        # 1 March 2025 was a Saturday, 31 March a Monday; 10 and 14 November 2025 a Monday and a Friday.
        ("10-K", "2024-12-31", LARGE, "2025-03-03"),
        ("10-K", "2024-12-31", ACCELERATED, "2025-03-17"),
        ("10-K", "2024-12-31", NOT_ACCELERATED, "2025-03-31"),
        ("10-Q", "2025-09-30", LARGE, "2025-11-10"),
        ("10-Q", "2025-09-30", NOT_ACCELERATED, "2025-11-14"),
        ("20-F", "2024-12-31", NOT_ACCELERATED, "2025-04-30"),
        ("20-F", "2025-06-30", NOT_ACCELERATED, "2025-10-30"),
        ("40-F", "2024-12-31", NOT_ACCELERATED, "2025-04-30"),
    ],
)
def test_the_last_day_of_a_report(form, ends_on, status, expected):
    assert last_day(form, date.fromisoformat(ends_on), status) == date.fromisoformat(expected)


def test_a_notice_gives_more_days():
    assert extended("10-K", date(2025, 3, 31)) == date(2025, 4, 15)
    assert extended("10-Q", date(2025, 8, 14)) == date(2025, 8, 19)
    assert extended("20-F", date(2025, 4, 30)) == date(2025, 5, 15)


def test_the_first_report_after_a_registration():
    """The example of a law firm's guide: in effect on 15 July, due on 29 August."""
    assert first_day_due("10-Q", date(2025, 7, 15)) == date(2025, 8, 29)
    assert first_day_due("10-K", date(2025, 1, 15)) == date(2025, 4, 15)


@pytest.mark.parametrize(
    "holiday",
    [
        *("2025-01-01", "2025-01-20", "2025-02-17", "2025-05-26", "2025-06-19", "2025-07-04"),
        *("2025-09-01", "2025-10-13", "2025-11-11", "2025-11-27", "2025-12-25"),
        # On a Saturday, a Sunday: observed the day before, after; New Year's in the year before.
        *("2026-07-03", "2023-11-10", "2022-12-26", "2021-12-31"),
    ],
)
def test_federal_holidays_are_no_business_days(holiday):
    """By the calendar of the U.S. Office of Personnel Management."""
    day = date.fromisoformat(holiday)
    assert next_business_day(day) > day


@pytest.mark.parametrize("day", ["2025-11-10", "2025-04-18", "2020-06-19", "2026-07-06"])
def test_other_days_are(day):
    """Good Friday is no federal holiday, and Juneteenth was none before 2021."""
    assert next_business_day(date.fromisoformat(day)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 3, 1), -24, date(2024, 3, 1)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2025, 9, 30), 3, date(2025, 12, 30)),
    ],
)
def test_months_are_counted_within_the_calendar(day, months, after):
    assert months_after(day, months) == after
