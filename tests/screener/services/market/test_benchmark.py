from datetime import timedelta

import numpy as np
import pytest

from screener.models import MarketDay
from screener.services.market.benchmark import read_benchmark, size_of_tier
from tests.screener.services.market.traded import LAST, NOW, store_days

pytestmark = pytest.mark.django_db


def returns(kind, size):
    stored = MarketDay.objects.filter(kind=kind, size=size).order_by("day")
    return [*stored.values_list("log_return", flat=True)]


@pytest.mark.parametrize("kind", ["token", "equity"])
@pytest.mark.parametrize("size", ["all", "micro"])
def test_it_is_what_100_became_along_the_returns_of_the_group(kind, size):
    store_days(30)
    line = read_benchmark(kind, now=NOW, size=size)
    assert line.values == pytest.approx(100 * np.exp(np.cumsum(returns(kind, size))))
    assert line.days[-1] == LAST


def test_a_day_that_is_not_known_is_left_out():
    store_days(30)
    MarketDay.objects.filter(day=(LAST - timedelta(days=5)).date()).update(log_return=None)
    days = read_benchmark("token", now=NOW).days
    assert len(days) == 29
    assert LAST - timedelta(days=5) not in days


def test_the_invented_market_is_none_of_real_assets():
    store_days(30, fictional=True)
    assert read_benchmark("token", now=NOW) is None
    assert read_benchmark("token", now=NOW, fictional=True).name == "Tokens: All sizes"


def test_one_day_is_no_line():
    store_days(1)
    assert read_benchmark("token", now=NOW) is None


@pytest.mark.parametrize(
    ("tier", "size"),
    [
        ("nano", "micro"),
        ("micro", "micro"),
        ("small", "small"),
        ("mid", "large"),
        ("large", "large"),
        ("", None),
    ],
)
def test_each_tier_belongs_to_a_size_group(tier, size):
    assert size_of_tier(tier) == size
