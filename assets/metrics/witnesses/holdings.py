"""Holder lists against the supply, and the number of holders against the list."""

from collections.abc import Iterator

import numpy as np

from assets.metrics.columns import Groups, known
from assets.metrics.facts import Facts
from assets.metrics.families import HOLDERS
from assets.metrics.holders import SUPPLY_TOLERANCE_SHARE
from assets.metrics.witnesses.witness import Doubt, days_of, limit_days, of_one_time


def more_than_supply(facts: Facts) -> Iterator[Doubt]:
    """A list of holders who together have more than there is: shares of another supply, or one told twice."""
    listed = Groups.of(facts.positions, facts.asset_ids)
    together = listed.total(known(listed["share"]))
    is_off = (together > 1 + SUPPLY_TOLERANCE_SHARE)[listed.owner]
    rows = facts.positions.index.get_indexer(listed.rows.index[is_off])
    yield Doubt(frame="positions", field="share", rows=rows, against=np.ones(len(rows)))


def fewer_than_listed(facts: Facts) -> Iterator[Doubt]:
    """Fewer holders than the list of that time names."""
    listed = Groups.of(facts.positions, facts.asset_ids)
    named = listed.where(listed["share"] > 0).count()
    rows = facts.aligned("holders")
    counted_at, listed_at = days_of(rows["holder_count_at"]), days_of(rows["positions_at"])
    named = of_one_time(named, listed_at, counted_at, within_days=limit_days(facts, HOLDERS))
    holders = known(rows["holder_count"])
    yield Doubt.of_assets(facts, "holders", "holder_count", holders < named, named)
