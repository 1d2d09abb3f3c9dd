"""Ownership reports: lines of Forms 3, 4, 5 and Schedules 13D, 13G as a company's owners filed them."""

from datetime import datetime
from functools import lru_cache
from itertools import count
from math import isnan
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Places, days_until, known, ratio
from assets.metrics.persons import Reporter, reporters_of

HUNDREDFOLD: Final = (50.0, 200.0)
"""A share told that differs from the number of shares by a factor in this range is given in another unit."""


class Line(NamedTuple):
    """Numbers are NaN and texts "" where not known. `held` is what the line says is held, as a share of the
    company; days ago are those of the report, of the trade and of the end of the period it is about."""

    company: int
    reporter: Reporter
    filing: str
    number: float
    form: str
    is_schedule: bool
    reported_days_ago: float
    days_ago: float
    period_days_ago: float
    code: str
    change: float
    change_share: float
    price_usd: float
    shares: float
    held: float
    is_derivative: bool
    is_direct: bool
    security: str
    nature: str
    shared_shares: float
    has_left: bool

    @property
    def is_amendment(self) -> bool:
        return self.form.endswith("/A")

    @property
    def is_trade(self) -> bool:
        """Whether something changed; otherwise the line says only what is held."""
        return self.code != "" or not isnan(self.change)

    @property
    def kind(self) -> tuple[bool, str, str]:
        """How it is held: of one owner, holdings of different kinds add up."""
        return self.is_direct, plain(self.security), plain(self.nature)


@lru_cache(maxsize=4_096)
def plain(text: str) -> str:
    """Words without case, punctuation and the numbers of footnotes: "By Trust. [F1]" is "by trust"."""
    words = text.partition("[")[0].replace(".", "").replace(",", " ").casefold().split()
    return " ".join(each for each in words if not each.startswith("("))


def lines_of(rows: pd.DataFrame, company: Places, *, now: datetime, outstanding: Column) -> list[list[Line]]:
    """Lines company by company, from old to new; on one day an amendment comes after what it amends.

    `outstanding` is the number of shares of each row's company.
    """
    by_share = rows["share"].notna() & (rows["form"] == "")
    is_schedule = rows["form"].str.upper().str.startswith("SC") | by_share
    shares, change = known(rows["shares"]), rows["change"].to_numpy()
    numbers = (f"row {each}" for each in count())
    filing = [each or next(numbers) for each in rows["accession"]]
    held = _held_share(rows["share"].to_numpy(), ratio(shares, outstanding))
    has_left = (rows["has_left"] == 1).to_numpy()
    columns: dict[str, Any] = {
        "company": company,
        "reporter": reporters_of(rows, [*zip(company.tolist(), filing, strict=True)]),
        "filing": filing,
        "number": rows["line"],
        "is_schedule": is_schedule,
        "reported_days_ago": np.nan_to_num(-days_until(rows["as_of"], now), nan=np.inf),
        "days_ago": -days_until(rows["happened_on"], now),
        "period_days_ago": -days_until(rows["period_on"], now),
        # Who holds 5 % no longer need not tell how much it still is.
        "held": np.where(has_left & is_schedule & np.isnan(held), 0.0, held),
        "change_share": ratio(change, outstanding),
        "is_derivative": rows["is_derivative"] == 1,
        "is_direct": rows["is_direct"] != 0,
        "has_left": has_left,
        "shares": shares,
        "shared_shares": known(rows["shared_shares"]),
    }
    listed = (columns[name] if name in columns else rows[name] for name in Line._fields)
    values = (each if isinstance(each, list) else each.tolist() for each in listed)
    of_company: dict[int, list[Line]] = {}
    for line in map(Line._make, zip(*values, strict=True)):
        of_company.setdefault(line.company, []).append(line)
    return [sorted(each, key=_by_age) for each in of_company.values()]


def _held_share(stated: Column, of_number: Column) -> Column:
    """The share told, else the one worked out; the latter too where a share is given as a percentage or the
    other way round, which the number of shares shows."""
    low, high = HUNDREDFOLD
    stated = known(stated, high=1)
    times = ratio(of_number, stated)
    is_slip = ((times > low) & (times < high)) | ((times > 1 / high) & (times < 1 / low))
    return known(np.where(np.isnan(stated) | is_slip, of_number, stated), high=1)


def _by_age(line: Line) -> tuple[float, bool]:
    """What does not tell its day keeps its place among the oldest."""
    return -line.reported_days_ago, line.is_amendment
