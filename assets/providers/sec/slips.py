"""Slips of scale or sign: a single amount in thousands as if in dollars, or the other way round, or a deficit
told as a surplus.

It is about a thousand or a million times, or such a part of, what the same tag had before and after it, or as
much with the other sign, while the other lines of the report moved little. Several lines that move together
are the company's own story, or the scale of a whole report (`scales`). Nor is a balance one that is what the
same balance sheet leaves after its liabilities.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from assets.providers.sec.debt import are_equal
from assets.providers.sec.ledger import Span
from assets.providers.sec.values import FiledValue

TIMES: Final = (1e3, 1e6)
THOUSAND: Final = 1_000
SLACK: Final = 1.5
"""How much a line may have grown or shrunk besides (our judgement)."""
SIGN_SLACK: Final = 1.15
"""How much a balance of the other sign may have moved besides: whoever really crosses zero hardly ever comes
out as far on the other side (of those recorded, Apple in 2022 at .58 and Marvell in 2025 at 1.20)."""
LITTLE: Final = 10.0
"""By which factor lines move from quarter to quarter without a remark (our judgement)."""
FEWEST_STILL: Final = 3
STILL_PER_MOVED: Final = 6
"""So many lines that moved little for each other one that moved far, besides the first: an amount stands
under a second tag now and then, and who slips once slips again (our judgement)."""
FEWEST_DIGITS: Final = 3
"""Of an amount that stands a thousandfold under another tag; rounder ones do so by chance."""
NEIGHBOURS: Final = timedelta(days=400)

Slip = tuple[str, str, Span]
"""Tag, filing and period."""


@dataclass(frozen=True, slots=True)
class SheetTags:
    """Tags of total assets, of all liabilities, and of what is neither these nor the owners' equity."""

    assets: AbstractSet[str]
    liabilities: AbstractSet[str]
    apart: AbstractSet[str]


Sheets = Mapping[tuple[str, Span], Mapping[str, FiledValue]]
"""The balances of a filing and a day by their tag."""


@dataclass(frozen=True, slots=True)
class _Series:
    """What a tag came to at each end of a period, a day's part of it where it flows; as told last."""

    ends: list[date]
    amounts: Mapping[date, dict[int, float]]

    def beside(self, end: date, days: int, step: int) -> tuple[date, float] | None:
        """The nearest earlier (−1) or later (1) end and its amount, of the period of the nearest length."""
        place = bisect_left(self.ends, end)
        place = place - 1 if step < 0 else place + (place < len(self.ends) and self.ends[place] == end)
        if not 0 <= place < len(self.ends) or abs(self.ends[place] - end) > NEIGHBOURS:
            return None
        of_end = self.amounts[self.ends[place]]
        return self.ends[place], of_end[min(of_end, key=lambda each: (abs(each - days), each))]


def slips_of(
    values: Iterable[tuple[str, FiledValue]], alike: Sequence[AbstractSet[str]], whole: SheetTags
) -> set[Slip]:
    """Those of these tags among amounts in the order of filing, of one scale from report to report.

    `alike` are sets of tags by which one figure is told, `whole` those of a balance sheet's totals. One slip
    hides the next: what is found is looked at no more.
    """
    listed = [(tag, each) for tag, each in values if each.value]
    sheets, tags = _sheets(listed), frozenset(tag for some in alike for tag in some)
    found = _told_twice(sheets, alike, whole.assets)
    listed = [(tag, each) for tag, each in listed if (tag, each.accession, each.span) not in found]
    while more := {each for each in _more_slips(listed, tags) if not _is_proven(each, sheets, whole)}:
        found |= more
        listed = [(tag, each) for tag, each in listed if (tag, each.accession, each.span) not in more]
    return found


def _sheets(listed: Iterable[tuple[str, FiledValue]]) -> Sheets:
    by_day: dict[tuple[str, Span], dict[str, FiledValue]] = defaultdict(dict)
    for tag, each in listed:
        if each.span[0] is None:
            by_day[each.accession, each.span][tag] = each
    return by_day


def _is_proven(slip: Slip, sheets: Sheets, whole: SheetTags) -> bool:
    """Whether it is what the assets of a day, as the same filing tells them, leave after its liabilities."""
    tag, accession, span = slip
    balances = sheets.get((accession, span), {})
    return tag in balances and any(are_equal(balances[tag].value, rest) for rest in _rests(balances, whole))


