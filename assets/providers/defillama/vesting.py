"""Token unlocks (vesting) out of a DefiLlama schedule: its events, sections by category and daily curves.

The list of events leaves out a stretch whose rate is that of the one before it, the curve is cut
after ten years: the one that lists more is believed. Dirty data stays out with a remark.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

from assets.sourcing.messages import message
from assets.sourcing.reading import (
    Moment,
    Number,
    RowReader,
    Text,
    VendorModel,
    amount_of,
    decimal_of,
    moment_of,
    text_of,
)
from assets.sourcing.rows import Unlock

CATEGORIES: Final = {
    "insiders": "team",
    "team": "team",
    "founders": "team",
    "privatesale": "investors",
    "investors": "investors",
    "publicsale": "public",
    "airdrop": "community",
    "farming": "community",
    "staking": "community",
    "community": "community",
    "liquidity": "ecosystem",
    "ecosystem": "ecosystem",
    "noncirculating": "treasury",
    "treasury": "treasury",
    "reserve": "treasury",
}
"""DefiLlama's words, in lower case; what is not among them, or missing, is `other`."""

A_SECOND: Final = timedelta(seconds=1)
A_DAY: Final = timedelta(days=1)
A_WEEK_S: Final = 604_800
UNREAD: Final = "\0"
"""Stands for the recipient of what could not be read; no recipient is called so."""
EQUAL_STEPS: Final = 3
"""So many equal cliffs of one recipient are the steps of one vesting."""

SLACK: Final = Decimal("0.005")
"""A curve is drawn straight where that moves it by no more than this share of its height."""

MORE: Final = Decimal("1.01")
"""A daily curve that shows this much more than the list of events is believed."""


class InCamelCase(VendorModel):
    model_config = ConfigDict(alias_generator=to_camel)


class Cliff(InCamelCase):
    recipient: Text = ""
    category: Text = ""
    amount: Number


class Stretch(InCamelCase):
    recipient: Text = ""
    category: Text = ""
    new_rate_per_week: Number
    end_timestamp: Number


class Turn(InCamelCase):
    timestamp: Moment
    cliff_allocations: list[Any] | None = None
    linear_allocations: list[Any] | None = None


Point = tuple[datetime, Decimal]
"""How much has been unlocked until a moment."""

Release = tuple[datetime, datetime | None, Decimal]
"""How much comes from when, and until when if it does not come at once."""


@dataclass(slots=True)
class Recipient:
    """Who gets tokens: what the list of events says, and what the daily curve draws."""

    category: str = ""
    cliffs: list[Release] = field(default_factory=list)
    stretches: list[Release] = field(default_factory=list)
    broken: list[Release] = field(default_factory=list)
    is_listed: bool = False
    is_harmed: bool = False


def read_unlocks(
    turns: object, sections: object, totals: object, reader: RowReader
) -> tuple[list[Unlock], bool]:
    """Every unlock that the events (`turns`), the sections by category and the daily totals tell, and
    whether these are all: only where the sections are named, each lists some, and none came to harm.
    """
    recipients = _recipients(turns, reader)
    _name_sections(sections, recipients)
    unlocks, silent = _unlocks(recipients, dict(_curves(totals, reader)), reader)
    is_named = isinstance(sections, dict) and any(sections.values())
    return unlocks, is_named and not silent and not any(each.is_harmed for each in recipients.values())


def _recipients(turns: object, reader: RowReader) -> defaultdict[str, Recipient]:
    """What the list of events says, by recipient."""
    recipients: defaultdict[str, Recipient] = defaultdict(Recipient)
    for item in turns if isinstance(turns, list) else ():
        turn = reader.read(Turn, item)
        if turn is None or turn.timestamp is None:
            recipients[UNREAD].is_harmed = True
            continue
        for allocation in turn.cliff_allocations or ():
            if cliff := reader.read(Cliff, allocation):
                _add_cliff(recipients[cliff.recipient], cliff, turn.timestamp, reader)
            else:
                recipients[UNREAD].is_harmed = True
        for allocation in turn.linear_allocations or ():
            if stretch := reader.read(Stretch, allocation):
                _add_stretch(recipients[stretch.recipient], stretch, turn.timestamp, reader)
            else:
                recipients[UNREAD].is_harmed = True
    return recipients


