import math
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest

from assets.metrics.unit_changes import Change, UnitChanges
from assets.models import UnlockEvent
from screener.services.dossier.unlock_values import unit_of, unlock_values

NOW = datetime(2026, 1, 2, tzinfo=UTC)
EXAMPLE = {"price_usd": 0.5, "circulating_supply": 50e6, "market_cap_usd": 25e6}


def event(days, amount=20_000_000, category="investors", *, ends=None):
    return UnlockEvent(
        unlock_at=NOW + timedelta(days=days),
        ends_at=None if ends is None else NOW + timedelta(days=ends),
        amount=Decimal(amount),
        category=category,
    )


def test_an_event_stands_beside_what_circulates_and_what_it_costs():
    past, coming = unlock_values([event(-9, 1), event(14)], figures=EXAMPLE, now=NOW)
    assert (past.is_past, coming.is_past) == (True, False)
    assert (coming.of_circulating_share, coming.value_usd) == (0.4, 10e6)


@pytest.mark.parametrize(
    ("begins", "ends", "is_running", "is_past"),
    [
        (-9, 9, True, False),
        (0, 9, True, False),
        (1, 9, False, False),
        (-9, 0, False, True),
        (-9, -1, False, True),
        (-9, -9, False, True),
        (9, 5, False, False),
    ],
)
def test_what_comes_evenly_is_past_when_the_last_of_it_is_out(begins, ends, is_running, is_past):
    (value,) = unlock_values([event(begins, ends=ends)], figures=EXAMPLE, now=NOW)
    assert (value.is_running, value.is_past) == (is_running, is_past)
    assert (value.ends_at is None) is (ends <= begins), "an end that is none"


@pytest.mark.parametrize("figures", [{}, {"price_usd": 1.0}, {"circulating_supply": 5.0}])
def test_without_price_or_supply_the_amounts_stand_alone(figures):
    (value,) = unlock_values([event(14)], figures=figures, now=NOW)
    assert value.amount == 20e6
    assert None in (value.of_circulating_share, value.value_usd)


def test_amounts_are_in_units_of_today():
    (value,) = unlock_values([event(14, 100)], figures=EXAMPLE, now=NOW, unit=10.0)
    assert (value.amount, value.value_usd) == (1_000, 500)


@pytest.mark.parametrize("unknown", [{"unit": math.nan}, {"questioned": True, "unit": 10.0}])
def test_of_what_is_in_doubt_only_the_amounts_stand_as_they_were_told(unknown):
    (value,) = unlock_values([event(14, 100)], figures=EXAMPLE, now=NOW, **unknown)
    assert (value.amount, value.of_circulating_share, value.value_usd) == (100, None, None)


@pytest.mark.parametrize(("planned", "unit"), [(40e6, 1), (4e6, 10), (0.1e6, math.nan)])
def test_a_schedule_of_before_a_split_is_told_by_its_sum(planned, unit):
    """Ten new units for one old one; 100 M new ones can exist."""
    split = {0: [Change(old_until=100, new_from=101, ratio=10.0)]}
    changes = UnitChanges.from_changes(split, is_equity=np.array([False]), today=20_000)
    found = unit_of([event(14, planned)], figures=EXAMPLE | {"max_supply": 100e6}, changes=changes)
    assert found == pytest.approx(unit, nan_ok=True)
