"""Debt of a company at the end of a period: all that it owes to lenders, each amount once.

Small companies owe under many tags side by side: notes, convertible notes, notes to related parties, credit
lines, the current portion of a loan. Large ones report a total, its parts and both together. What belongs
together follows from the taxonomy and from the amounts:

- a total is never less than its parts; where it is, it stands beside them
- the same odd amount under two tags is one amount; an amount that others add up to is their total
- a tag for both terms together counts where the part due after a year is not reported; one that names a
  single debt where nothing else is
- amounts due to related parties are debt, and no part of other totals
- lease liabilities are no debt, but where the company's own total of debt includes finance leases
- no sum is more than all liabilities: where notes tell the principal, the lines by term alone count
"""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Final

from assets.providers.sec.debt_tags import DEBT, DebtKind, DebtLine, DebtTags
from assets.providers.sec.ledger import FiledFigure, Ledger, Span

ODD_DIGITS: Final = 3
"""Two debts may both be of 500,000; of 512,000 they are one."""

ROUNDING_SHARE: Final = Decimal("0.001")
MOST_LINES: Final = 8
NONE: Final = Decimal(0)

ValueOf = Callable[[str], Decimal | None]


def debt_of(
    ledger: Ledger, taxonomy: str, end: date, *, by: date, liabilities: Decimal | None
) -> FiledFigure | None:
    """What was owed to lenders on the day `end`; None where no tag of debt is reported of that day, or only
    such as can't be."""
    tags = DEBT[taxonomy]
    known = {tag: each for tag in tags.all_tags if (each := ledger.known(tag, (None, end), by=by))}
    if not known or ledger.is_set_aside(tags.all_tags, end, end):
        return None

    past = _Past.of(ledger, tags, by=by)
    for some in (known.keys(), known.keys() & tags.of_terms):

        def value_of(tag: str, some: AbstractSet[str] = some) -> Decimal | None:
            return known[tag].value if tag in some else None

        amount = _Owed(tags, value_of, past).amount
        if some and (liabilities is None or amount <= liabilities * (1 + ROUNDING_SHARE)):
            return FiledFigure(amount, max(known[tag].since for tag in some))
    return None


@dataclass(frozen=True, slots=True)
class _Owed:
    """One balance sheet's debt."""

    tags: DebtTags
    value_of: ValueOf
    past: "_Past"

    @property
    def amount(self) -> Decimal:
        now = self._now()
        later = self._together(line for kind in self.tags.kinds for line in kind.later)
        total = self._unclassified() or self._by_term(now, later) + together(self._of_both_terms())
        wholes = [whole for tag in self.tags.whole if (whole := self.value_of(tag)) is not None]
        if self.tags.is_whole_firm and wholes and wholes[0] >= max(now or NONE, later or NONE):
            total = wholes[0]
        elif now is None or later is None:
            total = max([total, *wholes])
        if not total:
            total = max((self.value_of(tag) or NONE for tag in self.tags.details), default=NONE)
        return self._with_related(total)

    def _unclassified(self) -> Decimal:
        """The lines of a balance sheet that tells of no term, as of banks and owners of real estate."""
        general, *others = self.tags.kinds
        of_terms = [line for kind in (general, *others) for line in (*kind.current, *kind.later)]
        split = self._together(line for line in of_terms if line not in general.current[:1])
        if split is not None or self.value_of(self.tags.within_a_year) is not None:
            return NONE
        single = (DebtLine((tag,)) for tag in (self.tags.long_term, *self.tags.details))
        both = [*single, *(line for kind in self.tags.kinds for line in kind.both)]
        return (self._together(general.current[:1]) or NONE) + (self._together(both) or NONE)

    def _now(self) -> Decimal | None:
        """What is due within a year, without the lines that were parts of another one on an earlier day."""
        (general, *_others) = self.tags.kinds
        lines = [line for kind in self.tags.kinds for line in kind.current]
        due_now = self._together(general.current[1:]) or NONE
        inside = [line for line in lines if line in self.past.inside]
        if (self._together(inside) or NONE) <= due_now:
            lines = [line for line in lines if line not in inside]
        return self._together(lines)

    def _by_term(self, now: Decimal | None, later: Decimal | None) -> Decimal:
        """What is due within a year and what is due after it."""
        general, *_others = self.tags.kinds
        short = self._together(general.current[:1]) or NONE
        within_a_year = max(now or NONE, self.value_of(self.tags.within_a_year) or NONE)
        long_term = self.value_of(self.tags.long_term)
        if long_term is None:
            return within_a_year + (later or NONE)
        if later is None and self.past.may_include_current:
            return within_a_year + max(long_term - (within_a_year - short), NONE)
        return within_a_year + (long_term if later is None else later)

    def _of_both_terms(self) -> list[Decimal]:
        """What the tags of kinds of debt for both terms tell beyond those of each term."""
        general, *others = self.tags.kinds
        told_in_general = max(
            self._together((*general.current, *general.later)) or NONE,
            self.value_of(self.tags.long_term) or NONE,
            self.value_of(self.tags.within_a_year) or NONE,
        )
        beyond = []
        for kind in (general, *others):
            both, ours = self._together(kind.both), self._together(kind.current)
            is_general = both is not None and is_odd(both) and both == told_in_general
            if both is None or is_general or self._together(kind.later) is not None:
                continue
            if ours is not None:
                beyond.append(max(both - ours, NONE))
            elif both > told_in_general:
                beyond.append(both)
        return beyond

    def _with_related(self, total: Decimal) -> Decimal:
        """A total that other lines and those of related parties add up to includes them already."""
        related = self._related(self.tags.related)
        lines = self._together(
            line for kind in self.tags.kinds for line in (*kind.current, *kind.later, *kind.both)
        )
        totals = [self.value_of(tag) for tag in (*self.tags.whole, self.tags.within_a_year)]
        is_included = related and any(each and are_equal(each, (lines or NONE) + related) for each in totals)
        return total if is_included else total + related

    def _related(self, kind: DebtKind) -> Decimal:
        split = self._together((*kind.current, *kind.later)) or NONE
        return max(split, self._together(kind.both) or NONE)

    def _together(self, lines: Iterable[DebtLine]) -> Decimal | None:
        """The sum of what is given under these lines, each amount once; None where nothing is."""
        lines = list(lines)
        inside = self._inside(tag for line in lines for tag in line.all_tags)

        def value_of(tag: str) -> Decimal | None:
            return None if tag in inside else self.value_of(tag)

        amounts = [amount for line in lines if (amount := amount_of(line, value_of)) is not None]
        return together(amounts) if amounts else None

    def _inside(self, tags: Iterable[str]) -> set[str]:
        """The tags whose amounts add up to that of another one."""
        known = {tag: value for tag in tags if (value := self.value_of(tag))}
        inside = set[str]()
        for total in sorted(set(known.values()), reverse=True) if len(known) <= MOST_LINES else ():
            smaller = {value: tag for tag, value in known.items() if value < total}
            inside |= {smaller[part] for part in parts_of(total, sorted(smaller))}
        return inside


