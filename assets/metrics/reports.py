"""Ownership reports: lines of Forms 3, 4, 5 and Schedules 13D, 13G as a company's owners filed them."""

import re
from datetime import datetime
from itertools import count
from math import isnan
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics.columns import Column, Mask, Places, days_until, known, of_each_text, ratio
from assets.metrics.persons import Reporter, reporters_of

OTHER_SECURITY: Final = re.compile(
    r"preferred|preference|warrant|\boptions?\b|\bnotes?\b|debenture|\brights?\b"
)
"""Titles in the table of what is held that are no common stock."""
ATTACHED_RIGHTS: Final = re.compile(
    r"\b(?:and|with|including)\s+(?:the\s+|its\s+)?(?:associated|attached|related|accompanying)\s+"
    r"(?:(?!warrants?\b|options?\b|notes?\b)[\w-]+\s+)*?rights?\b(?:\s+to\s+(?:purchase|acquire)\b[^()]*)?"
)
"""Of a rights plan: they belong to each share of common stock and make it no other security."""
HUNDREDFOLD: Final = (50.0, 200.0)
"""A share told that differs from the number of shares by a factor in this range is given in another unit."""
DILUTED: Final = 0.8
"""Of a share told: who holds less than this part of it by number was not asked again as the company issued
shares. Rounding explains less; warrants, which count for their holder alone, make the share told smaller."""


class Line(NamedTuple):
    """Numbers are NaN and texts "" where not known. `held` is what the line says is held, as a share of the
    company; days ago are those of the report, of the trade and of the end of the period it is about. `kind`
    is a number for how it is held: of one owner, holdings of different kinds add up.
    `before_dilution` is the share told, where it is known to be less by now."""

    company: int
    holder: str
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
    before_dilution: float
    is_derivative: bool
    is_direct: bool
    is_common: bool
    kind: int
    nature: str
    shared_shares: float
    has_left: bool

    @property
    def is_amendment(self) -> bool:
        return self.form.endswith("/A")

    @property
    def form_type(self) -> str:
        """The form that it is or amends; before December 2024 a Schedule was "SC"."""
        return self.form.upper().removesuffix("/A").replace("SCHEDULE", "SC")

    @property
    def is_trade(self) -> bool:
        """Whether something changed; otherwise the line says only what is held."""
        return self.code != "" or not isnan(self.change)


def plain(text: str) -> str:
    """Words without case, punctuation and the numbers of footnotes: "By Trust. [F1]" is "by trust"."""
    words = text.partition("[")[0].replace(".", "").replace(",", " ").casefold().split()
    return " ".join(each for each in words if not each.startswith("("))


def lines_of(rows: pd.DataFrame, company: Places, *, now: datetime, outstanding: Column) -> list[list[Line]]:
    """Lines company by company, from old to new; on one day those of a later period come after, and of a
    period an amendment after what it amends.

    `outstanding` is the number of shares of each row's company.
    """
    order = from_old_to_new(rows, now)
    rows, company, outstanding = rows.iloc[order], company[order], outstanding[order]
    is_schedule, is_diluted = is_of_schedule(rows), _is_diluted(rows, outstanding)
    change, is_direct = rows["change"].to_numpy(), (rows["is_direct"] != 0).to_numpy(dtype=np.bool_)
    numbers = (f"row {each}" for each in count())
    filing = [each or next(numbers) for each in rows["accession"].tolist()]
    columns: dict[str, Any] = {
        "company": company,
        "reporter": reporters_of(rows, [*zip(company.tolist(), filing, strict=True)]),
        "filing": filing,
        "number": rows["line"],
        "is_schedule": is_schedule,
        "reported_days_ago": _age_days(rows, now),
        "days_ago": -days_until(rows["happened_on"], now),
        "period_days_ago": -days_until(rows["period_on"], now),
        "held": _held(rows, outstanding, is_schedule, is_diluted),
        "before_dilution": np.where(is_diluted, known(rows["share"], high=1), np.nan),
        "change_share": ratio(change, outstanding),
        "is_derivative": rows["is_derivative"] == 1,
        "is_direct": is_direct,
        "is_common": of_each_text(rows["security"], is_common),
        "kind": _numbered(is_direct, *(of_each_text(rows[name], plain) for name in ("security", "nature"))),
        "has_left": rows["has_left"] == 1,
        "shares": known(rows["shares"]),
        "shared_shares": known(rows["shared_shares"]),
    }
    listed = (columns[name] if name in columns else rows[name] for name in Line._fields)
    values = (each if isinstance(each, list) else each.tolist() for each in listed)
    of_company: dict[int, list[Line]] = {}
    for line in map(Line._make, zip(*values, strict=True)):
        of_company.setdefault(line.company, []).append(line)
    return list(of_company.values())


def is_common(security: str) -> bool:
    """Whether this title, in the table of what is held, may be common stock."""
    return not OTHER_SECURITY.search(ATTACHED_RIGHTS.sub(" ", security.casefold()))


def may_decide(
    rows: pd.DataFrame, company: Places, *, now: datetime, outstanding: Column, trades_within_days: float
) -> Mask:
    """Which of these rows still say something that no later one replaces: the others need not be read.

    Kept is of what is held by one name in one way the newest filing, each name's last row, trades of the
    last days, and of a company with a Schedule what was disposed of, which that may not know of. Of Schedules
    kept is each name's newest, and all that several file together. All is kept of companies where a form says
    something of others: amendments and joint reports.
    """
    order = from_old_to_new(rows, now)
    in_order = rows.iloc[order]
    kept = np.empty(len(rows), dtype=np.bool_)
    kept[order] = _may_decide(
        in_order,
        company[order],
        outstanding=outstanding[order],
        days_ago=-days_until(in_order["happened_on"], now),
        age=_age_days(in_order, now),
        trades_within_days=trades_within_days,
    )
    return kept


