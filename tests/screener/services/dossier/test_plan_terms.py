import pytest

from screener.services.dossier.plan_terms import MoneyOrShare, PlanTerms


def test_a_risk_in_money_is_a_share_of_the_account():
    assert PlanTerms(account_usd=50_000, risk=MoneyOrShare(usd=500)).risk_share == 0.01
    assert PlanTerms(account_usd=50_000).risk_share == 0.01


def test_nobody_can_lose_more_than_the_account():
    assert PlanTerms(account_usd=500, risk=MoneyOrShare(usd=900)).risk_share == 1


def test_a_stop_is_a_price_or_a_distance_and_none_is_at_nothing():
    terms = PlanTerms(account_usd=1)
    assert terms.stop_usd(2.0) == 0
    assert PlanTerms(account_usd=1, stop=MoneyOrShare(share=0.15)).stop_usd(2.0) == pytest.approx(1.7)
    assert PlanTerms(account_usd=1, stop=MoneyOrShare(usd=1.5)).stop_usd(2.0) == 1.5
