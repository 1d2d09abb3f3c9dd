"""Trading calendar: a token's market is open every day, an equity's in the sessions of the US exchanges."""

import warnings
from datetime import date, datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from pandas.errors import Pandas4Warning

from assets.metrics.bars import Days
from assets.metrics.columns import Column, Mask

NEW_YORK: Final = ZoneInfo("America/New_York")
FIRST_DAY: Final = "2000-01-01"
LAST_DAY: Final = "2100-12-31"
"""The library's own last day follows from today's date; a score is the same whenever it is replayed."""


@cache
def _exchange() -> np.busdaycalendar:
    """Sessions of the NYSE, with the days of mourning and of storms that are known by now."""
    days = np.arange(FIRST_DAY, np.datetime64(LAST_DAY) + 1, dtype="datetime64[D]")
    weekdays = days[np.is_busday(days)]
    return np.busdaycalendar(holidays=np.setdiff1d(weekdays, _sessions(), assume_unique=True))


def _sessions() -> npt.NDArray[np.datetime64]:
    """The days alone, once: the calendar with its opening times takes 18 MB and half a second to build."""
    from exchange_calendars.exchange_calendar_xnys import XNYSExchangeCalendar

    with warnings.catch_warnings():
        # Of the library's own reading of its columns, which does what it should.
        warnings.filterwarnings("ignore", r"Series\.values returning an ndarray", Pandas4Warning)
        calendar = XNYSExchangeCalendar(start=FIRST_DAY, end=LAST_DAY)
    return np.asarray(calendar.sessions, dtype="datetime64[D]")


def day_of(moment: datetime) -> int:
    """The UTC date of a moment, as days since 1970."""
    return int(moment.timestamp() // 86_400)


def session_before(day: date) -> date:
    """The last day before this one on which shares were traded."""
    before = np.busday_offset(np.datetime64(day), -1, roll="forward", busdaycal=_exchange())
    found: date = before.astype(object)
    return found


def is_open(day: Days, is_equity: Mask) -> Mask:
    """Whether the market of each of these assets was open on its day."""
    return ~is_equity | np.is_busday(day.astype("datetime64[D]"), busdaycal=_exchange())


def open_days(first: Days, end: Days, is_equity: Mask) -> Column:
    """On how many days from `first` to before `end` each market was open; 0 where `end` is not later."""
    begin, until = (each.astype("datetime64[D]") for each in (first, end))
    counted = np.where(is_equity, np.busday_count(begin, until, busdaycal=_exchange()), end - first)
    return np.maximum(counted, 0).astype(np.float64)


def open_days_ago(today: int, days: int, is_equity: Mask) -> Days:
    """The day from which on each market has been open on so many days before today."""
    session = np.busday_offset(np.datetime64(today, "D"), -days, roll="forward", busdaycal=_exchange())
    return np.where(is_equity, session.astype(np.int64), today - days)
