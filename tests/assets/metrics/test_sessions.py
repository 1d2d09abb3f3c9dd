from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest
from exchange_calendars.exchange_calendar_xnys import XNYSExchangeCalendar
from hypothesis import given
from hypothesis import strategies as st
from pandas.errors import Pandas4Warning

from assets.metrics.sessions import day_of, is_open, open_days, open_days_ago, session_before

DAYS = st.dates(min_value=date(2005, 1, 3), max_value=date(2029, 11, 1))
EQUITY, TOKEN = np.array([True]), np.array([False])


def day(text):
    return np.array([(date.fromisoformat(text) - date(1970, 1, 1)).days])


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 6, 1, tzinfo=UTC), "2026-06-01"),
        (datetime(2026, 6, 1, 23, 59, tzinfo=UTC), "2026-06-01"),
        (datetime(2026, 6, 1, 22, tzinfo=timezone(timedelta(hours=-4))), "2026-06-02"),
    ],
)
def test_the_day_is_that_of_utc(moment, expected):
    assert day_of(moment) == day(expected)[0]


@pytest.mark.parametrize(
    "closed",
    [
        *("2025-01-01", "2025-01-20", "2025-02-17", "2025-04-18", "2025-05-26"),
        *("2025-06-19", "2025-07-04", "2025-09-01", "2025-11-27", "2025-12-25"),
        *("2026-04-03", "2026-07-03"),  # Good Friday; the Friday before an Independence Day on a Saturday
        *("2021-12-24", "2023-01-02", "2024-03-29", "2022-06-20"),
        *("2026-06-06", "2026-06-07"),
        *("2018-12-05", "2025-01-09"),  # Days of mourning for Bush and Carter
        *("2001-09-11", "2012-10-29", "2012-10-30"),
    ],
)
def test_us_exchanges_are_closed(closed):
    """The holidays that the NYSE published for these years, a weekend, and days that nobody foresaw."""
    assert not is_open(day(closed), EQUITY)[0]
    assert is_open(day(closed), TOKEN)[0]


@pytest.mark.parametrize("opened", ["2025-01-02", "2021-12-31", "2025-10-13", "2025-11-11", "2021-06-18"])
def test_us_exchanges_are_open(opened):
    """On the Friday before a New Year's Day on a Saturday, too, and on holidays of banks only."""
    assert is_open(day(opened), EQUITY)[0]


@pytest.mark.parametrize(
    ("first", "end", "of_equity", "of_token"),
    [
        ("2026-06-01", "2026-06-08", 5, 7),
        ("2026-06-05", "2026-06-08", 1, 3),
        ("2026-06-01", "2026-06-01", 0, 0),
        ("2026-06-08", "2026-06-01", 0, 0),
        ("2025-12-24", "2026-01-05", 6, 12),
    ],
)
def test_open_days(first, end, of_equity, of_token):
    assert open_days(day(first), day(end), EQUITY) == [of_equity]
    assert open_days(day(first), day(end), TOKEN) == [of_token]


@pytest.mark.parametrize("today", ["2026-06-01", "2026-06-06", "2026-06-07", "2025-12-25", "2026-01-02"])
@pytest.mark.parametrize("days", [1, 30, 60])
@pytest.mark.parametrize("kind", [EQUITY, TOKEN])
def test_so_many_open_days_lie_before_today(today, days, kind):
    start = open_days_ago(int(day(today)[0]), days, kind)
    assert open_days(start, day(today), kind) == [days]
    assert is_open(start, kind)[0]


@pytest.fixture(scope="module")
def nyse():
    with pytest.warns(Pandas4Warning, match="Series.values returning an ndarray"):
        return XNYSExchangeCalendar(start="2005-01-03", end="2030-12-31")


@given(first=DAYS, length=st.integers(min_value=0, max_value=400))
def test_open_days_are_the_sessions_of_the_exchange(nyse, first, length):
    days = [first + timedelta(days=each) for each in range(length + 1)]
    sessions = [nyse.is_session(each.isoformat()) for each in days]
    numbers = np.concatenate([day(each.isoformat()) for each in days])
    everywhere = np.ones(len(days), dtype=bool)
    assert is_open(numbers, everywhere).tolist() == sessions
    assert open_days(numbers[:1], numbers[-1:], EQUITY) == [sum(sessions[:-1])]


@given(DAYS)
def test_the_session_before_is_the_last_open_day(day):
    before = session_before(day)
    between = [before + timedelta(days=each) for each in range(1, (day - before).days)]
    assert before < day
    assert is_open(np.array([(before - date(1970, 1, 1)).days]), EQUITY).all()
    assert not any(is_open(np.array([(each - date(1970, 1, 1)).days]), EQUITY).any() for each in between)
