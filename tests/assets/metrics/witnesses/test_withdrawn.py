import numpy as np
import pytest

from assets.metrics.measure import measure
from assets.metrics.witnesses import WITNESSES
from assets.metrics.witnesses.questioned import questioned
from assets.metrics.witnesses.withdrawn import ACCOUNTS, withdrawn
from tests.assets.metrics.batch import facts_of_one

REPORT = {
    "revenue_ttm_usd": 20e6,
    "cash_usd": 6e6,
    "operating_cash_flow_ttm_usd": -2e6,
    "shares_outstanding": 5e6,
}
ONLY = [each for each in WITNESSES if each.contradicts is withdrawn]


def looked_at(is_withdrawn):
    facts = facts_of_one(fundamentals=REPORT, filings={"figures_withdrawn": is_withdrawn})
    return questioned(facts, witnesses=ONLY)


def test_what_the_company_withdrew_supports_no_answer():
    facts = looked_at(True)
    measured = measure(facts, position_usd=5_000).iloc[0]
    assert np.isnan([measured["cash_usd"], measured["runway_months"], measured["altman_z2"]]).all()
    asked = {each["field"]: (each["value"], each["against"]) for each in facts.questions.to_dict("records")}
    assert asked.keys() == {"revenue_ttm_usd", "cash_usd", "operating_cash_flow_ttm_usd"}
    assert asked["cash_usd"][0] == 6e6
    assert np.isnan(asked["cash_usd"][1])


@pytest.mark.parametrize("is_withdrawn", [False, None])
def test_without_a_notice_nothing_is_questioned(is_withdrawn):
    facts = looked_at(is_withdrawn)
    assert facts.questions.empty
    assert measure(facts, position_usd=5_000).iloc[0]["cash_usd"] == 6e6


def test_shares_stand_on_the_cover():
    assert "shares_outstanding" not in ACCOUNTS