def _rests(balances: Mapping[str, FiledValue], whole: SheetTags) -> set[Decimal]:
    assets, liabilities, apart = (
        {balances[tag].value for tag in some & balances.keys()}
        for some in (whole.assets, whole.liabilities, whole.apart)
    )
    return {
        total - owed - other for total in assets for owed in liabilities for other in (Decimal(0), *apart)
    }


def _told_twice(sheets: Sheets, alike: Sequence[AbstractSet[str]], totals: AbstractSet[str]) -> set[Slip]:
    """Amounts of a balance that the same filing tells a thousandfold under another tag of the same figure,
    where that is no more than all assets."""
    found = set[Slip]()
    for (accession, span), told in sheets.items():
        most = max((told[tag].value for tag in totals if tag in told), default=None)
        for some in alike:
            own = [(tag, told[tag].value) for tag in some if tag in told]
            found |= {
                (tag, accession, span)
                for tag, value in own
                for _other, more in own
                if abs(more) <= (most or 0) and _is_thousandth(value, more)
            }
    return found


def _is_thousandth(value: Decimal, more: Decimal) -> bool:
    is_odd = len(value.normalize().as_tuple().digits) >= FEWEST_DIGITS
    return is_odd and value * more > 0 and abs(more - value * THOUSAND) <= THOUSAND


def _more_slips(listed: Sequence[tuple[str, FiledValue]], tags: AbstractSet[str]) -> set[Slip]:
    series = _series(listed)
    moves: dict[tuple[str, date, bool], dict[str, float]] = defaultdict(dict)
    suspects: list[tuple[str, FiledValue]] = []
    for tag, each in listed:
        days = _days(each.span)
        before = series[tag, days > 0].beside(each.span[1], days, -1)
        if before:
            times = _amount(each) / before[1]
            moves[each.accession, each.span[1], days > 0].setdefault(tag, abs(times))
            if tag in tags and (_is_scale(times) or (not days and _is_sign(times))):
                suspects.append((tag, each))
    return {
        (tag, each.accession, each.span)
        for tag, each in suspects
        if _is_alone(moves[each.accession, each.span[1], _days(each.span) > 0], tag)
        and _is_unlike_its_neighbours(series[tag, _days(each.span) > 0], each)
    }


def _series(listed: Iterable[tuple[str, FiledValue]]) -> dict[tuple[str, bool], _Series]:
    amounts: dict[tuple[str, bool], dict[date, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for tag, each in listed:
        days = _days(each.span)
        amounts[tag, days > 0][each.span[1]][days] = _amount(each)
    return {key: _Series(sorted(by_end), by_end) for key, by_end in amounts.items()}


def _days(span: Span) -> int:
    """Of a flow; 0 of a balance."""
    return (span[1] - span[0]).days + 1 if span[0] else 0


def _amount(value: FiledValue) -> float:
    return float(value.value) / (_days(value.span) or 1)


def _is_scale(times: float) -> bool:
    """Whether this is about a thousand or a million, or such a part."""
    larger = max(times, 1 / times)
    return any(each / SLACK <= larger <= each * SLACK for each in TIMES)


def _is_sign(times: float) -> bool:
    return 1 / SIGN_SLACK <= -times <= SIGN_SLACK


def _is_alone(moves: Mapping[str, float], tag: str) -> bool:
    others = [max(times, 1 / times) for other, times in moves.items() if other != tag]
    still = sum(times < LITTLE for times in others)
    return still >= FEWEST_STILL and len(others) - still <= max(1, still // STILL_PER_MOVED)


def _is_unlike_its_neighbours(series: _Series, value: FiledValue) -> bool:
    """Whether all that was told of the year before is alike, and what came after it is like that."""
    end, days = value.span[1], _days(value.span)
    before, after = (series.beside(end, days, step) for step in (-1, 1))
    if before is None:
        return False
    likes = [after[1]] if after else []
    earlier = series.beside(before[0], days, -1)
    while earlier and end - earlier[0] <= NEIGHBOURS:
        likes.append(earlier[1])
        earlier = series.beside(earlier[0], days, -1)
    return all(1 / LITTLE < each / before[1] < LITTLE for each in likes)
