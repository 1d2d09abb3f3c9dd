from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models import Q

from assets.metrics.facts import CANDLE_DAYS
from assets.models import Asset, Candle, Observation, Payload
from assets.services.reading.bars import read_bars

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def assets():
    return [Asset.objects.create(kind="token", slug=f"asset-{each}").pk for each in range(2)]


def observe(*, known_at=NOW):
    return Observation.objects.create(
        provider="sandbox",
        family="candles",
        request={},
        payload=Payload.keep(b"{}"),
        http_status=200,
        status=Observation.Status.PARSED,
        as_of=known_at,
        known_at=known_at,
    )


def bar(asset, days_ago, *, market="deep", close=1, volume=100, observation, interval="day"):
    Candle.objects.create(
        asset_id=asset,
        observation=observation,
        provider="sandbox",
        as_of=NOW - timedelta(days=days_ago),
        known_at=observation.known_at,
        interval=interval,
        market=market,
        close_usd=Decimal(close),
        volume_usd=None if volume is None else Decimal(volume),
    )


def read(ids):
    frames, sources = read_every(ids)
    return frames["candles"], sources


def read_every(ids):
    return read_bars(Asset.objects.filter(pk__in=ids).values("pk"), now=NOW, known=Q(), days=CANDLE_DAYS)


def test_without_bars_both_frames_are_empty(assets):
    candles, sources = read(assets)
    assert candles.empty
    assert sources.empty


def test_bars_are_those_of_the_deepest_market_from_old_to_new(assets):
    told = observe()
    for days_ago in (1, 3, 2):
        bar(assets[0], days_ago, close=days_ago, observation=told)
        bar(assets[0], days_ago, market="thin", close=99, volume=5, observation=told)
    bar(assets[1], 1, market="thin", close=7, volume=None, observation=told)
    candles, _sources = read(assets)
    assert candles["close_usd"].tolist() == [3, 2, 1, 7]
    assert candles["asset_id"].tolist() == [assets[0]] * 3 + [assets[1]]
    assert candles["market"].tolist() == ["deep"] * 3 + ["thin"]


def test_of_markets_that_trade_alike_the_first_by_name_counts(assets):
    told = observe()
    for market in ("b", "a", "c"):
        bar(assets[0], 1, market=market, observation=told)
    candles, _sources = read(assets)
    assert candles["market"].tolist() == ["a"]


def test_of_a_bar_told_again_the_last_word_counts_and_who_told_it_is_named(assets):
    first, last = observe(known_at=NOW - timedelta(days=1)), observe()
    bar(assets[0], 2, close=1, observation=first)
    bar(assets[0], 1, close=2, observation=first)
    bar(assets[0], 1, close=3, observation=last)
    candles, sources = read(assets)
    assert candles["close_usd"].tolist() == [1, 3]
    assert sorted(zip(sources["family"], sources["observation_id"], strict=True)) == [
        ("", first.pk),
        ("candles", last.pk),
    ]
    assert set(sources["known_at"]) == {first.known_at, last.known_at}


def test_bars_of_other_lengths_and_of_earlier_quarters_are_left_out(assets):
    told = observe()
    bar(assets[0], CANDLE_DAYS, observation=told)
    bar(assets[0], 1, interval="hour", observation=told)
    candles, _sources = read(assets)
    assert candles.empty


def test_beside_each_bar_stands_what_the_others_of_its_day_had(assets):
    told, of_others = observe(), observe(known_at=NOW + timedelta(hours=1))
    for days_ago in (3, 2, 1):
        bar(assets[0], days_ago, observation=told)
    bar(assets[0], 2, market="b", close=5, volume=20, observation=of_others)
    bar(assets[0], 2, market="c", close=7, volume=30, observation=of_others)
    bar(assets[0], 1, market="c", close=9, volume=4, observation=of_others)  # hardly traded
    bar(assets[1], 2, observation=told)
    Candle.objects.filter(market="b").update(high_usd=8, low_usd=4)
    Candle.objects.filter(market="c").update(high_usd=7, low_usd=6)
    candles, sources = read(assets)
    columns = ["others_high_usd", "others_low_usd", "others_close_usd"]
    assert candles[columns].fillna(-1).to_numpy().tolist() == [[-1] * 3, [8, 4, 7], [-1] * 3, [-1] * 3]
    cited = sources[sources["asset_id"] == assets[0]]
    assert sorted(zip(cited["family"], cited["observation_id"], strict=True)) == [
        ("", of_others.pk),
        ("candles", told.pk),
    ]


def test_the_close_of_a_year_ago_is_the_median_of_two_weeks(assets):
    told, first = observe(), assets[0]
    bar(first, 1, observation=told, close=3)
    for days_ago, close in ((364, 90), (365, 5), (370, 7), (378, 1_000), (379, 90), (400, 90)):
        bar(first, days_ago, observation=told, close=close)
    frames, _sources = read_every(assets)
    assert frames["close_year_ago"]["close_usd"].to_dict() == {first: 7.0}
    assert frames["candles"]["close_usd"].tolist() == [3.0]


def test_the_close_of_a_year_ago_is_of_the_market_that_is_deepest_now(assets):
    told, then, first = observe(), observe(), assets[0]
    bar(first, 1, observation=told)
    bar(first, 1, market="thin", volume=1, observation=told)
    bar(first, 366, market="thin", close=9, observation=then)
    frames, sources = read_every(assets)
    assert frames["close_year_ago"].empty
    assert sources["observation_id"].tolist() == [told.pk]
    bar(first, 366, close=4, observation=then)
    frames, sources = read_every(assets)
    assert frames["close_year_ago"]["close_usd"].to_dict() == {first: 4.0}
    assert sources.set_index("observation_id")["family"].to_dict() == {told.pk: "candles", then.pk: ""}


def test_without_bars_of_now_those_of_a_year_ago_say_nothing(assets):
    bar(assets[0], 366, observation=observe())
    frames, sources = read_every(assets)
    assert frames["close_year_ago"].empty
    assert frames["candles"].empty
    assert sources.empty


def test_a_market_of_a_year_ago_is_never_the_deepest(assets):
    told, first = observe(), assets[0]
    bar(first, 1, market="b", volume=None, observation=told, close=3)
    bar(first, 366, market="a", volume=None, observation=told, close=9)
    frames, _sources = read_every(assets)
    assert frames["candles"]["close_usd"].tolist() == [3.0]
    assert frames["close_year_ago"].empty
