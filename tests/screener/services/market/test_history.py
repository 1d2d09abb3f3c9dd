from datetime import timedelta

import numpy as np
import pytest

from screener.models import MarketDay
from screener.services.market.history import read_history
from tests.screener.services.market.traded import LAST, NOW, store_days

pytestmark = pytest.mark.django_db


def test_each_kind_has_its_open_days_and_figures():
    store_days(30)  # 22 weekdays, of which Presidents' Day is no session
    history = read_history(now=NOW)
    tokens, shares = history.kinds["token"], history.kinds["equity"]
    assert (tokens.days.size, shares.days.size) == (30, 21)
    assert tokens.last_day == LAST
    stored = MarketDay.objects.get(kind="token", size="micro", day=LAST.date())
    assert tokens.returns("micro")[-1] == stored.log_return
    assert tokens.above("micro")[-1] == stored.above_share
    assert (history.fictional, history.known_at, history.is_empty) == (False, NOW, False)


def test_what_is_unknown_or_not_worked_out_is_nan():
    store_days(30)
    MarketDay.objects.filter(day=(LAST - timedelta(days=3)).date()).delete()
    MarketDay.objects.filter(day=(LAST - timedelta(days=5)).date()).update(log_return=None)
    returns = read_history(now=NOW).kinds["token"].returns("small")
    assert np.flatnonzero(np.isnan(returns)).tolist() == [24, 26]


def test_days_before_the_first_known_one_are_left_out():
    store_days(30)
    first = (LAST - timedelta(days=20)).date()
    MarketDay.objects.filter(day__lt=first).update(log_return=None, above_share=None)
    assert read_history(now=NOW).kinds["token"].moments()[0].date() == first


def test_without_a_day_there_is_no_history():
    history = read_history(now=NOW)
    assert (history.is_empty, history.known_at) == (True, None)
    assert history.kinds["token"].last_day is None


@pytest.mark.parametrize(("members", "last"), [(20, LAST), (19, LAST - timedelta(days=1))])
def test_a_day_of_which_most_bars_are_still_to_come_is_not_shown(members, last):
    store_days(30)  # of 40 members
    MarketDay.objects.filter(day=LAST.date()).update(members=members)
    assert read_history(now=NOW).kinds["token"].last_day == last


def test_one_kind_can_be_asked_for():
    store_days(30)
    history = read_history(now=NOW, kinds=("equity",))
    assert history.kinds.keys() == {"equity"}
    assert np.array_equal(
        history.kinds["equity"].returns("all"), read_history(now=NOW).kinds["equity"].returns("all")
    )
