import numpy as np
import pandas as pd
import pytest

from screener.models import MarketDay
from screener.services.market.history import read_history
from screener.services.market.read_correlations import read_correlations
from tests.screener.services.market.traded import NOW, store_days

pytestmark = pytest.mark.django_db


def series(kind):
    rows = MarketDay.objects.filter(kind=kind, size="micro").order_by("day").values_list("day", "log_return")
    return pd.Series({pd.Timestamp(day): moved for day, moved in rows})


@pytest.mark.parametrize(("place", "window"), [(0, 30), (1, 90)])
def test_figures_are_those_of_pandas(place, window):
    """Independently: the path of tokens read at the sessions of shares, `rolling().corr`, Fisher by hand."""
    store_days(300)
    tokens, shares = series("token"), series("equity")
    spans = tokens.cumsum().reindex(shares.index).diff()
    r = spans.rolling(window, min_periods=window * 2 // 3).corr(shares)
    found = read_correlations(read_history(now=NOW))[place]
    newest = found.newest
    assert newest is not None
    assert (found.window, newest.days) == (window, window)
    assert newest.r == pytest.approx(r.iloc[-1], abs=1e-12)
    half = 1.959963984540054 / np.sqrt(window - 3)
    assert newest.low == pytest.approx(np.tanh(np.arctanh(newest.r) - half))
    assert newest.high == pytest.approx(np.tanh(np.arctanh(newest.r) + half))
    for point in found.rows:
        assert point.r == pytest.approx(r[pd.Timestamp(point.at.date())], abs=1e-12)
    assert len(found.rows) > 15
    assert found.chart is not None


def test_too_few_sessions_say_how_many_there_are():
    store_days(20)
    month, quarter = read_correlations(read_history(now=NOW))
    assert (month.chart, month.least_days, month.rows) == (None, 20, ())
    assert month.best_days == series("equity").size - 1
    assert quarter.best_days == month.best_days


@pytest.mark.parametrize("kind", ["token", "equity"])
def test_of_one_kind_alone_there_is_none(kind):
    store_days(200)
    MarketDay.objects.exclude(kind=kind).delete()
    for found in read_correlations(read_history(now=NOW)):
        assert (found.chart, found.best_days) == (None, 0)
