from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset, AssetIdentifier, Candle, HolderSnapshot, PoolSnapshot
from assets.services.reading.facts import facts_of
from assets.services.storing import store as storing
from assets.services.storing.repeats import repeats_of
from assets.sourcing.rows import AssetRef, CandleRow, HolderRow, PoolRow, Position
from tests.factories.market import observe

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
DAY = datetime(2026, 1, 1, tzinfo=UTC)
TOKEN = AssetRef(kind="token", identifiers=(("coingecko", "alpha"),), name="Alpha")


@pytest.fixture(autouse=True)
def _everything_is_stored(monkeypatch):
    """As earlier versions did with some rows."""
    monkeypatch.setattr(storing, "only_new", lambda _kind, rows, **_known: list(rows))


def candle(close, *, day=DAY):
    bar = dict.fromkeys(("open_usd", "high_usd", "low_usd", "close_usd", "volume_usd"), Decimal(close))
    return CandleRow(asset=TOKEN, as_of=day, **bar)


def told(rows, *, provider="coingecko"):
    for hour, row in enumerate(rows):
        observe(row, at=NOW + timedelta(hours=hour), provider=provider)


def places_of(model):
    """The places of the repeats among the rows, in the order in which they were told."""
    order = list(model.objects.order_by("id").values_list("pk", flat=True))
    ids = list(Asset.objects.values_list("pk", flat=True))
    found = list(repeats_of(model, ids, now=NOW + timedelta(days=9)))
    observation_of = dict(model.objects.values_list("pk", "observation_id"))
    assert all(each.observation_id == observation_of[each.pk] for each in found)
    return sorted(order.index(each.pk) for each in found)


def test_the_first_and_the_last_of_what_was_said_again_stay():
    told([candle(close) for close in (1, 1, 1, 1, 2, 2, 1, 1, 1)])
    assert places_of(Candle) == [1, 2, 7]


def test_lists_are_the_same_with_all_that_stands_in_them():
    def holders(share):
        positions = (Position(address="0x1", share=share, holder_type="other"),)
        return HolderRow(asset=TOKEN, as_of=DAY, holder_count=1, positions=positions)

    told([holders(share) for share in (0.1, 0.1, 0.1, 0.2, 0.1)])
    assert places_of(HolderSnapshot) == [1]


def test_another_provider_another_asset_and_another_day_say_something_else():
    for provider in ("coingecko", "geckoterminal", "coinpaprika"):
        observe(candle(1), at=NOW, provider=provider)
    for day in (2, 3):
        observe(candle(1, day=DAY - timedelta(days=day)), at=NOW, provider="coingecko")
    assert places_of(Candle) == []


def test_what_a_person_said_stays():
    told([candle(1)] * 4, provider="analyst")
    assert places_of(Candle) == []


def test_where_a_place_has_ended_all_stays():
    told([PoolRow(asset=TOKEN, as_of=DAY, address="0xp")] * 4)
    assert places_of(PoolSnapshot) == [1, 2]
    PoolSnapshot.objects.filter(pk=PoolSnapshot.objects.latest("id").pk).update(ended=True)
    assert places_of(PoolSnapshot) == []


def test_where_another_contract_came_to_speak_for_the_asset_all_stays():
    told([candle(1)] * 4)
    asset = Asset.objects.get()
    for value, since, until in (("0x1", DAY, NOW), ("0x2", NOW, None)):
        AssetIdentifier.objects.create(
            asset=asset, namespace="address:bsc", value=value, valid_from=since, valid_until=until
        )
    assert places_of(Candle) == []


@pytest.mark.parametrize("closes", [(1, 1, 1, 2, 2, 2, 1, 1), (1, 2, 2, 2, 2, 1)])
def test_without_them_every_moment_knew_the_same(closes):
    told([candle(close) for close in closes])
    asset = Asset.objects.get()

    def known():
        moments = (NOW + timedelta(hours=hour) for hour in range(len(closes)))
        facts = (facts_of([asset.pk], now=each, known_by=each) for each in moments)
        return [each.candles["close_usd"].tolist() for each in facts]

    before = known()
    assert before == [[close] for close in closes]
    gone = [each.pk for each in repeats_of(Candle, [asset.pk], now=NOW)]
    assert Candle.objects.filter(pk__in=gone).delete()[0] == 2
    assert known() == before
    assert list(repeats_of(Candle, [asset.pk], now=NOW)) == []
