"""What insiders and large holders report, against the whole and against the free float."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from assets.metrics.columns import Column, Groups, Mask, known, positive, ratio
from assets.metrics.facts import Facts
from assets.metrics.ownership import by_reports, deciding, in_shares_of_today
from assets.metrics.unit_changes import UnitChanges, days_since_epoch
from assets.metrics.witnesses.witness import Doubt

ROUNDED: Final = 0.005
"""Shares of a class are given in tenths of a percent, of a few holders."""
FLOAT_TOLERANCE_SHARE: Final = 0.05
"""Some count a holder of 5 % to the free float, some to those who hold it."""


def more_than_the_company(facts: Facts) -> Iterator[Doubt]:
    """Owners who together hold more than there is: a number of shares of another class or day, or owners
    who are the same and don't say so."""
    supply, changes = facts.aligned("supply"), UnitChanges.of(facts)
    circulating = positive(supply["circulating"]) * changes.factor(days_since_epoch(supply["circulating_at"]))
    is_stated = ~np.isnan(known(facts.aligned("fundamentals")["insider_share"], high=1))
    reports = Groups.of(facts.ownership, facts.asset_ids)
    today = in_shares_of_today(reports, changes)
    today = today.where((~is_stated & _may_be_more(today, circulating))[today.owner])
    if not len(today.owner):
        return
    may_be = _may_be_more(deciding(today, circulating, facts.now), circulating)
    if not may_be.any():
        return
    _bought, together = by_reports(
        reports.where(may_be[reports.owner]), circulating, facts.now, changes, is_stated=is_stated
    )
    is_off = together > 1 + ROUNDED
    yield Doubt.of_measure("insider_share", is_off, together, np.ones(is_off.size))


def _may_be_more(reports: Groups, circulating: Column) -> Mask:
    """Of which companies owners may hold more than there is: the sum of all lines is the most that it can be.

    Adding them up costs little; who holds what, line by line, the most of all measures.
    """
    of_number = ratio(reports["shares"], circulating[reports.owner])
    together = reports.total(np.fmax(known(reports["share"]), of_number))
    return np.asarray(together > 1 + ROUNDED, dtype=np.bool_)


def beside_the_float(facts: Facts) -> Iterator[Doubt]:
    """Insiders and free float that are more than the whole together: either may be wrong."""
    rows = facts.aligned("fundamentals")
    insiders, free = (known(rows[name], high=1) for name in ("insider_share", "public_float_share"))
    is_off = insiders + free > 1 + FLOAT_TOLERANCE_SHARE
    yield Doubt.of_assets(facts, "fundamentals", "insider_share", is_off, 1 - free)
    yield Doubt.of_assets(facts, "fundamentals", "public_float_share", is_off, 1 - insiders)
