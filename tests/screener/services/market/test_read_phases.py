import numpy as np
import pytest

from screener.models import MarketDay
from screener.services.market.history import read_history
from screener.services.market.read_phases import read_phases
from tests.screener.services.market.traded import NOW, store_days

pytestmark = pytest.mark.django_db

FALL, RISE = np.log(0.9), np.log(1.15)


@pytest.fixture
def crash():
    """Large caps fall for five days to 59 %, then rise for four; others do nothing."""
    store_days(30)
    MarketDay.objects.filter(kind="token").update(log_return=0.0)
    moves = dict(zip(range(10, 19), [FALL] * 5 + [RISE] * 4, strict=True))
    large = MarketDay.objects.filter(kind="token", size="large").order_by("day")
    for place, day in enumerate(large):
        MarketDay.objects.filter(pk=day.pk).update(log_return=moves.get(place, 0.0))


def test_phases_are_those_of_large_caps_the_newest_first(crash):
    found = read_phases(read_history(now=NOW).kinds["token"])
    assert found.ruled_by == "large"
    assert [each.direction for each in found.phases] == ["bull", "bear"]
    bull, bear = found.phases
    assert (bear.is_open, bull.is_open) == (False, True)
    assert bear.last == bull.first
    of_bear, of_bull = dict(bear.behaviours), dict(bull.behaviours)
    assert of_bear["large"].return_share == pytest.approx(0.9**5 - 1)
    assert of_bear["large"].drawdown_share == pytest.approx(1 - 0.9**5)
    assert of_bull["large"].return_share == pytest.approx(1.15**4 - 1)
    assert of_bear["micro"].return_share == 0


def test_without_large_caps_all_members_make_the_rule(crash):
    MarketDay.objects.filter(kind="token", size="large").update(log_return=None)
    found = read_phases(read_history(now=NOW).kinds["token"])
    assert found.ruled_by == "all"
    assert np.isnan(dict(found.phases[0].behaviours)["large"].return_share)


def test_without_history_there_is_no_phase():
    assert read_phases(read_history(now=NOW).kinds["token"]).phases == ()
