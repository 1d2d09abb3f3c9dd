"""Revenue of a protocol against its fees, of which it is what its users' suppliers do not get."""

from collections.abc import Iterator
from typing import Final

from assets.metrics.columns import owned_or_owed_usd
from assets.metrics.facts import Facts
from assets.metrics.families import USAGE
from assets.metrics.witnesses.witness import Doubt, days_of, limit_days, of_one_time

PERIODS_FACTOR: Final = 2.0
"""One may be of the last year and the other of a month, as if it went on (our judgement)."""


def above_fees(facts: Facts) -> Iterator[Doubt]:
    """More revenue than the fees of its time. Source of the definition: docs.llama.fi, fees and revenue."""
    usage = facts.aligned("usage")
    fees, revenue = (owned_or_owed_usd(usage[f"{name}_annual_usd"]) for name in ("fees", "revenue"))
    fees_at, revenue_at = (days_of(usage[f"{name}_annual_usd_at"]) for name in ("fees", "revenue"))
    fees = of_one_time(fees, fees_at, revenue_at, within_days=limit_days(facts, USAGE))
    is_off = (revenue > 0) & (revenue > PERIODS_FACTOR * fees)
    yield Doubt.of_assets(facts, "usage", "revenue_annual_usd", is_off, fees)
