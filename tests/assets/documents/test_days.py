"""Dates in a text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.documents.days import days_in, first_day


@pytest.mark.parametrize(
    "text",
    ["May 6, 2025", "on the 6th day of May, 2025", "6 May 2025", "5/6/2025", "2025-05-06", "MAY 6th, 2025"],
)
def test_a_day_in_each_notation(text):
    assert first_day(f"It was {text}.") == date(2025, 5, 6)


@pytest.mark.parametrize("text", ["February 30, 2025", "13/40/2025", "May 2025", "Rule 10-2025", "in 2025"])
def test_what_is_no_day(text):
    assert first_day(text) is None


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_days_are_found_where_they_stand(day):
    assert days_in(f"xx {day:%B} {day.day}, {day.year} yy") == [(3, day)]
