"""Prices of a year ago, as facts give them."""

from datetime import UTC, datetime, timedelta

import pytest

from assets.models import AssetIdentifier, MarketSnapshot, RefreshRun
from assets.services.reading.facts import facts_of
from assets.services.storing.store import store_rows
from assets.sourcing.rows import AssetRef, MarketRow
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def asked_once(db):
    """Facts are looked for where somebody was ever asked."""
    RefreshRun.objects.create(provider="sec_www", family="market", created_at=NOW, progressed_at=NOW)


def quote(days_ago, price, *, provider="sec_www", kind="equity", cik="7"):
    moment = NOW - timedelta(days=days_ago)
    ref = AssetRef(kind=kind, identifiers=(("cik", cik),))
    row = MarketRow(asset=ref, as_of=moment, price_usd=price)
    store_rows(observation=observed(provider=provider, as_of=moment, known_at=moment), rows=[row])
    return MarketSnapshot.objects.latest("pk")


def year_ago(*asset_ids):
    return facts_of(list(asset_ids), now=NOW).quote_year_ago["price_usd"].to_dict()


def test_the_price_nearest_to_a_year_before_the_newest_is_taken():
    asset = quote(20, 1.0).asset_id
    for days, price in ((300, 9.0), (360, 2.0), (384, 3.0), (400, 4.0), (416, 9.0)):
        quote(days, price)
    assert year_ago(asset) == {asset: 3.0}


@pytest.mark.parametrize(("days", "is_one"), [(354, False), (355, True), (415, True), (416, False)])
def test_a_year_may_be_a_month_longer_or_shorter(days, is_one):
    asset = quote(20, 1.0).asset_id
    quote(days, 2.0)
    assert bool(year_ago(asset)) is is_one


def test_only_companies_are_asked():
    company, token = quote(1, 1.0).asset_id, quote(1, 1.0, kind="token", cik="8").asset_id
    quote(366, 2.0)
    quote(366, 2.0, kind="token", cik="8")
    assert year_ago(company, token) == {company: 2.0}
    assert year_ago(token) == {}


def test_whose_word_it_is_stays_known_for_the_replay():
    newest = quote(20, 1.0)
    before = quote(385, 2.0)
    facts = facts_of([newest.asset_id], now=NOW)
    assert {newest.observation_id, before.observation_id} <= {*facts.sources["observation_id"]}
    again = facts_of([newest.asset_id], now=NOW, observations={*facts.sources["observation_id"]})
    assert again.quote_year_ago.equals(facts.quote_year_ago)
    only_newest = facts_of([newest.asset_id], now=NOW, observations={newest.observation_id})
    assert only_newest.quote_year_ago.empty


@pytest.mark.parametrize(("ended_days_ago", "is_one"), [(10, False), (380, False), (390, True), (-1, True)])
def test_a_price_of_before_another_issue_is_of_another_unit(ended_days_ago, is_one):
    asset_id = quote(20, 1.0).asset_id
    quote(385, 2.0)
    ended = NOW - timedelta(days=ended_days_ago)
    AssetIdentifier.objects.create(asset_id=asset_id, namespace="cusip", value="98Z65A103", valid_until=ended)
    assert bool(year_ago(asset_id)) is is_one
