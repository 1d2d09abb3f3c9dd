import gc
from datetime import UTC, datetime, timedelta

import pytest

from assets.metrics.facts import Facts
from assets.metrics.witnesses.questioned import questioned
from assets.models import Asset
from screener.models import Scorecard
from screener.services.scoring.write_scorecards import (
    JSON_COLUMNS,
    Card,
    append_cards,
    cards_of,
    collector_paused,
)

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def told(asset_id, family, observation, *, days):
    moment = {"as_of": NOW - timedelta(days=days), "known_at": NOW - timedelta(days=days - 1)}
    return {
        "asset_id": asset_id,
        "family": family,
        "observation_id": observation,
        "provider": "sandbox",
        **moment,
    }


def facts(*ids, sources=()):
    return Facts.of(
        now=NOW,
        assets=[{"asset_id": each, "kind": "equity" if each % 2 else "token"} for each in ids],
        market=[{"asset_id": each, "price_usd": 0.5} for each in ids],
        sources=sources,
    )


def test_a_card_has_every_column_of_the_table():
    of_retention = {"packed", "baseline_id"}
    columns = {field.attname for field in Scorecard._meta.concrete_fields}
    assert {"id", *Card._fields} == columns - of_retention
    of_json = (field for field in Scorecard._meta.concrete_fields if field.get_internal_type() == "JSONField")
    assert {field.name for field in of_json} == JSON_COLUMNS


def test_a_card_is_stamped_with_all_that_told_its_facts_and_with_the_newest_moments():
    sources = [
        told(2, "market", 9, days=3),
        told(1, "market", 7, days=5),
        told(2, "", 4, days=2),
        told(2, "holders", 9, days=6),
    ]
    cards = {card.asset_id: card for card in cards_of(facts(1, 2, 3, sources=sources), position_usd=1_000)}
    assert cards[2].observations == [4, 9]
    assert (cards[2].as_of, cards[2].known_at) == (NOW - timedelta(days=3), NOW - timedelta(days=2))
    assert (cards[1].observations, cards[1].as_of) == ([7], NOW - timedelta(days=5))
    assert (cards[3].observations, cards[3].as_of, cards[3].known_at) == ([], None, None)


CHANGE = {
    "event": "unit_change",
    "earliest_on": NOW - timedelta(days=9),
    "happened_on": NOW - timedelta(days=5),
}


@pytest.mark.parametrize(
    ("market", "supply", "tier"),
    [
        # A reverse split of unknown ratio after the shares were counted.
        (
            {"price_usd": 2, "price_usd_at": NOW},
            {"circulating": 1e7, "circulating_at": NOW - timedelta(days=30)},
            "",
        ),
        ({}, {}, "micro"),
        ({"price_usd": 2}, {}, "micro"),
        ({"price_usd": 2}, {"circulating": 1e7}, "nano"),
        # The vendor counts a thirtieth of the shares: nobody knows, and the float is of last year.
        ({"price_usd": 2, "units_in_cap": 3e6}, {"circulating": 1e8}, ""),
    ],
)
def test_a_public_float_tells_the_tier_unless_the_market_cap_is_questioned(market, supply, tier):
    one = {"asset_id": 1}
    found = Facts.of(
        now=NOW,
        assets=[one | {"kind": "equity"}],
        market=[one | market] if market else [],
        supply=[one | supply] if supply else [],
        fundamentals=[one | {"public_float_usd": 1e8}],
        capital=[one | CHANGE] if "circulating_at" in supply else [],
    )
    (card,) = cards_of(questioned(found), position_usd=1_000)
    assert card.tier == tier


@pytest.mark.django_db
def test_what_is_stored_is_what_the_card_said():
    asset = Asset.objects.create(kind="token", slug="quill", symbol="QLL")
    sources = [told(asset.pk, "market", 7, days=5)]
    (card,) = cards_of(facts(asset.pk, sources=sources), position_usd=1_000)
    append_cards([card])
    stored = Scorecard.objects.get()
    for name in Card._fields:
        assert getattr(stored, name) == getattr(card, name), name


def test_a_card_of_the_same_facts_has_the_same_digest_and_of_others_another():
    (first,), (again,) = (list(cards_of(facts(1), position_usd=1_000)) for _each in range(2))
    (other,) = cards_of(facts(1), position_usd=2_000)
    assert first.digest == again.digest != other.digest


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_afterwards_what_it_was(was_on):
    before = gc.isenabled()
    try:
        (gc.enable if was_on else gc.disable)()
        with collector_paused():
            assert not gc.isenabled()
        assert gc.isenabled() is was_on
    finally:
        (gc.enable if before else gc.disable)()
