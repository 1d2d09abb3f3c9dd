from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import CharField, DateTimeField, F

from assets.models import Asset, AssetIdentifier, MarketSnapshot
from assets.models.whole_json import DamagedRowError
from assets.services.reading.prepared import Given, Parameter, Prepared, parameter_of
from assets.services.reading.rows import Among, AmongPairs
from tests.assets.services.observed import observed

NOW = datetime(2026, 6, 1, 12, 0, 0, 250_000, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def assets():
    return [Asset.objects.create(kind="token", slug=slug) for slug in ("quill", "ember", "onyx")]


def priced(asset, provider, price, as_of=NOW):
    observation = observed(provider=provider, as_of=as_of, known_at=as_of)
    values = {"provider": provider, "as_of": as_of, "known_at": as_of, "observation": observation}
    MarketSnapshot.objects.create(asset=asset, price_usd=Decimal(price), **values)


def test_it_is_asked_of_other_values_each_time_and_never_planned_again(assets, monkeypatch):
    quill, ember, onyx = assets
    priced(quill, "a", "1.5")
    priced(ember, "a", "2", as_of=NOW - timedelta(days=1))
    priced(ember, "b", "3")
    priced(onyx, "b", "4")
    rows = MarketSnapshot.objects.filter(
        Among(F("asset_id"), Given("whom")),
        provider=Given("provider", CharField()),
        as_of__gte=Given("since", DateTimeField()),
    )
    prices = Prepared(rows.order_by("pk").values_list("price_usd", "as_of"))

    def told(whom, provider, since):
        return list(prices.read(prices.ask(whom={each.pk for each in whom}, provider=provider, since=since)))

    monkeypatch.setattr("django.db.models.sql.compiler.SQLCompiler.as_sql", None)
    day_before = NOW - timedelta(days=1)
    assert told(assets, "a", day_before) == [(Decimal("1.5"), NOW), (Decimal(2), day_before)]
    assert told(assets, "a", NOW.astimezone(timezone(timedelta(hours=3)))) == [(Decimal("1.5"), NOW)]
    assert told([ember, onyx], "b", NOW) == [(Decimal(3), NOW), (Decimal(4), NOW)]
    assert told([], "b", NOW) == told([quill], "it's", NOW) == []


def test_pairs_of_names_are_told_like_ids(assets):
    names = [("cik", "1"), ("cik", "2"), ("sandbox", "\"2', ")]
    for asset, (namespace, value) in zip(assets, names, strict=True):
        AssetIdentifier.objects.create(asset=asset, namespace=namespace, value=value)
    rows = AssetIdentifier.objects.filter(AmongPairs("namespace", "value", Given("names"))).order_by("pk")
    owners = Prepared(rows.values_list("asset_id"))
    for wanted in (set(), {names[0]}, {names[0], ("sandbox", "1"), names[2]}):
        ids = [asset.pk for asset, name in zip(assets, names, strict=True) if name in wanted]
        assert owners.ask(names=wanted) == [(pk,) for pk in ids]


def test_what_is_not_told_is_an_error(assets):
    whose = Prepared(Asset.objects.filter(slug=Given("slug", CharField())).values_list("pk"))
    with pytest.raises(KeyError, match="slug"):
        whose.ask()


def test_json_is_read_by_its_field_and_its_damage_noticed(assets):
    Asset.objects.filter(slug="quill").update(tags=["AI"])
    tags = Prepared(Asset.objects.filter(slug=Given("slug", CharField())).values_list("tags"))
    assert list(tags.read(tags.ask(slug="quill"))) == [(["AI"],)]
    with connection.cursor() as cursor:
        cursor.execute("""UPDATE assets_asset SET tags = '{"a": 1}'""")
    with pytest.raises(DamagedRowError):
        list(tags.read(tags.ask(slug="quill")))


def test_a_value_is_handed_at_once_and_the_place_of_a_given_one_kept():
    assert parameter_of({2, 1}, sorted) == [1, 2]
    assert parameter_of(Given("ids"), sorted) == Parameter("ids", sorted)
