"""Holdings: what each insider holds by the lines of Forms 3, 4 and 5.

A form tells a holding by its kind: what is held directly after the last trade, and each indirect holding
(a trust, a spouse, a fund) once. Together they are what the insider owns; a later form replaces holdings
of the same kind, and an amendment what it amends.
Source: Form 4, general instructions 4 and 9, sec.gov/files/form4.pdf.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from math import isnan
from typing import Final, NamedTuple

from assets.metrics.reports import Line

EXACT_DECIMALS: Final = 4
"""Of numbers of shares that are compared."""


class Holding(NamedTuple):
    """Of one kind: `shares` may be NaN, `held` is a share of the company, `owner` the first who files it."""

    group: Hashable
    owner: Hashable
    is_direct: bool
    shares: float
    held: float
    reported_days_ago: float
    nature: str


def standing(lines: Sequence[Line]) -> list[Line]:
    """Lines of forms, from old to new, without those that a later amendment replaces.

    An amendment is of one form: of the same type, period and owner. One that tells as many lines as that
    replaces it whole; a shorter one only the trades that it tells again. It stands where its period does.
    """
    if not any(line.is_amendment for line in lines):
        return list(lines)
    periods: dict[tuple[Hashable, float, str], dict[str, list[Line]]] = {}
    for line in lines:
        period = periods.setdefault((line.reporter.group, line.period_days_ago, line.form_type), {})
        period.setdefault(line.filing, []).append(line)
    replaced = {id(line) for period in periods.values() for line in _replaced(list(period.values()))}
    return _in_place([line for line in lines if id(line) not in replaced])


def _in_place(lines: Sequence[Line]) -> list[Line]:
    """The lines with an amendment before forms of the same owners that are of later periods."""
    placed: list[Line] = []
    for line in lines:
        later = (
            place
            for place, each in enumerate(placed if line.is_amendment else ())
            if each.reporter.group == line.reporter.group and each.period_days_ago < line.period_days_ago
        )
        placed.insert(next(later, len(placed)), line)
    return placed


def _replaced(filings: Sequence[list[Line]]) -> Iterable[Line]:
    """Of the filings of one type and period, from old to new, the lines that one of them amends."""
    chains: list[list[list[Line]]] = []
    for filing in filings:
        chain = _amended(filing, chains) if filing[0].is_amendment else None
        if chain is None:
            chains.append([filing])
            continue
        again = {_trade(line) for line in filing}
        for earlier in chain:
            is_whole = len(filing) >= len(earlier)
            yield from (line for line in earlier if is_whole or _trade(line) in again)
        chain.append(filing)


def _amended(amendment: Sequence[Line], chains: Sequence[list[list[Line]]]) -> list[list[Line]] | None:
    """The form, with its amendments until now, that this one amends: the only one of its owners, else the one
    that has most in common with it; None where none has anything."""
    owners = amendment[0].reporter.jointly
    of_owners = [chain for chain in chains if owners & chain[0][0].reporter.jointly]
    if len(of_owners) == 1 and of_owners[0][0][0].reporter.jointly == owners:
        return of_owners[0]
    common = [sum(_likeness(line, chain[-1]) for line in amendment) for chain in of_owners]
    most = max(common, default=0)
    return of_owners[common.index(most)] if most else None


def _likeness(line: Line, filing: Sequence[Line]) -> int:
    """How much of one line a filing tells: the same trade, the same number, or both."""
    return max((_trade(each) == _trade(line)) + (_numbers(each) == _numbers(line)) for each in filing)


def _numbers(line: Line) -> float:
    """What changed, or what is held where nothing did; NaN is like nothing."""
    return line.change if line.is_trade else line.shares


def _trade(line: Line) -> tuple[object, ...]:
    return (line.reporter.person, line.kind, line.is_derivative, line.code, line.days_ago)


def holdings(lines: Sequence[Line]) -> list[Holding]:
    """What insiders hold by these lines of forms, from old to new, amended ones left out.

    Of who has left nothing counts: whoever is no insider any more does not report any more.
    """
    first = {line.reporter.jointly: line.reporter.person for line in lines}
    has_left = {line.reporter.person: line.has_left for line in lines}
    newest: dict[Hashable, dict[int, list[Line]]] = {}
    for line in reversed(lines):
        if is_counted(line) and not has_left[line.reporter.person]:
            of_kind = newest.setdefault(first[line.reporter.jointly], {}).setdefault(line.kind, [])
            if not of_kind or of_kind[-1].filing == line.filing:
                of_kind.append(line)
    return [
        Holding(
            line.reporter.group,
            owner,
            line.is_direct,
            line.shares,
            line.held,
            line.reported_days_ago,
            line.nature,
        )
        for owner, of_owner in newest.items()
        for line in _told_once([last_words(of_kind) for of_kind in of_owner.values()])
    ]


def is_counted(line: Line) -> bool:
    return line.is_common and not (line.is_derivative or isnan(line.held))


def last_words(of_kind: Sequence[Line]) -> list[Line]:
    """Of one filing's lines of one kind those that tell what is held in the end.

    After a trade so many are held that no other trade began with; if that leaves several, the newest
    counts of what is held directly and each one of what is held indirectly, since trusts look alike.
    Holdings without a trade stand beside each other.
    """
    if len(of_kind) == 1:
        return [*of_kind]
    kept: list[Line] = []
    trades = [line for line in of_kind if line.is_trade]
    footnotes = {line.nature for line in trades}
    for nature in footnotes:
        kept += _ends([line for line in trades if line.nature == nature])
    return kept + [line for line in of_kind if not line.is_trade]


def _ends(trades: Sequence[Line]) -> list[Line]:
    if len(trades) == 1:
        return [*trades]
    began = Counter(round(line.shares - line.change, EXACT_DECIMALS) for line in trades if line.change)
    ends: dict[float, Line] = {}
    in_order = sorted(trades, key=_when)
    for line in in_order:
        after = round(line.shares, EXACT_DECIMALS)
        if began[after]:
            began[after] -= 1
        else:
            ends[after] = line
    found = list(ends.values()) or in_order[-1:]
    return found[-1:] if trades[0].is_direct else found


def _when(line: Line) -> tuple[float, float]:
    return (0.0 if isnan(line.days_ago) else -line.days_ago), line.number


def _told_once(kinds: Sequence[list[Line]]) -> Iterable[Line]:
    """One owner's holdings without those that the newest filing tells under another description."""
    if len(kinds) == 1:
        yield from kinds[0]
        return
    newest = min(line.reported_days_ago for of_kind in kinds for line in of_kind)
    of_newest = {line.shares for of_kind in kinds for line in of_kind if line.reported_days_ago == newest}
    for of_kind in kinds:
        for line in of_kind:
            is_newest = line.is_direct or line.reported_days_ago == newest
            if is_newest or line.shares not in of_newest:
                yield line
