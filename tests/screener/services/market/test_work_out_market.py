from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from assets.metrics.market_history.group_returns import LEAST_MEMBERS
from assets.models import Asset
from screener.models import MarketCensus, MarketDay
from screener.services.market import work_out_market as module
from screener.services.market.due_days import HISTORY_DAYS
from screener.services.market.work_out_market import work_out_market
from tests.factories.scorecards import make_card
from tests.screener.services.market.traded import LAST, NOW, trade, walks

pytestmark = pytest.mark.django_db

NAMES = [f"Coin{place}" for place in range(9)]
DAYS = 70


def run(*, since=NOW, now=NOW):
    """Until nothing is due; how many steps it took."""
    steps = 0
    while work_out_market(since=since, now=now):
        steps += 1
    return steps


def stored(field, *, kind="token", size="micro"):
    rows = MarketDay.objects.filter(kind=kind, size=size).order_by("day")
    return pd.Series(
        {
            pd.Timestamp(day): np.nan if value is None else value
            for day, value in rows.values_list("day", field)
        }
    )


@pytest.fixture
def prices():
    """Nine micro-caps with gaps, and one broken price in each of three."""
    walked = pd.DataFrame(walks(NAMES, DAYS), index=pd.date_range(end=LAST.date(), periods=DAYS))
    walked.iloc[10, 0] *= 1_000
    walked.iloc[30, 1] /= 1_000
    walked.iloc[[20, 21], 2] = np.nan
    trade(NAMES, {name: [None if np.isnan(each) else each for each in walked[name]] for name in NAMES})
    return walked


def test_returns_and_breadth_are_those_of_pandas(prices):
    """Independently: log returns, a tenth left out at each end by ranks, means of fifty days."""
    run()
    returns = np.log(prices).diff()
    ranks, counts = returns.rank(axis=1, method="first"), returns.notna().sum(axis=1)
    out = np.ceil(counts / 10)
    kept = returns.where(ranks.gt(out, axis=0) & ranks.le(counts - out, axis=0))
    expected = kept.mean(axis=1).where(counts >= LEAST_MEMBERS)
    found = stored("log_return", size="all")
    assert len(found) == HISTORY_DAYS
    np.testing.assert_allclose(found[prices.index], expected)
    assert found[: -DAYS + 1].isna().all()
    np.testing.assert_array_equal(stored("members", size="all")[prices.index], counts)
    assert found.abs().max() < 0.2, "a price a thousand times too high moves nothing"

    means = prices.rolling(50, min_periods=40).mean()
    is_known = means.notna() & prices.notna() & prices.shift().notna()
    above = (prices > means).where(is_known).astype(float).mean(axis=1)
    enough = is_known.sum(axis=1) >= LEAST_MEMBERS
    np.testing.assert_allclose(stored("above_share", size="all")[prices.index], above.where(enough))
    np.testing.assert_array_equal(stored("breadth_members", size="all")[prices.index], is_known.sum(axis=1))


def test_an_asset_counts_in_the_size_that_it_had(prices):
    """One has lost nine tenths: two months ago it was no micro-cap."""
    fallen = [f"Fallen{place}" for place in range(LEAST_MEMBERS)]
    closes = {name: [50.0] * 40 + [1.0 + place / 100] * 30 for place, name in enumerate(fallen)}
    trade(fallen, closes)
    run()
    small, micro = stored("members", size="large"), stored("members", size="micro")
    day = pd.Timestamp(LAST.date()) - pd.Timedelta(days=50)
    assert small[day] == LEAST_MEMBERS
    assert small.iloc[-1] == 0
    assert micro.iloc[-1] == len(NAMES) + LEAST_MEMBERS
    on_the_fall = pd.Timestamp(LAST.date()) - pd.Timedelta(days=29)
    assert stored("log_return", size="large")[on_the_fall] < -3, "the fall is that of the group it was in"


def test_doing_it_twice_changes_nothing_and_two_at_once_do_no_harm(prices):
    first = run()
    before = list(MarketDay.objects.order_by("pk").values("pk", "kind", "size", "day", "log_return"))
    assert first > 0
    assert run() == 0
    assert run(since=NOW + timedelta(hours=6), now=NOW + timedelta(hours=6)) == 2, (
        "the last days, of each kind"
    )
    assert list(MarketDay.objects.order_by("pk").values("pk", "kind", "size", "day", "log_return")) == before
    assert MarketCensus.objects.filter(sector="").count() == 1


def test_a_late_bar_of_the_last_days_is_taken_in(prices):
    run()
    before = stored("members", size="all").iloc[-1]
    trade(["Late"], {"Late": [1.0, 1.1, 1.2]})
    later = NOW + timedelta(hours=6)
    run(since=later, now=later)
    assert stored("members", size="all").iloc[-1] == before + 1


def test_of_many_assets_a_step_does_fewer_days(prices, monkeypatch):
    monkeypatch.setattr(module, "MOST_BARS", len(NAMES) * (module.WARM_UP_DAYS + 100))
    monkeypatch.setattr(module, "BATCH", 4)
    assert work_out_market(since=NOW, now=NOW)
    days = MarketDay.objects.filter(size="all", kind="token").order_by("day")
    assert (days.count(), days.last().day) == (100, LAST.date())
    whole = stored("log_return", size="all")
    MarketDay.objects.all().delete()
    monkeypatch.undo()
    run()
    np.testing.assert_allclose(whole, stored("log_return", size="all")[whole.index])


def test_the_invented_market_goes_as_soon_as_there_are_real_assets():
    trade(NAMES, walks(NAMES, 5), fictional=True)
    run()
    assert set(MarketDay.objects.values_list("fictional", flat=True)) == {True}
    real = [f"Real{place}" for place in range(6)]
    trade(real, walks(real, 5, seed=4))
    later = NOW + timedelta(hours=6)
    run(since=later, now=later)
    assert set(MarketDay.objects.values_list("fictional", flat=True)) == {False}
    assert set(MarketCensus.objects.values_list("fictional", flat=True)) == {False}
    assert stored("members", size="all").iloc[-1] == len(real)


def test_assets_that_were_taken_back_are_in_no_past_day(prices):
    run()
    Asset.objects.filter(name__in=NAMES[:2]).delete()
    later = NOW + timedelta(hours=6)
    run(since=later, now=later)
    assert stored("members", size="all").max() == len(NAMES) - 2
    Asset.objects.all().delete()
    assert run(since=later, now=later) == 0
    assert not MarketDay.objects.exists()


def test_who_has_no_market_cap_is_no_member():
    assets = trade(NAMES, walks(NAMES, 5))
    make_card(assets[0], figures={"price_usd": 1.0}, scored_at=NOW)
    run()
    assert stored("members", size="all").iloc[-1] == len(NAMES) - 1


def test_without_an_asset_there_is_nothing_to_do():
    assert not work_out_market(since=NOW, now=NOW)
    assert not MarketDay.objects.exists()
