from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from assets.sandbox.invented import invented, walk

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
    assert abs(walk(index, day.toordinal())) < 1
    assert invented(index).price_usd(day) > 0


def test_a_price_moves_within_the_day_by_at_most_a_percent():
    asset = invented(3)
    prices = [asset.price_now_usd(datetime(2026, 1, 2, hour, tzinfo=UTC)) for hour in range(24)]
    close = asset.price_usd(date(2026, 1, 2))
    assert len(set(prices)) > 1
    assert all(abs(price / close - 1) <= 0.01 for price in prices)


@given(INDEX)
def test_sales_never_fall_by_all_they_were(index):
    assert invented(index).archetype.revenue_growth >= -0.9
