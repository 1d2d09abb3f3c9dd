from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing.rows import AssetRef, CandleRow
from screener.services.comparison.compare_prices import compare_prices
from tests.factories.market import observe

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def make_priced(name, *closes, until=1):
    """An asset with a candle a day; the last one `until` days before today."""
    ref = AssetRef(kind="token", identifiers=(("coingecko", name.lower()),), name=name)
    days = range(until + len(closes) - 1, until - 1, -1)
    rows = [
        CandleRow(
            asset=ref,
            as_of=NOW - timedelta(days=day),
            open_usd=Decimal(str(close)),
            high_usd=Decimal(str(close)),
            low_usd=Decimal(str(close)),
            close_usd=Decimal(str(close)),
        )
        for day, close in zip(days, closes, strict=True)
    ]
    observe(*rows, at=NOW, provider="coingecko")
    return Asset.objects.get(name=name)


def test_prices_are_100_where_all_begin_and_stand_by_what_they_gained():
    old = make_priced("Old", *range(10, 40))
    new = make_priced("New", 8, 4, 2)
    shown = compare_prices([new, old], now=NOW)
    assert shown is not None
    assert [(each.name, each.place) for each in shown.lines] == [("Old", 2), ("New", 1)]
    assert [each.values[0] for each in shown.lines] == [100, 100]
    assert shown.lines[1].change_share == pytest.approx(-0.75)
    assert shown.starts == ("New",)
    assert (shown.last_day - shown.first_day).days == 2
    assert [row.values[1] for row in shown.rows] == pytest.approx([25, 100])


def test_rows_go_back_by_weeks_to_the_first_day():
    assets = [make_priced(name, *range(1, 31)) for name in ("One", "Two")]
    shown = compare_prices(assets, now=NOW)
    assert shown is not None
    gaps = [(a.at - b.at).days for a, b in zip(shown.rows, shown.rows[1:], strict=False)]
    assert gaps == [7, 7, 7, 7, 1]
    assert shown.starts == ()


def test_one_without_prices_is_named_and_one_alone_is_no_comparison():
    priced = [make_priced(name, 1, 2, 3) for name in ("One", "Two")]
    bare = Asset.objects.create(kind="token", slug="bare", name="Bare")
    shown = compare_prices([priced[0], bare, priced[1]], now=NOW)
    assert shown is not None
    assert shown.missing == (bare,)
    assert [each.place for each in shown.lines] == [1, 3]
    assert compare_prices([priced[0], bare], now=NOW) is None
    assert compare_prices([bare], now=NOW) is None


def test_queries_do_not_grow_with_the_assets(django_assert_max_num_queries):
    assets = [make_priced(name, 1, 2, 3) for name in ("One", "Two", "Three", "Four", "Five")]
    with django_assert_max_num_queries(8):
        compare_prices(assets, now=NOW)
