import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from assets.metrics.market_history.breadth import LEAST_CLOSES, MEAN_DAYS, above_own_mean, breadth
from assets.metrics.market_history.group_returns import LEAST_MEMBERS

MARKS = st_numpy.arrays(
    np.float64, st.tuples(st.integers(0, 12), st.just(3)), elements=st.sampled_from([0, 1, np.nan])
)


def prices(*, seed, gaps):
    random = np.random.default_rng(seed)
    walked = pd.DataFrame(np.exp(random.normal(0, 0.05, (30, 160)).cumsum(axis=1)))
    return walked.mask(random.random(walked.shape) < gaps)


def test_who_is_above_the_own_mean_is_what_pandas_says():
    closes = prices(seed=1, gaps=0.15)
    mean = closes.T.rolling(MEAN_DAYS, min_periods=LEAST_CLOSES).mean().T
    expected = (closes > mean).astype(float).where(mean.notna() & closes.notna())
    found = above_own_mean(np.log(closes.to_numpy()))
    np.testing.assert_array_equal(found, expected)
    assert 0 < np.nanmean(found) < 1


def test_the_magnitude_of_a_price_makes_no_difference():
    closes = np.log(prices(seed=2, gaps=0.05).to_numpy())
    np.testing.assert_array_equal(above_own_mean(closes - 600), above_own_mean(closes))


def test_without_enough_closes_nobody_knows():
    closes = np.zeros((1, LEAST_CLOSES))
    closes[0, 3] = np.nan
    assert np.isnan(above_own_mean(closes)).all()


@given(MARKS)
def test_it_is_a_share_of_those_that_are_known(marks):
    found = breadth(marks, np.ones(marks.shape, dtype=bool))
    frame = pd.DataFrame(marks)
    enough = frame.count() >= LEAST_MEMBERS
    np.testing.assert_allclose(found.above_share, frame.mean().where(enough))
    np.testing.assert_array_equal(found.members, frame.count())
    known = found.above_share[~np.isnan(found.above_share)]
    assert ((known >= 0) & (known <= 1)).all()
