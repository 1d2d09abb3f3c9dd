from datetime import date, timedelta

import pytest

from assets.models import Candle
from screener.models import MarketDay
from screener.services.market.due_days import (
    HISTORY_DAYS,
    RECENT_DAYS,
    date_of,
    due_days,
    is_outgrown,
    newest_candle,
    number_of,
)
from tests.screener.services.market.traded import LAST, NOW, store_days, trade

pytestmark = pytest.mark.django_db

END = number_of(LAST.date())
A_RUN = NOW + timedelta(hours=6)


def test_days_have_numbers():
    assert number_of(date(1970, 1, 11)) == 10
    assert date_of(number_of(date(2026, 3, 3))) == date(2026, 3, 3)


def test_at_first_every_day_of_two_years_is_due():
    found = due_days(since=NOW, now=NOW)
    assert found is not None
    assert (found.kind, found.days[0], found.days[-1]) == ("token", END + 1 - HISTORY_DAYS, END)


def test_once_all_is_worked_out_nothing_is_due():
    store_days(HISTORY_DAYS)
    assert due_days(since=NOW, now=NOW) is None


def test_the_next_run_does_the_last_days_again():
    store_days(HISTORY_DAYS)
    found = due_days(since=A_RUN, now=A_RUN)
    assert found is not None
    assert found.days.tolist() == [*range(END + 1 - RECENT_DAYS, END + 1)]
    MarketDay.objects.filter(kind="token").update(known_at=A_RUN)
    found = due_days(since=A_RUN, now=A_RUN)
    assert found is not None
    assert (found.kind, len(found.days)) == ("equity", 5)


def test_older_days_are_due_once_there_are_many_more_bars(monkeypatch):
    store_days(HISTORY_DAYS)
    monkeypatch.setattr("screener.services.market.due_days.newest_candle", lambda: 11)  # from 10
    found = due_days(since=A_RUN, now=A_RUN)
    assert found is not None
    assert len(found.days) == HISTORY_DAYS
    assert is_outgrown()
    MarketDay.objects.update(newest_candle=11)
    assert not is_outgrown()


def test_the_newest_bar_is_counted():
    assert newest_candle() == 0
    assert not is_outgrown()
    trade(["One"], {"One": [1, 2, 3]}, score=False)
    assert newest_candle() == Candle.objects.order_by("-pk").first().pk
    assert is_outgrown()
