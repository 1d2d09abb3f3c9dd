"""Share splits: how many shares of today one share of a year ago has become, by splits alone."""

from typing import Final

import numpy as np

from assets.metrics.capital import SPLITS
from assets.metrics.columns import Column, Groups, days_until, positive
from assets.metrics.facts import Facts

YEAR_DAYS: Final = 365.0
COVER_DAYS: Final = 120.0
"""So long after its end a period's number of shares may have been counted: the cover of a report
tells that of the day before it is filed, and an annual report from abroad (20-F) has four months."""


def year_ratio(facts: Facts) -> Column:
    """Π of the ratios of the last twelve months' splits: new shares for one of a year ago, 1 without any.

    NaN where a split's own ratio is not known.
    """
    events = Groups.of(facts.capital, facts.asset_ids)
    days_ago = -days_until(events.rows["happened_on"], facts.now)
    recent = events.rows["event"].isin(SPLITS).to_numpy() & (days_ago >= 0) & (days_ago <= YEAR_DAYS)
    splits = events.where(recent)
    return _product(splits, positive(splits["ratio"]), of=np.ones(splits.size))


def share_ratio(facts: Facts) -> Column:
    """Π of the ratios of the splits between the reports of `fundamentals_year_ago` and `fundamentals`.

    New shares for an old one; 1 where there was none. NaN where a split's own ratio is not known, or
    where it fell into the COVER_DAYS after either period, so that nobody can say on which side of it
    the shares were counted, or where the end of a period is not known.
    """
    began, ended = (
        days_until(each["period_ends_on"].reindex(facts.asset_ids), facts.now)
        for each in (facts.fundamentals_year_ago, facts.fundamentals)
    )
    events = Groups.of(facts.capital, facts.asset_ids)
    splits = events.where(events.rows["event"].isin(SPLITS).to_numpy(dtype=np.bool_))
    happened = days_until(splits.rows["happened_on"], facts.now)
    since_began, since_ended = happened - began[splits.owner], happened - ended[splits.owner]
    between = (since_began > COVER_DAYS) & (since_ended <= 0)
    apart = (since_began <= 0) | (since_ended > COVER_DAYS)
    factor = np.where(between, positive(splits["ratio"]), np.where(apart, 1.0, np.nan))
    return _product(splits, factor, of=np.where(np.isnan(began) | np.isnan(ended), np.nan, 1.0))


def _product(splits: Groups, factor: Column, *, of: Column) -> Column:
    product = of.copy()
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        np.multiply.at(product, splits.owner, factor)
    return positive(product)
