from datetime import timedelta
from decimal import Decimal

import pandas as pd
import pytest

from assets.models import Asset, Observation, RefreshRun
from assets.services.reading.facts import facts_of
from assets.services.reading.rulings import ruled_figure, rulings_in, rulings_of
from assets.services.ruling import rule
from assets.sheets.rulings import Ruling
from assets.sourcing import rows as told
from tests.factories.example import NOW, make_ref
from tests.factories.market import observe

QUESTION = ("measures", "market_cap_usd", "reported_cap")
RULING = Ruling(
    family="supply",
    field="circulating",
    value=Decimal(900),
    as_of=NOW,
    reason="Seen.",
    seen=(100.0, 900.0),
    heard={QUESTION: 900.0},
)


def test_a_ruling_is_read_from_its_request():
    figure = ruled_figure(7, RULING.context)
    assert (figure.observation_id, figure.field, figure.seen) == (7, "circulating", (100.0, 900.0))
    assert figure.heard == {QUESTION: 900.0}
    requests = [(5, {"context": {"sheet": "supply"}}), (6, {}), (7, {"context": RULING.context})]
    assert rulings_of(requests) == [figure]


def supply(circulating, *, cap, at=NOW, provider="coingecko"):
    now = {"asset": make_ref(), "as_of": at}
    observe(
        told.MarketRow(**now, price_usd=Decimal(1), market_cap_usd=Decimal(cap)),
        told.SupplyRow(**now, circulating=Decimal(circulating), total=Decimal(5_000)),
        at=at,
        provider=provider,
    )


@pytest.fixture
def asset(db):
    supply(100, cap=900)
    return Asset.objects.get()


@pytest.fixture
def ruled(asset, django_user_model):
    RefreshRun.objects.get_or_create(
        provider="analyst", family="supply", defaults={"created_at": NOW, "progressed_at": NOW}
    )
    rule(asset=asset, ruling=RULING, user=django_user_model.objects.create_user("root"), now=NOW)
    return asset


def facts(asset, *, at=NOW, **asked):
    return facts_of([asset.pk], now=at, **asked)


def test_nothing_is_asked_where_nobody_has_ruled(asset, django_assert_num_queries):
    rows = pd.DataFrame({"observation_id": [1], "provider": ["coingecko"]})
    with django_assert_num_queries(0):
        assert rulings_in(rows) == []


def test_a_ruled_figure_is_known_with_its_source_and_replays(ruled):
    found = facts(ruled)
    assert found.questions.empty
    assert found.supply["circulating"].tolist() == [900]
    assert found.supply["total"].tolist() == [5_000], "what was not ruled stays the vendor's"
    ruling = Observation.objects.get(provider="analyst")
    cited = found.sources[found.sources["observation_id"] == ruling.pk]
    assert cited["family"].tolist() == ["supply"]
    again = facts(ruled, observations=found.sources["observation_id"].tolist())
    pd.testing.assert_frame_equal(found.supply, again.supply)
    assert again.questions.empty


@pytest.mark.parametrize(
    ("circulating", "cap", "expected", "asked"),
    [
        (100, 910, 900, []),  # The same again: the ruling holds, however often it is told.
        (905, 905, 905, []),  # The vendor came to what was ruled: its own newer word counts.
        (130, 900, 130, ["market_cap_usd"]),  # Another value contradicts again.
        (100, 9_000, 900, ["market_cap_usd"]),  # The witness says something else.
        (700, 700, 700, []),  # Another value that nobody contradicts.
    ],
)
def test_newer_facts_are_held_against_the_ruling(ruled, circulating, cap, expected, asked):
    later = NOW + timedelta(days=60)
    supply(circulating, cap=cap, at=later)
    found = facts(ruled, at=later)
    assert found.questions["field"].tolist() == asked
    assert found.supply["circulating"].tolist() == [expected]
    again = facts(ruled, at=later, observations=found.sources["observation_id"].tolist())
    pd.testing.assert_frame_equal(found.supply, again.supply)
    assert again.questions["field"].tolist() == asked


def test_what_is_impossible_is_not_ruled_away(ruled):
    supply(9_000, cap=9_000, at=NOW + timedelta(days=1))
    assert "float_share" in facts(ruled, at=NOW + timedelta(days=1)).questions["field"].tolist()
