"""Traded volume against the value of all there is: more is no trade, or no volume in USD."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from assets.metrics.columns import ABSURD_USD, Groups, positive, usd
from assets.metrics.facts import Facts
from assets.metrics.families import SUPPLY, TOKEN
from assets.metrics.market import market_cap_usd
from assets.metrics.unit_changes import UnitChanges, days_since_epoch
from assets.metrics.witnesses.witness import Doubt, days_of, limit_days, of_one_time

MOST_TURNOVERS: Final = 100.0
"""All units change hands so often in a day at most. Of 1,150 recorded coins none is above 18 times, of 4,583
recorded Solana pools four are above 100, all of tokens worth less than $150 (our judgement)."""


def turned_over(facts: Facts) -> Iterator[Doubt]:
    """A volume of 24 hours, of the market or of one venue, by which all units, at the vendor's value or ours,
    changed hands over and over."""
    market, supply = facts.aligned("market"), facts.aligned("supply")
    is_token = (facts.assets["kind"] == TOKEN).to_numpy(dtype=np.bool_)
    price, volume = positive(market["price_usd"], high=ABSURD_USD), usd(market["volume_24h_usd"])
    traded_at, limit = days_of(market["volume_24h_usd_at"]), limit_days(facts, SUPPLY)
    changes, priced_on = UnitChanges.of(facts), days_since_epoch(market["price_usd_at"])
    counted = [
        of_one_time(
            positive(frame[name]) * changes.factor(days_since_epoch(frame[f"{name}_at"]), priced_on),
            days_of(frame[f"{name}_at"]),
            traded_at,
            within_days=limit,
        )
        for frame, names in (
            (supply, ("circulating", "total", "maximum")),
            (market, ("units_in_cap", "units_in_diluted")),
        )
        for name in names
    ]
    price = of_one_time(price, days_of(market["price_usd_at"]), traded_at, within_days=limit)
    most = np.where(is_token, MOST_TURNOVERS * market_cap_usd(price, np.fmax.reduce(counted)), np.nan)
    yield Doubt.of_assets(facts, "market", "volume_24h_usd", volume > most, most)
    for frame in ("pools", "books"):
        venues = Groups.of(getattr(facts, frame), facts.asset_ids)
        is_off = usd(venues["volume_24h_usd"]) > most[venues.owner]
        rows = getattr(facts, frame).index.get_indexer(venues.rows.index[is_off])
        against = most[venues.owner[is_off]]
        yield Doubt(frame=frame, field="volume_24h_usd", rows=np.asarray(rows, np.intp), against=against)
