from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assets.metrics.batch import NOW, measured

NAN = np.nan


def ago(days):
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "is_young", "is_new"),
    [(89, 1, 1), (90, NAN, 1), (334, NAN, 1), (335, NAN, NAN), (None, NAN, NAN)],
)
def test_a_token_is_too_young_for_a_history_it_cannot_have(days, is_young, is_new):
    found = measured(contract={"deployed_at": ago(days)} if days else {})
    figures = found[["contract_age_days", "younger_than_quarter", "younger_than_year"]].tolist()
    assert figures == pytest.approx([days or NAN, is_young, is_new], nan_ok=True)


@pytest.mark.parametrize(
    "older",
    [
        {"pools": [{"address": "p", "opened_at": ago(400)}]},
        {
            "usage": {"transactions_30d": 10, "transactions_prior_60d": 20},
            "supply": {"circulating": 2.0, "circulating_year_ago": 1.0},
        },
    ],
)
def test_what_is_known_of_before_shows_that_it_is_older(older):
    """A copy on another chain is younger than the token that it stands for."""
    found = measured(contract={"deployed_at": ago(5)}, **older)
    assert found[["younger_than_quarter", "younger_than_year"]].isna().all()


def test_a_young_pool_makes_no_token_young():
    found = measured(pools=[{"address": "p", "opened_at": ago(3)}])
    assert found[["younger_than_quarter", "younger_than_year"]].isna().all()


@pytest.mark.parametrize(
    ("days", "is_young", "is_new"), [(89, 1, 1), (90, NAN, 1), (334, NAN, 1), (335, NAN, NAN)]
)
def test_a_launchpad_mints_its_token_when_it_opens_the_curve(days, is_young, is_new):
    curve = {"address": "c", "pool_type": "bonding_curve", "opened_at": ago(days)}
    found = measured(pools=[curve, {"address": "p", "opened_at": ago(3)}])
    figures = found[["contract_age_days", "younger_than_quarter", "younger_than_year"]].tolist()
    assert figures == pytest.approx([NAN, is_young, is_new], nan_ok=True)


def test_a_pool_older_than_the_curve_shows_that_the_token_was_there_before():
    curve = {"address": "c", "pool_type": "bonding_curve", "opened_at": ago(3)}
    found = measured(pools=[curve, {"address": "p", "opened_at": ago(400)}])
    assert found[["younger_than_quarter", "younger_than_year"]].isna().all()


def test_the_contract_counts_before_the_curve():
    curve = {"address": "c", "pool_type": "bonding_curve", "opened_at": ago(3)}
    found = measured(contract={"deployed_at": ago(200)}, pools=[curve])
    assert found[["younger_than_quarter", "younger_than_year"]].tolist() == pytest.approx(
        [NAN, 1], nan_ok=True
    )


@given(st.floats(0, 5_000))
def test_who_is_too_young_for_a_quarter_is_so_for_a_year(days):
    found = measured(contract={"deployed_at": ago(days)})
    assert not (found["younger_than_quarter"] == 1 and found["younger_than_year"] != 1)
