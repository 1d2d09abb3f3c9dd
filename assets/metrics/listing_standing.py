"""Listing standing: where a share stands between a deficiency notice, its cure and its delisting.

A notice, the staff's determination, a panel's decision and a suspension follow each other (Nasdaq Rule 5800
series, NYSE Listed Company Manual 802); a cure ends what it is about, and a notice that is cured is no
warning."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, Mask
from assets.metrics.facts import Facts
from assets.metrics.filing_events import DELISTING, OPEN, are_listed, of_items
from assets.metrics.venues import NORMAL, OTC_VENUES, TIERS

ITEM: Final = "3.01"
OTHERS: Final = ("7.01", "8.01")
"""Some tell of a cure under items of their own choice."""

GOOD, DEFICIENT, DELISTED, STRUCK = 0.0, 1.0, 2.0, 3.0
LEVEL_OF: Final = {
    "deficiency_notice": DEFICIENT,
    "delisting_determination": DELISTED,
    "delisting_panel_decision": DELISTED,
    "trading_suspended": STRUCK,
    "struck_by_exchange": STRUCK,
}
"""0 in good standing, 1 given notice, 2 a decision to delist, 3 suspended or struck from the list."""
CURED: Final = "compliance_regained"
ENDED: Final = frozenset({"voluntary_transfer", "delisting_by_merger"})
"""What was said of the old listing is of no matter where it is moved, or the company is bought."""
STRIKES_AFTER_DAYS: Final = 12.0
"""A Form 25 takes effect ten days after it is filed (17 CFR 240.12d2-2(d)); who is on an exchange's list
after that was struck with another class of securities, or from another exchange."""


@dataclass(frozen=True, slots=True)
class ListingEvent:
    """One event of a listing; `reasons` are the rules' words for why, with spaces between."""

    subject: str
    event: str
    reasons: str = ""
    days_ago: float = 0.0

    @property
    def why(self) -> frozenset[str]:
        return frozenset(self.reasons.split())

    @property
    def is_in_force(self) -> bool:
        """Whether a Form 25 has taken effect."""
        return self.subject == DELISTING and self.days_ago > STRIKES_AFTER_DAYS


def standing(events: Iterable[ListingEvent], *, is_on_exchange: bool) -> float:
    """Where a share stands after these events, from old to new; NaN where the last one that counts is
    open."""
    notices: list[tuple[frozenset[str], float]] = []
    is_open = False
    for each in events:
        if (is_on_exchange and each.is_in_force) or each.event == "nothing_decided":
            continue
        if each.event in LEVEL_OF:
            notices.append((each.why, LEVEL_OF[each.event]))
        elif each.event in ENDED:
            notices = []
        elif each.event == CURED:
            notices = [(why, level) for why, level in notices if why and each.why and not why & each.why]
        is_open = each.event in OPEN
    return np.nan if is_open else max((level for _why, level in notices), default=GOOD)


def measures(facts: Facts) -> pd.DataFrame:
    """Good standing is known only of whom somebody looked through all filings of 24 months, or whom the
    exchange itself lists as normal; whom it lists as deficient has a notice that is not cured, whatever was
    filed."""
    events = of_items(facts, ITEM, *OTHERS, DELISTING)
    tier = facts.aligned("venues")["tier"]
    level = _levels(events, (tier == TIERS[0]).to_numpy(np.bool_))
    last = events.where(events.rows["event"].isin([*LEVEL_OF]).to_numpy(np.bool_))
    return pd.DataFrame(
        {
            "listing_standing_level": _by_the_exchange(
                facts, np.where((level > GOOD) | are_listed(facts), level, np.nan)
            ),
            "listing_notice_days": last.least(last["days_ago"]),
            "never_listed": _never_listed(facts, events),
        },
        index=facts.asset_ids,
    )


def _levels(events: Groups, is_on_exchange: Mask) -> Column:
    level = np.full(events.size, GOOD)
    order = np.argsort(events.owner, kind="stable")
    columns = [events.rows[name].to_numpy()[order] for name in ("subject", "event", "reasons", "days_ago")]
    rows = zip(events.owner[order].tolist(), *columns, strict=True)
    for owner, of_asset in groupby(rows, key=itemgetter(0)):
        told = (ListingEvent(*row[1:]) for row in of_asset)
        level[owner] = standing(told, is_on_exchange=bool(is_on_exchange[owner]))
    return level


def _by_the_exchange(facts: Facts, level: Column) -> Column:
    """A decision to delist stands until the company or a Form 25 tells its end."""
    status = facts.aligned("venues")["financial_status"].fillna("")
    is_normal = (status == NORMAL).to_numpy(np.bool_) & ~(level > DEFICIENT)
    is_deficient = ((status != "") & (status != NORMAL)).to_numpy(np.bool_)
    return np.where(is_normal, GOOD, np.where(is_deficient, np.fmax(level, DEFICIENT), level))


def _never_listed(facts: Facts, events: Groups) -> Column:
    """1 for a share that is traded over the counter and of which no exchange has told anything."""
    venues = facts.aligned("venues")
    is_known = (venues["listed_on"] != "") & venues["listed_on"].notna() | venues["tier"].isin(TIERS)
    is_otc = venues["listed_on"].isin(OTC_VENUES) | venues["tier"].isin(TIERS[1:])
    return np.where(is_known, is_otc & (events.count() == 0), np.nan)
