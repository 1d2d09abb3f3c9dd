from datetime import UTC, datetime, timedelta

import pytest

from assets.metrics import families
from assets.models import MarketSnapshot, SupplySnapshot
from assets.services.reading.precedence import by_precedence, contradictions, merged

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)


def market(provider, *, hours_ago=0, **told):
    return MarketSnapshot(provider=provider, as_of=NOW - timedelta(hours=hours_ago), **told)


def supply(provider, **told):
    return SupplySnapshot(provider=provider, as_of=NOW, **told)


def test_precedence_is_the_order_of_the_registry_and_the_outlived_come_last():
    gecko, terminal = market("coingecko", hours_ago=20), market("geckoterminal")
    assert by_precedence([terminal, gecko], family=families.MARKET) == [gecko, terminal]
    gecko.as_of -= timedelta(hours=5)
    assert by_precedence([terminal, gecko], family=families.MARKET) == [terminal, gecko]
    assert by_precedence([], family=families.MARKET) == []


def test_gaps_are_filled_and_the_filling_named():
    first, second = market("coingecko", price_usd=2), market("geckoterminal", price_usd=3, volume_24h_usd=9)
    row = merged([first, second])
    assert (row.price_usd, row.volume_24h_usd) == (2, 9)
    assert row.filled_from == {"volume_24h_usd": second}
    assert merged([]) is None


@pytest.mark.parametrize(
    ("other", "hours_ago", "found"), [(2.09, 0, 0), (2.11, 0, 1), (1.89, 1, 1), (9, 3, 0), (None, 0, 0)]
)
def test_prices_contradict_from_a_twentieth_when_told_at_one_time(other, hours_ago, found):
    rows = [market("coingecko", price_usd=2), market("geckoterminal", price_usd=other, hours_ago=hours_ago)]
    told = contradictions({families.MARKET: rows})
    assert [each.field for each in told] == ["price_usd"] * found


def test_a_contradiction_names_both_sides_and_which_one_counts():
    rows = [supply("coingecko", circulating=100), supply("geckoterminal", circulating=103)]
    (one,) = contradictions({families.SUPPLY: rows})
    assert (one.value, one.other_value, one.counts.provider) == (100, 103, "coingecko")
    assert one.share == pytest.approx(0.03)