def amount_of(line: DebtLine, value_of: ValueOf) -> Decimal | None:
    """The total of a line, or what its parts add up to where that is more."""
    own = next((value for tag in line.tags if (value := value_of(tag)) is not None), None)
    parts = [amount for part in line.parts if (amount := amount_of(part, value_of)) is not None]
    known = [each for each in (own, together(parts) if parts else None) if each is not None]
    return max(known, default=None)


def together(amounts: Sequence[Decimal]) -> Decimal:
    """Their sum, without what is given twice and without the parts of a total among them."""
    once: list[Decimal] = []
    for amount in sorted(amounts):
        if not (amount in once and is_odd(amount)):
            once.append(amount)
    for total in reversed(once if len(once) <= MOST_LINES else []):
        parts = parts_of(total, [each for each in once if each < total])
        if parts:
            rest = list(once)
            for part in parts:
                rest.remove(part)
            return together(rest)
    return sum(once, NONE)


def parts_of(total: Decimal, others: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Two or more of the others that add up to this odd total, () where none do."""
    if not is_odd(total):
        return ()
    some = [each for each in others if each > 0]
    for count in range(2, len(some) + 1):
        for parts in combinations(some, count):
            if sum(parts) == total:
                return parts
    return ()


def is_odd(amount: Decimal) -> bool:
    """Whether an amount has so many digits that no other one is the same by chance."""
    return len(amount.normalize().as_tuple().digits) >= ODD_DIGITS


def are_equal(one: Decimal, other: Decimal) -> bool:
    """Equal but for rounding."""
    return abs(one - other) <= ROUNDING_SHARE * max(abs(one), abs(other))


@dataclass(frozen=True, slots=True)
class _Past:
    """How this company's tags stood to each other on all days of which it told."""

    may_include_current: bool
    """Whether the tag of long-term loans was never told with less than what of them is due now."""

    inside: frozenset[DebtLine]
    """The lines that added up, on some day, to what of the long-term loans is due now."""

    @classmethod
    def of(cls, ledger: Ledger, tags: DebtTags, *, by: date) -> "_Past":
        (general, *others) = tags.kinds
        may_include, inside = True, set[DebtLine]()
        days = {
            span for line in general.current[1:] for tag in line.all_tags for span in ledger.balances(tag)
        }
        for span in sorted(days, key=lambda each: each[1]):

            def value_of(tag: str, span: Span = span) -> Decimal | None:
                known = ledger.known(tag, span, by=by)
                return known.value if known else None

            due_now = together([amount_of(line, value_of) or NONE for line in general.current[1:]])
            whole = value_of(tags.long_term)
            may_include &= whole is None or whole >= due_now * (1 - ROUNDING_SHARE)
            lines = {line: amount_of(line, value_of) for kind in others for line in kind.current}
            parts = parts_of(due_now, [each for each in lines.values() if each is not None])
            inside.update(line for line, amount in lines.items() if amount in parts)
        return cls(may_include, frozenset(inside))
