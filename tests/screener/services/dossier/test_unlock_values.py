from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import UnlockEvent
from screener.services.dossier.unlock_values import after_next_unlock, unlock_values

NOW = datetime(2026, 1, 2, tzinfo=UTC)
EXAMPLE = {"price_usd": 0.5, "circulating_supply": 50e6, "market_cap_usd": 25e6}


def event(days, amount=20_000_000, category="investors"):
    return UnlockEvent(unlock_at=NOW + timedelta(days=days), amount=Decimal(amount), category=category)


def test_after_the_next_unlock_25_million_are_35():
    unlocks = unlock_values([event(-9, 1), event(14)], figures=EXAMPLE, now=NOW)
    after = after_next_unlock(unlocks, figures=EXAMPLE)
    assert (after.circulating, after.market_cap_usd) == (70e6, 35e6)
    assert (after.amount, after.value_usd) == (20e6, 10e6)
    assert [each.is_past for each in unlocks] == [True, False]
    assert (unlocks[1].of_circulating_share, unlocks[1].value_usd) == (0.4, 10e6)


def test_what_comes_free_at_one_moment_counts_together_and_later_ones_do_not():
    unlocks = unlock_values([event(14, 1), event(14, 2, "team"), event(15, 4)], figures=EXAMPLE, now=NOW)
    assert after_next_unlock(unlocks, figures=EXAMPLE).amount == 3


@pytest.mark.parametrize("figures", [{}, {"price_usd": 1.0}, {"circulating_supply": 5.0}])
def test_without_price_or_supply_the_amounts_stand_alone(figures):
    unlocks = unlock_values([event(14)], figures=figures, now=NOW)
    assert unlocks[0].amount == 20e6
    assert None in (unlocks[0].of_circulating_share, unlocks[0].value_usd)
    assert after_next_unlock(unlocks, figures=figures) is None


def test_a_schedule_that_is_over_leads_nowhere():
    unlocks = unlock_values([event(-1)], figures=EXAMPLE, now=NOW)
    assert after_next_unlock(unlocks, figures=EXAMPLE) is None


def test_where_the_market_cap_of_today_is_questioned_none_is_told_of_then():
    unlocks = unlock_values([event(14)], figures=EXAMPLE, now=NOW)
    assert after_next_unlock(unlocks, figures={**EXAMPLE} | {"market_cap_usd": 1.0}) is not None
    del (figures := dict(EXAMPLE))["market_cap_usd"]
    assert after_next_unlock(unlocks, figures=figures) is None
