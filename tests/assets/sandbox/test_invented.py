from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sandbox.invented import invented, is_session, sessions_until

INDEX = st.integers(min_value=0, max_value=1_000_000)


@given(INDEX)
def test_an_asset_is_told_by_its_index_alone(index):
    first = invented.__wrapped__(index)
    assert first == invented.__wrapped__(index)
    assert 0 < first.circulating <= first.whole
    assert first.cap_usd > 0
    assert first.ref.fictional


@given(INDEX, st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1)))
def test_prices_stay_near_where_they_began(index, day):
    asset = invented(index)
    assert 1 / 50 < asset.price_usd(day) / asset.first_price_usd < 50
    assert asset.volume_usd(day) >= 0


def test_a_token_moves_within_the_day_from_its_open_to_its_close():
    asset, day = invented(3), date(2026, 1, 2)
    prices = [asset.price_now_usd(datetime(2026, 1, 2, hour, tzinfo=UTC)) for hour in range(24)]
    low, high = sorted((asset.price_usd(date(2026, 1, 1)), asset.price_usd(day)))
    assert len(set(prices)) > 1
    assert all(low * 0.999999 <= price <= high * 1.000001 for price in prices)


def test_a_share_stands_at_its_last_close_while_its_exchange_is_shut():
    asset = next(each for each in map(invented, range(99)) if each.archetype.kind == "equity")
    friday, saturday, monday = date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 9)
    close = asset.price_usd(friday)
    assert not is_session(saturday)
    assert asset.price_now_usd(datetime(2026, 3, 7, 18, tzinfo=UTC)) == close
    assert asset.price_now_usd(datetime(2026, 3, 9, 9, tzinfo=UTC)) == close
    assert asset.price_now_usd(datetime(2026, 3, 9, 22, tzinfo=UTC)) == pytest.approx(asset.price_usd(monday))
    assert sessions_until(monday) == sessions_until(friday) + 1


def test_a_share_may_open_with_a_gap_and_a_token_does_not():
    days = [date(2026, 3, day) for day in range(2, 7)]
    for asset in map(invented, range(1, 60)):
        gaps = [asset.open_usd(day) / asset.price_usd(day - timedelta(days=1)) - 1 for day in days]
        is_flat = not asset.archetype.turnover
        assert is_flat or any(abs(each) > 1e-9 for each in gaps) == (asset.archetype.kind == "equity")


@given(INDEX)
def test_sales_never_fall_by_all_they_were(index):
    assert invented(index).archetype.revenue_growth >= -0.9
