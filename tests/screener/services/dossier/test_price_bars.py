from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing.rows import AssetRef, CandleRow
from screener.charts import Bar, PriceLine
from screener.services.dossier.facts import LONG_CHART_DAYS, DossierFacts
from screener.services.dossier.price_bars import PriceBars, closes_of, find_bitcoin, read_price_bars
from screener.services.dossier.sections.price import read_price
from tests.factories.market import NOW, observe

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def candle(days_ago, close, *, at=NOW, identifiers=(("x", "example"),)):
    price = Decimal(close)
    return CandleRow(
        asset=AssetRef(kind="token", identifiers=identifiers, name="Example"),
        as_of=NOW - timedelta(days=days_ago),
        market="main",
        **dict.fromkeys(("open_usd", "high_usd", "low_usd", "close_usd"), price),
        volume_usd=Decimal(10),
    )


def bars(*days):
    made = (Bar(at=MONDAY + timedelta(days=day), open=1, high=2, low=1, close=1 + day) for day in days)
    return PriceBars(bars=tuple(made), market="")


@pytest.mark.django_db
def test_the_newest_of_them_are_those_that_the_section_draws():
    observe(*(candle(days, 10 + days % 7) for days in range(400)), candle(LONG_CHART_DAYS + 1, 9))
    facts = DossierFacts(Asset.objects.get(), now=NOW)
    price, section = read_price_bars(facts), read_price(facts)
    assert (len(price.bars), price.market) == (400, "main")
    assert price.bars[-len(section.bars) :] == section.bars
    assert [each.close for each in price.bars[:2]] == pytest.approx([10, 16])


@pytest.mark.django_db
def test_as_of_a_past_moment_the_bars_are_those_that_were_known():
    observe(candle(3, 1), candle(2, 1), at=NOW - timedelta(days=1))
    observe(candle(2, 7), candle(1, 8), at=NOW)
    facts = DossierFacts(Asset.objects.get(), now=NOW, as_of=NOW - timedelta(hours=1))
    assert [each.close for each in read_price_bars(facts).bars] == pytest.approx([1, 1])


@pytest.mark.django_db
def test_without_bars_there_is_no_market_and_no_line():
    asset = Asset.objects.create(kind="token", slug="a", name="A")
    price = read_price_bars(DossierFacts(asset, now=NOW))
    assert (price.bars, price.market) == ((), "")
    assert closes_of(asset, price) is None


@pytest.mark.django_db
def test_bitcoin_is_known_by_its_name_in_the_register():
    assert find_bitcoin() is None
    observe(candle(1, 1, identifiers=(("coingecko", "bitcoin-cash"),)))
    assert find_bitcoin() is None
    observe(candle(1, 90_000, identifiers=(("coingecko", "bitcoin"),)))
    line = closes_of(find_bitcoin(), read_price_bars(DossierFacts(find_bitcoin(), now=NOW)))
    assert line.values == pytest.approx((90_000,))


@pytest.mark.parametrize(
    ("day", "place"),
    [(-1, None), (0, 0), (1, 1), (2, 2), (3, 2), (4, 2), (5, 3), (8, 3), (9, 3), (10, None)],
)
def test_what_happened_stands_on_the_bar_of_its_day_or_the_next_one(day, place):
    assert bars(0, 1, 4, 5).place_of((MONDAY + timedelta(days=day)).date()) == place


def test_nothing_stands_where_there_are_no_bars():
    assert bars().place_of(MONDAY.date()) is None


def test_another_line_runs_along_the_days_of_the_bars():
    line = PriceLine(
        place=1,
        name="",
        days=tuple(MONDAY + timedelta(days=day) for day in (0, 1, 2, 5)),
        values=(1, 2, 3, 4),
    )
    assert bars(0, 2, 4, 5).along(line) == (1, 3, None, 4)
