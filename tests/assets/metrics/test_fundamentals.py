import numpy as np
import pytest

from assets.metrics.fundamentals import LONGEST_RUNWAY_MONTHS, runway_months
from tests.assets.metrics.batch import measured

NAN = np.nan


def one(value):
    return np.array([value], dtype=float)


@pytest.mark.parametrize(
    ("cash", "cash_flow", "expected"),
    [
        (6e6, -4e6, 18),
        (0, -4e6, 0),
        (1e9, -1, LONGEST_RUNWAY_MONTHS),
        (0, 0, LONGEST_RUNWAY_MONTHS),
        (NAN, 1e6, LONGEST_RUNWAY_MONTHS),
        (NAN, -1e6, NAN),
        (1e6, NAN, NAN),
    ],
)
def test_runway(cash, cash_flow, expected):
    assert runway_months(one(cash), one(cash_flow)) == pytest.approx([expected], nan_ok=True)


def test_a_company():
    found = measured(
        kind="equity",
        fundamentals={
            "revenue_ttm_usd": 11e6,
            "revenue_prior_ttm_usd": 10e6,
            "operating_cash_flow_ttm_usd": -2e6,
            "cash_usd": 2e6,
            "insider_share": 0.25,
            "public_float_share": 0.6,
        },
    )
    assert found["revenue_growth_share"] == pytest.approx(0.1)
    assert found["runway_months"] == 12
    assert found["operating_cash_flow_annual_usd"] == -2e6
    assert (found["insider_share"], found["public_float_share"]) == (0.25, 0.6)


@pytest.mark.parametrize("absurd", [-0.1, 1.1, np.inf])
def test_a_share_beyond_all_is_not_known(absurd):
    found = measured(kind="equity", fundamentals={"insider_share": absurd, "public_float_share": absurd})
    assert found[["insider_share", "public_float_share"]].isna().all()
