from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F, JSONField, Value
from django.utils.dateparse import parse_datetime

from assets.models import Asset, AssetIdentifier, BookSnapshot, DisclosureSnapshot, MarketSnapshot
from assets.models.whole_json import DamagedRowError
from assets.services.reading.rows import AmongPairs, decoded, read_columns, read_rows
from tests.assets.services.observed import observed

NOW = datetime(2026, 6, 1, 12, 0, 0, 250_000, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def provenance():
    observation = observed(provider="sandbox", as_of=NOW, known_at=NOW)
    return {"observation": observation, "provider": "sandbox", "as_of": NOW, "known_at": NOW}


@pytest.fixture
def asset():
    return Asset.objects.create(kind="token", slug="quill", symbol="QLL")


def test_amounts_are_floats_and_nothing_is_none(asset, provenance):
    MarketSnapshot.objects.create(asset=asset, price_usd=Decimal("0.000000000000123"), **provenance)
    ((price, volume, provider),) = read_rows(
        MarketSnapshot.objects.annotate(whose=F("provider")), ("price_usd", "volume_24h_usd", "whose")
    )
    assert (price, volume, provider) == (1.23e-13, None, "sandbox")
    assert isinstance(price, float)


def test_moments_are_those_that_were_stored(asset, provenance):
    MarketSnapshot.objects.create(asset=asset, **provenance)
    ((as_of,),) = read_rows(MarketSnapshot.objects.all(), ("as_of",))
    if connection.vendor == "sqlite":
        as_of = parse_datetime(as_of).replace(tzinfo=UTC)
    assert as_of == NOW


def test_by_column_moments_and_days_are_utc_and_json_is_text(asset, provenance):
    channels = {"homepage": "https://example.org"}
    for site_since in (date(2024, 2, 29), None):
        DisclosureSnapshot.objects.create(asset=asset, channels=channels, site_since=site_since, **provenance)
    names = ("asset_id", "as_of", "site_since", "channels", "roadmap_planned")
    columns = read_columns(DisclosureSnapshot.objects.order_by("pk"), names)
    assert tuple(columns) == names
    assert columns["asset_id"] == [asset.pk] * 2
    assert columns["as_of"].tolist() == [NOW.replace(tzinfo=None)] * 2
    assert columns["site_since"].tolist() == [datetime(2024, 2, 29), None]  # noqa: DTZ001 - UTC by agreement
    assert decoded(DisclosureSnapshot, "channels", columns["channels"]) == [channels] * 2
    assert columns["roadmap_planned"] == [None, None]


def test_of_no_rows_the_columns_are_empty():
    names = ("asset_id", "as_of", "channels")
    columns = read_columns(DisclosureSnapshot.objects.all(), names)
    assert tuple(columns) == names
    assert not any(len(values) for values in columns.values())
    assert columns["as_of"].dtype == "datetime64[us]"
    assert decoded(DisclosureSnapshot, "channels", columns["channels"]) == []


def test_what_is_not_given_in_json_is_nothing():
    assert decoded(BookSnapshot, "bids", ["[[1.5, 2]]", None, "[]"]) == [[[1.5, 2]], None, []]


@pytest.mark.parametrize("text", ['"a text"', '{"a": 1}', "3", "true", "[[1.5, 2"])
def test_json_of_another_shape_is_damage(text):
    with pytest.raises(DamagedRowError):
        decoded(BookSnapshot, "bids", ["[[1.5, 2]]", text])


def test_json_of_rows_is_of_their_columns_shape_also_where_they_are_referred_to(asset):
    identifier = AssetIdentifier.objects.create(asset=asset, namespace="cik", value="1")
    names, rows = ("asset_id", "asset__tags", "asset__links", "whose"), AssetIdentifier.objects.all()
    asset.tags = ["AI"]
    asset.save()
    assert read_rows(rows.annotate(whose=F("value")), names) == [(asset.pk, ["AI"], {}, "1")]
    Asset.objects.update(links=Value("x", JSONField()))
    with pytest.raises(DamagedRowError, match="assets_asset is damaged: links"):
        read_rows(rows.annotate(whose=F("value")), names)
    assert read_rows(rows, ("pk", "asset__tags")) == [(identifier.pk, ["AI"])]


def test_a_question_that_nothing_can_answer_is_not_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert read_rows(Asset.objects.filter(pk__in=()), ("pk",)) == []


@pytest.mark.parametrize("ids", [(), (1,), range(1, 5_000)])
def test_among_is_in_with_one_parameter(asset, ids):
    assert set(Asset.objects.filter(pk__among=ids)) == set(Asset.objects.filter(pk__in=list(ids)))
    other = [each + asset.pk for each in ids]
    assert not Asset.objects.filter(pk__among=other).exists()


def test_among_pairs_matches_both_columns_at_once(asset):
    quoted = ("sandbox", "\"2', ")
    for namespace, value in (("cik", "1"), ("cik", "2"), ("sandbox", "1"), quoted):
        AssetIdentifier.objects.create(asset=asset, namespace=namespace, value=value)
    for pairs in (set(), {("cik", "1")}, {("cik", "1"), ("sandbox", "3"), quoted}):
        found = AssetIdentifier.objects.filter(AmongPairs("namespace", "value", pairs))
        assert {*found.values_list("namespace", "value")} == pairs - {("sandbox", "3")}