def _add_cliff(recipient: Recipient, cliff: Cliff, at: datetime, reader: RowReader) -> None:
    recipient.is_listed, recipient.category = True, recipient.category or cliff.category
    recipient.is_harmed |= cliff.amount is None
    if cliff.amount is None or cliff.amount < 0:
        # Burns are written as negative cliffs: no sign that the body came to harm.
        reader.reject(
            "%(recipient)s: a cliff of %(amount)s tokens is no unlock.",
            recipient=cliff.recipient[:80],
            amount=cliff.amount,
        )
    elif cliff.amount:
        recipient.cliffs.append((at, None, cliff.amount))


def _add_stretch(recipient: Recipient, stretch: Stretch, at: datetime, reader: RowReader) -> None:
    """A rate holds from its event to its own end; a rate of nothing is a pause."""
    recipient.is_listed, recipient.category = True, recipient.category or stretch.category
    if stretch.new_rate_per_week == 0:
        return
    try:
        recipient.stretches.append(_steady(stretch, at))
    except ValueError as error:
        recipient.is_harmed = True
        recipient.broken.append((at, None, _jump(stretch, at)))
        reader.reject(
            "%(recipient)s: the unlock that begins on %(day)s %(problem)s.",
            recipient=stretch.recipient[:80],
            day=f"{at:%Y-%m-%d}",
            problem=error,
        )


def _steady(stretch: Stretch, at: datetime) -> Release:
    """`ValueError` says why a stretch is none."""
    rate, end = stretch.new_rate_per_week, stretch.end_timestamp
    if rate is None or end is None:
        raise ValueError(message("has no rate") if rate is None else message("has no end"))
    seconds = end - int(at.timestamp())
    if seconds <= 0:
        raise ValueError(message("ends before it starts"))
    if rate < 0:
        raise ValueError(message("takes tokens back"))
    return at, moment_of(end), amount_of(rate * seconds / A_WEEK_S) or Decimal(0)


def _jump(stretch: Stretch, at: datetime) -> Decimal:
    """By how much a stretch that ends before it starts lifts the daily curve at its start."""
    rate, end = stretch.new_rate_per_week, stretch.end_timestamp
    seconds = Decimal(0) if end is None else min(end - int(at.timestamp()), Decimal(0))
    return max((rate or 0) * seconds / A_WEEK_S, Decimal(0))


def _name_sections(by_category: object, recipients: defaultdict[str, Recipient]) -> None:
    """The sections by category; one without events still belongs to the schedule."""
    for category, sections in (by_category if isinstance(by_category, dict) else {}).items():
        for section in sections if isinstance(sections, list) else ():
            if isinstance(section, str):
                recipient = recipients[text_of(section)]
                recipient.category = recipient.category or text_of(category)


def _unlocks(
    recipients: defaultdict[str, Recipient], curves: Mapping[str, list[Point]], reader: RowReader
) -> tuple[list[Unlock], int]:
    """Every unlock of every recipient, and how many of them list none: those are not known, not empty."""
    unlocks: list[Unlock] = []
    silent = 0
    for section in {**recipients, **curves}:
        recipient = recipients[section]
        if section is UNREAD:
            continue
        steady = _believed(recipient, curves.get(section, []))
        category = CATEGORIES.get(recipient.category.lower(), "other")
        amounts = Counter(amount for _at, _ends_at, amount in recipient.cliffs)
        silent += not (steady or recipient.is_listed)
        for at, ends_at, amount in (*recipient.cliffs, *steady):
            shape = "linear" if ends_at else "step" if amounts[amount] >= EQUAL_STEPS else "cliff"
            unlocks.append(
                Unlock(unlock_at=at, amount=amount, category=category, shape=shape, ends_at=ends_at)
            )
    if silent:
        reader.remark("The schedule is not whole; sections that list no unlock: %(count)s.", count=silent)
    return sorted(unlocks, key=lambda unlock: unlock.unlock_at), silent


