from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F
from django.utils.dateparse import parse_datetime

from assets.models import Asset, DisclosureSnapshot, MarketSnapshot, Observation, Payload
from assets.services.read_rows import read_mappings, read_rows

NOW = datetime(2026, 6, 1, 12, 0, 0, 250_000, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    observation = Observation.objects.create(
        provider="sandbox",
        family="market",
        request={},
        payload=Payload.keep(b"{}"),
        http_status=200,
        status=Observation.Status.PARSED,
        as_of=NOW,
        known_at=NOW,
    )
    return {"observation": observation, "provider": "sandbox", "as_of": NOW, "known_at": NOW}


@pytest.fixture
def asset():
    return Asset.objects.create(kind="token", slug="quill", symbol="QLL")


def test_amounts_are_floats_and_nothing_is_none(asset, told):
    MarketSnapshot.objects.create(asset=asset, price_usd=Decimal("0.000000000000123"), **told)
    ((price, volume, told_by),) = read_rows(
        MarketSnapshot.objects.annotate(whose=F("provider")), ("price_usd", "volume_24h_usd", "whose")
    )
    assert (price, volume, told_by) == (1.23e-13, None, "sandbox")
    assert isinstance(price, float)


def test_moments_are_those_that_were_stored(asset, told):
    MarketSnapshot.objects.create(asset=asset, **told)
    ((as_of,),) = read_rows(MarketSnapshot.objects.all(), ("as_of",))
    if connection.vendor == "sqlite":
        as_of = parse_datetime(as_of).replace(tzinfo=UTC)
    assert as_of == NOW


def test_by_name_moments_and_days_are_those_of_python_and_json_is_read(asset, told):
    channels = {"homepage": "https://example.org"}
    DisclosureSnapshot.objects.create(asset=asset, channels=channels, site_since=date(2024, 2, 29), **told)
    names = ("asset_id", "as_of", "site_since", "channels", "roadmap_planned")
    assert read_mappings(DisclosureSnapshot.objects.all(), names) == [
        {
            "asset_id": asset.pk,
            "as_of": NOW,
            "site_since": date(2024, 2, 29),
            "channels": channels,
            "roadmap_planned": None,
        }
    ]


def test_a_question_that_nothing_can_answer_is_not_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert read_rows(Asset.objects.filter(pk__in=()), ("pk",)) == []


@pytest.mark.parametrize("ids", [(), (1,), range(1, 5_000)])
def test_among_is_in_with_one_parameter(asset, ids):
    assert set(Asset.objects.filter(pk__among=ids)) == set(Asset.objects.filter(pk__in=list(ids)))
    other = [each + asset.pk for each in ids]
    assert not Asset.objects.filter(pk__among=other).exists()
