"""The days on which a market is open: every day for tokens, those of the US exchanges for equities."""

from datetime import datetime
from functools import cache
from typing import Final

import numpy as np
from pandas.tseries.holiday import (
    AbstractHolidayCalendar,
    GoodFriday,
    Holiday,
    USLaborDay,
    USMartinLutherKingJr,
    USMemorialDay,
    USPresidentsDay,
    USThanksgivingDay,
    nearest_workday,
    sunday_to_monday,
)

from assets.metrics.bars import Days
from assets.metrics.columns import Column, Mask

CALENDAR_YEARS: Final = ("2000-01-01", "2100-12-31")


class _ExchangeHolidays(AbstractHolidayCalendar):
    """When US exchanges are closed all day; days of mourning and of storms are not foreseen.

    Source: nyse.com/markets/hours-calendars. A New Year's Day on a Saturday is not made up for.
    """

    rules = [
        Holiday("New Year's Day", month=1, day=1, observance=sunday_to_monday),
        USMartinLutherKingJr,
        USPresidentsDay,
        GoodFriday,
        USMemorialDay,
        Holiday("Juneteenth", month=6, day=19, start_date="2022-01-01", observance=nearest_workday),
        Holiday("Independence Day", month=7, day=4, observance=nearest_workday),
        USLaborDay,
        USThanksgivingDay,
        Holiday("Christmas", month=12, day=25, observance=nearest_workday),
    ]


@cache
def _exchange() -> np.busdaycalendar:
    closed = _ExchangeHolidays().holidays(*CALENDAR_YEARS)
    return np.busdaycalendar(holidays=closed.to_numpy(dtype="datetime64[D]"))


def day_of(moment: datetime) -> int:
    """The UTC date of a moment, as days since 1970."""
    return int(moment.timestamp() // 86_400)


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