def _believed(recipient: Recipient, curve: list[Point]) -> list[Release]:
    """The steady unlocks of the events or, where it shows more, of the daily curve.

    Each of them can fall short: the events leave out a stretch whose rate is that of the one
    before it, the curve is cut after ten years. What a broken stretch puts into the curve is taken out of it.
    """
    listed = recipient.stretches
    drawn = list(_drawn(_without([*recipient.cliffs, *recipient.broken], curve)))
    listed_total, more = (sum((amount for *_when, amount in each), Decimal(0)) for each in (listed, drawn))
    return drawn if more > listed_total * MORE and more > SLACK * curve[-1][1] else listed


# Unlocks: the daily curve -----------------------------------------------------------------


def _curves(totals: object, reader: RowReader) -> Iterator[tuple[str, list[Point]]]:
    """The daily totals by section."""
    series = totals.get("data") if isinstance(totals, dict) else None
    for each in series if isinstance(series, list) else ():
        label, points = (each.get("label"), each.get("data")) if isinstance(each, dict) else (None, None)
        if not isinstance(label, str) or not isinstance(points, list):
            continue
        try:
            yield text_of(label), [_point(point) for point in points]
        except ValueError as error:
            reader.reject(
                "The daily totals of %(section)s: one %(problem)s.",
                section=text_of(label)[:80],
                problem=error,
            )


def _point(point: object) -> Point:
    if not isinstance(point, dict):
        raise ValueError(message("is not an object"))
    at, unlocked = moment_of(point.get("timestamp")), decimal_of(point.get("unlocked"))
    if at is None or unlocked is None:
        raise ValueError(message("is not given"))
    return at, unlocked


def _without(cliffs: Iterable[Release], curve: list[Point]) -> list[Point]:
    """The curve of what does not come at once; nothing when the cliffs are not those of the curve."""
    if not curve:
        return []
    ahead = sorted((at, amount) for at, _ends_at, amount in cliffs)
    rest: list[Point] = []
    fallen = Decimal(0)
    for at, unlocked in curve:
        while ahead and ahead[0][0] <= at:
            fallen += ahead.pop(0)[1]
        rest.append((at, unlocked - fallen))
    slack = SLACK * curve[-1][1]
    is_whole = rest[0][1] >= -slack and all(unlocked >= 0 for _at, unlocked in curve)
    is_rising = all(two[0] - one[0] >= A_SECOND and two[1] >= one[1] - slack for one, two in pairwise(rest))
    return rest if is_whole and is_rising else []


def _drawn(curve: list[Point]) -> Iterator[Release]:
    """The curve in as few straight pieces as stay close to it; one of a day at most is a cliff."""
    if not curve:
        return
    slack = SLACK * curve[-1][1]
    if curve[0][1] > slack:
        yield curve[0][0], None, curve[0][1]
    start = 0
    while start < len(curve) - 1:
        end = _straight_until(curve, start, slack)
        (at, before), (ends_at, after) = curve[start], curve[end]
        if after > before:
            yield (ends_at, None, after - before) if ends_at - at <= A_DAY else (at, ends_at, after - before)
        start = end


def _straight_until(curve: list[Point], start: int, slack: Decimal) -> int:
    """The last point to which a straight line from here misses none in between by more than the slack."""
    at, level = curve[start]
    lowest, highest = Decimal("-Infinity"), Decimal("Infinity")
    for end in range(start + 1, len(curve)):
        seconds = Decimal(int((curve[end][0] - at).total_seconds()))
        rise = curve[end][1] - level
        if not lowest <= rise / seconds <= highest:
            return end - 1
        lowest = max(lowest, (rise - slack) / seconds)
        highest = min(highest, (rise + slack) / seconds)
    return len(curve) - 1