def _may_decide(
    rows: pd.DataFrame,
    company: Places,
    *,
    outstanding: Column,
    days_ago: Column,
    age: Column,
    trades_within_days: float,
) -> Mask:
    """Rows stand from old to new."""
    is_schedule = is_of_schedule(rows)
    is_told = ~np.isnan(_held(rows, outstanding, is_schedule, _is_diluted(rows, outstanding)))
    own_filing = np.where(rows["accession"] == "", np.arange(len(rows)), -1)
    filing = _numbered(company, rows["accession"], own_filing)
    name = _numbered(company, is_schedule, rows["holder"], rows["holder_cik"])
    kind = _numbered(name, rows["is_direct"] != 0, rows["security"], rows["nature"])
    is_joint = (_last(filing, name) != name) | (rows["reported_with"] != "").to_numpy(dtype=np.bool_)
    says_of_others = ~is_schedule & (is_joint | is_amendment(rows))
    is_held = is_told & ~is_schedule & (rows["is_derivative"] != 1).to_numpy(dtype=np.bool_)
    is_newest = is_held & (_last(kind, filing, is_held) == filing)
    # On one day somebody may end one Schedule and begin another: `blocks` knows which of them counts.
    last_told = _last(name, np.arange(len(rows)), is_told)
    is_newest |= is_schedule & (last_told >= 0) & (age[last_told] == age)
    is_newest |= is_schedule & np.isin(filing, filing[is_joint])
    is_last = _last(name, np.arange(len(rows))) == np.arange(len(rows))
    # A Schedule knows of all that was disposed of before it.
    oldest_schedule = np.full(company.max(initial=-1) + 1, -np.inf)
    of_schedule = is_schedule & is_last
    np.maximum.at(oldest_schedule, company[of_schedule], age[of_schedule])
    is_disposal = (rows["change"] < 0).to_numpy() & (days_ago < oldest_schedule[company])
    is_recent = (days_ago >= 0) & (days_ago <= trades_within_days)
    is_trade = is_recent & (rows["code"] != "").to_numpy(dtype=np.bool_)
    of_others = np.isin(company, company[says_of_others])
    counts: Mask = of_others | is_newest | is_last | is_disposal | is_trade
    return counts


def _numbered(*columns: Any) -> Places:
    """A number for each combination of values."""
    number = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes, values = pd.factorize(column)
        number, _combinations = pd.factorize(number * (len(values) + 1) + codes)
    return number


def _last(places: Places, values: npt.NDArray[np.int64], counted: Mask | None = None) -> Places:
    """For each row the value of the last one at its place, among those that count; −1 where none does."""
    found = np.full(places.max(initial=-1) + 1, -1)
    counted = np.ones(len(places), dtype=np.bool_) if counted is None else counted
    found[places[counted]] = values[counted]
    return found[places]


def is_of_schedule(rows: pd.DataFrame) -> Mask:
    """Which rows are of Schedules 13D and 13G: by their form, or as they tell a share without a form."""
    by_share = rows["share"].notna() & (rows["form"] == "")
    return (rows["form"].str.upper().str.startswith("SC") | by_share).to_numpy(dtype=np.bool_)


def _age_days(rows: pd.DataFrame, now: datetime) -> Column:
    """What does not tell its day keeps its place among the oldest."""
    return np.nan_to_num(-days_until(rows["as_of"], now), nan=np.inf)


def is_amendment(rows: pd.DataFrame) -> Mask:
    """Which rows are of a filing that amends another one."""
    return rows["form"].str.endswith("/A").to_numpy(dtype=np.bool_)


def from_old_to_new(rows: pd.DataFrame, now: datetime) -> Places:
    """The order of these rows; on one day a later period comes after, and an amendment after what it amends.

    An amendment filed beside the form of a later period says nothing of what is held since.
    """
    period = np.nan_to_num(days_until(rows["period_on"], now), nan=-np.inf)
    return np.lexsort((is_amendment(rows), period, -_age_days(rows, now)))


def _held(rows: pd.DataFrame, outstanding: Column, is_schedule: Mask, is_diluted: Mask) -> Column:
    """What each row says is held, as a share of the company of so many shares.

    The share told, else the one worked out; the latter too where a share is given as a percentage or the
    other way round, which the number of shares shows, and where it is of before the company issued many. Who
    holds 5 % no longer need not tell how much it still is: 0 by a Schedule that says no more.
    """
    low, high = HUNDREDFOLD
    stated, of_number = known(rows["share"], high=1), ratio(known(rows["shares"]), outstanding)
    times = ratio(of_number, stated)
    is_slip = ((times > low) & (times < high)) | ((times > 1 / high) & (times < 1 / low))
    is_worked_out = np.isnan(stated) | is_slip | is_diluted
    held = known(np.where(is_worked_out, of_number, stated), high=1)
    return np.where(is_schedule & (rows["has_left"] == 1) & np.isnan(held), 0.0, held)


def _is_diluted(rows: pd.DataFrame, outstanding: Column) -> Mask:
    """Of which rows the share told is of fewer shares than the company has by now.

    What is less by a factor of fifty or more is of another unit.
    """
    times = ratio(ratio(known(rows["shares"]), outstanding), known(rows["share"], high=1))
    is_less: Mask = (times >= 1 / HUNDREDFOLD[0]) & (times < DILUTED)
    return is_less
