"""Market cap and FDV against what the provider of the price calls them."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from assets.metrics.columns import ABSURD_USD, positive
from assets.metrics.facts import Facts
from assets.metrics.families import SUPPLY
from assets.metrics.market import market_cap_usd
from assets.metrics.unit_changes import UnitChanges, days_since_epoch
from assets.metrics.witnesses.witness import Doubt, agrees, days_of, differs, limit_days, of_one_time

CAP_FACTOR: Final = 1.8
"""Of 250 recorded coins no reported cap differs from price × circulating by more than 5 %; a provider that
is a few months behind with a company's shares differs by less than this, a receipt for two shares and a split
of two for one that one side has not heard of by more (our judgement)."""


def reported_cap(facts: Facts) -> Iterator[Doubt]:
    """Price × supply that is not the reported market cap, or FDV.

    Price and supply may both be right, of different units (a receipt for many shares, a new token beside
    the supply of the old one), so that the product is what is doubtful. A cap of another time than the
    supply's says nothing: in between units were made, or burned.
    """
    market, supply = facts.aligned("market"), facts.aligned("supply")
    changes = UnitChanges.of(facts)
    price = positive(market["price_usd"], high=ABSURD_USD)
    # Across a change of unknown ratio the count as it stands: what is worth asking is how far it is off.
    circulating, total, maximum = (
        positive(supply[name])
        * np.nan_to_num(changes.factor(days_since_epoch(supply[f"{name}_at"])), nan=1.0)
        for name in ("circulating", "total", "maximum")
    )
    in_new_units = changes.of_quotes(market["price_usd_at"])
    price, limit = price / in_new_units, limit_days(facts, SUPPLY)
    in_cap, in_diluted = (
        positive(market[name]) * in_new_units for name in ("units_in_cap", "units_in_diluted")
    )
    cap_at, diluted_at = (days_of(market[f"{name}_at"]) for name in ("units_in_cap", "units_in_diluted"))
    circulating_at, total_at, maximum_at = (
        days_of(supply[f"{name}_at"]) for name in ("circulating", "total", "maximum")
    )
    of_cap = of_one_time(in_cap, cap_at, circulating_at, within_days=limit)
    is_off = differs(circulating, of_cap, factor=CAP_FACTOR)
    yield Doubt.of_measure(
        "market_cap_usd", is_off, market_cap_usd(price, circulating), market_cap_usd(price, of_cap)
    )
    diluted = np.where(np.isnan(maximum), total, maximum)
    counted_at = np.where(np.isnan(maximum), total_at, maximum_at)
    of_diluted = of_one_time(in_diluted, diluted_at, counted_at, within_days=limit)
    # Some call price × total the FDV, some price × max.
    is_off = differs(diluted, of_diluted, factor=CAP_FACTOR) & ~agrees(total, of_diluted, factor=CAP_FACTOR)
    yield Doubt.of_measure(
        "fully_diluted_usd", is_off, market_cap_usd(price, diluted), market_cap_usd(price, of_diluted)
    )
