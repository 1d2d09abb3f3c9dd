"""Scales of a company's reports: which of them tells its amounts in thousands or millions as if in dollars.

Each report repeats amounts of the ones before it: the balance at the end of the last year, the same months of
it. Where most of what two reports both tell differs by exactly a thousand or a million, one of the two forgot
its scale, or gave it twice: the one that fewer reports agree with. Between as many on either side nobody
knows, and nothing is done.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Final

from assets.providers.sec.ledger import Span
from assets.providers.sec.values import FiledValue

POWERS: Final = (3, 6)
"""Of ten: thousands and millions."""
FEWEST_LINES: Final = 3
"""One line may be a slip of its own; several that differ alike are a report's scale."""
SAME_SHARE: Final = 0.001
LEAST_ROUNDED: Final = 100
"""What was rounded to a thousand or a million is known to one percent from a hundred of these on."""
OTHERS_PER_REPORT: Final = 2
"""So many reports of the usual scale for each of another one; fewer decide nothing (our judgement)."""

Line = tuple[str, Span]
Pair = tuple[str, str]


def scale_factors(values: Iterable[tuple[str, FiledValue]]) -> dict[str, Decimal]:
    """By filing what its amounts have to be multiplied by to be of the scale of the others; only those that
    are of another one. `values` are amounts by their tag, in the order of filing."""
    powers = _powers(_offsets(values))
    by_company: dict[str, dict[str, int]] = defaultdict(dict)
    for filing, (first, power) in powers.items():
        by_company[first][filing] = power
    factors: dict[str, Decimal] = {}
    for filings in by_company.values():
        (usual, most), *_rest = Counter(filings.values()).most_common()
        others = {filing: power - usual for filing, power in filings.items() if power != usual}
        if most >= OTHERS_PER_REPORT * len(others):
            factors |= {filing: Decimal(10) ** power for filing, power in others.items()}
    return factors


def in_usual_scale(value: Decimal, factor: Decimal | None) -> Decimal | None:
    """An amount in the scale of the other reports; None where too much of it was rounded away."""
    if factor is None:
        return value
    return None if factor > 1 and abs(value) < LEAST_ROUNDED else value * factor


def _offsets(values: Iterable[tuple[str, FiledValue]]) -> dict[Pair, Counter[int | None]]:
    """By two filings, the earlier first, how many lines of the later one have to be multiplied by which power
    of ten to be those of the earlier one; None counts the lines that are no multiple."""
    by_line: dict[Line, dict[str, float]] = defaultdict(dict)
    for tag, each in values:
        if each.value:
            by_line[tag, each.span][each.accession] = float(each.value)
    found: dict[Pair, Counter[int | None]] = defaultdict(Counter)
    for amounts in by_line.values():
        for (earlier, then), (later, now) in pairwise(amounts.items()):
            found[earlier, later][_power(then, now)] += 1
    return found


def _power(then: float, now: float) -> int | None:
    if abs(then - now) <= SAME_SHARE * abs(then):
        return 0
    for power in POWERS:
        unit = 10.0**power
        if abs(then) >= unit and abs(then - now * unit) <= unit:
            return power
        if abs(now) >= unit and abs(now - then * unit) <= unit:
            return -power
    return None


def _powers(offsets: Mapping[Pair, Counter[int | None]]) -> dict[str, tuple[str, int]]:
    """By filing the one that stands for all that it is linked with, and its power of ten beside that."""
    place: dict[str, tuple[str, int]] = {}
    members: dict[str, list[str]] = {}
    links = []
    for pair, lines in offsets.items():
        power, count = lines.most_common(1)[0]
        if power is not None and 2 * count > lines.total() and (power == 0 or count >= FEWEST_LINES):
            links.append((count, pair, power))
    for _count, (earlier, later), power in sorted(links, key=lambda each: (-each[0], each[1])):
        for each in (earlier, later):
            if each not in place:
                place[each], members[each] = (each, 0), [each]
        (first, own), (other, others) = place[earlier], place[later]
        if first != other:
            shift = own + power - others
            for each in members.pop(other):
                place[each] = first, place[each][1] + shift
                members[first].append(each)
    return place
