"""A token's supply figures against each other: circulating, total and max, and shares of a whole."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, positive
from assets.metrics.facts import Facts
from assets.metrics.families import SUPPLY, TOKEN
from assets.metrics.supply import CONFLICT_TOLERANCE, float_share
from assets.metrics.unit_changes import UnitChanges, days_since_epoch
from assets.metrics.witnesses.caps import CAP_FACTOR
from assets.metrics.witnesses.witness import Doubt, agrees, days_of, limit_days, of_one_time

FAR_FACTOR: Final = 1.1
"""A few percent more in circulation than in existence are a burn that one figure has and the other has not;
more than a tenth is a wrong figure, and nobody knows which (our judgement)."""
YEAR_FACTOR: Final = 100.0
"""So many times as much after a year is another unit and no emission."""
MELTED_FACTOR: Final = 2.0
"""Hardly anybody burns more than half of what circulates in a year, while a rebase that merges units day by
day, or a migration that nobody dated, looks just like it: not believed before a person says so."""
UNIT_FACTOR: Final = 1e6
"""So many times what circulates is told in the smallest units of a contract (6 to 18 decimals), or is a
placeholder: of 1,100 recorded coins one has more in existence, which nobody ever believed (our judgement)."""

OF_THE_WHOLE: Final = (
    ("holders", "top_ten_share"),
    ("contract", "creator_share"),
    ("fundamentals", "insider_share"),
    ("fundamentals", "public_float_share"),
    ("pools", "lp_burned_share"),
    ("pools", "lp_locked_share"),
    ("pools", "lp_largest_free_share"),
    ("positions", "share"),
)
ROUNDING_SHARE: Final = 0.005


def more_than_exists(facts: Facts) -> Iterator[Doubt]:
    """More in circulation than in existence, or than there can ever be: no float, and no FDV below the cap.

    Far more: one of the figures is wrong. The one that the provider's own market cap does not count.
    """
    supply, market = facts.aligned("supply"), facts.aligned("market")
    is_token = (facts.assets["kind"] == TOKEN).to_numpy(dtype=np.bool_)
    changes = UnitChanges.of(facts)
    units = {name: _unit(supply, name, changes) for name in ("circulating", "total", "maximum")}
    circulating, total, maximum = (positive(supply[name]) * unit for name, unit in units.items())
    limit = np.fmin(total, maximum)
    is_over = is_token & (circulating > limit * (1 + CONFLICT_TOLERANCE))
    share = float_share(circulating, total, maximum)
    yield Doubt.of_measure("float_share", is_over, share, np.ones(len(share)))
    # Which of them is wrong only figures of one time can tell; the float is none in any case.
    counted_at, within_days = days_of(supply["circulating_at"]), limit_days(facts, SUPPLY)
    in_new_units = changes.of_quotes(market["price_usd_at"])
    total, maximum, in_cap, in_diluted = (
        of_one_time(values, days_of(each[f"{name}_at"]), counted_at, within_days=within_days)
        for each, name, values in (
            (supply, "total", total),
            (supply, "maximum", maximum),
            (market, "units_in_cap", positive(market["units_in_cap"]) * in_new_units),
            (market, "units_in_diluted", positive(market["units_in_diluted"]) * in_new_units),
        )
    )
    limit = np.fmin(total, maximum)
    is_far = is_over & (circulating > limit * FAR_FACTOR)
    counted = agrees(circulating, in_cap, factor=CAP_FACTOR)
    limit_counted = agrees(limit, in_diluted, factor=CAP_FACTOR)
    is_more = is_far & (~counted | limit_counted)
    yield Doubt.of_assets(facts, "supply", "circulating", is_more, limit / units["circulating"])
    for name, values in (("total", total), ("maximum", maximum)):
        is_less = is_far & (circulating > values * FAR_FACTOR) & (counted | ~limit_counted)
        yield Doubt.of_assets(facts, "supply", name, is_less, circulating / units[name])


def other_unit(facts: Facts) -> Iterator[Doubt]:
    """A total or a max so far above what circulates that it counts in another unit."""
    supply, changes = facts.aligned("supply"), UnitChanges.of(facts)
    is_token = (facts.assets["kind"] == TOKEN).to_numpy(dtype=np.bool_)
    circulating = positive(supply["circulating"]) * _unit(supply, "circulating", changes)
    for name in ("total", "maximum"):
        unit = _unit(supply, name, changes)
        is_off = is_token & (positive(supply[name]) * unit > UNIT_FACTOR * circulating)
        yield Doubt.of_assets(facts, "supply", name, is_off, circulating / unit)


def _unit(supply: pd.DataFrame, name: str, changes: UnitChanges) -> Column:
    """By asset how many units of today one is in which this figure was counted."""
    return changes.factor(days_since_epoch(supply[f"{name}_at"]))


def year_ago(facts: Facts) -> Iterator[Doubt]:
    """A circulating supply a year ago that counts in another unit than today's."""
    supply = facts.aligned("supply")
    is_token = (facts.assets["kind"] == TOKEN).to_numpy(dtype=np.bool_)
    now, then = positive(supply["circulating"]), positive(supply["circulating_year_ago"])
    counted = days_since_epoch(supply["circulating_at"]), days_since_epoch(supply["circulating_year_ago_at"])
    now_then = now / UnitChanges.of(facts).factor(counted[1], counted[0])
    is_off = is_token & ((now_then > YEAR_FACTOR * then) | (then > MELTED_FACTOR * now_then))
    yield Doubt.of_assets(facts, "supply", "circulating_year_ago", is_off, now_then)


def above_the_whole(facts: Facts) -> Iterator[Doubt]:
    """A share of a whole that is more than the whole."""
    for name, field in OF_THE_WHOLE:
        values = np.asarray(getattr(facts, name)[field], dtype=np.float64)
        rows = np.flatnonzero(values > 1 + ROUNDING_SHARE)
        yield Doubt(frame=name, field=field, rows=rows, against=np.ones(len(rows)))
