"""Blocks: what the persons of a Schedule 13D or 13G hold together.

Everybody with power over shares reports them: a fund, its manager and the manager's owner each tell the
same ones. So a filing's persons are one block: the most that any of them shares the power over, and
beside it what each alone may vote or sell.
Sources: 17 CFR 240.13d-1(k), 13d-3, 13d-5(b); rows 7 to 13 of the cover page.
"""

from collections.abc import Hashable, Iterable, Sequence
from math import isnan, nan
from typing import Final, NamedTuple

from assets.metrics.reports import Line

FIVE_PERCENT: Final = 0.05
"""Who reports less than this has left: from here on nothing has to be reported any more (13d-2(b))."""
SAME: Final = 1e-3
"""What differs by less than this part is the same block."""


class Block(NamedTuple):
    """What one filing tells: `held` is a share of the company; `shares` may be NaN."""

    group: Hashable
    persons: frozenset[Hashable]
    shares: float
    held: float
    is_shared: bool
    reported_days_ago: float


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Of lines of Schedules, from old to new, what still counts: each person's newest filing.

    Who reports again takes along what is shared with others, so that a group's amendment replaces the
    group even where it names fewer.
    """
    known = [line for line in lines if not isnan(line.held)]
    newest = {person: line.filing for person, line in _last_words(known).items()}
    filings: dict[str, list[Line]] = {}
    for line in known:
        filings.setdefault(line.filing, []).append(line)
    found = [_block(of_filing, newest) for of_filing in filings.values()]
    return [each for each in found if each is not None]


def _last_words(lines: Sequence[Line]) -> dict[Hashable, Line]:
    """Each person's last line. Who begins a 13D on the day on which he amends his 13G the last time, or the
    other way round, amends by that not what he has begun."""
    newest: dict[Hashable, Line] = {}
    for line in lines:
        before = newest.get(line.reporter.person)
        if before is None or not _is_of_another_type(line, before):
            newest[line.reporter.person] = line
    return newest


def _is_of_another_type(line: Line, before: Line) -> bool:
    is_of_one_day = line.reported_days_ago == before.reported_days_ago
    is_begun = line.is_amendment and not before.is_amendment
    return is_of_one_day and is_begun and line.form_type != before.form_type


def _block(filing: Sequence[Line], newest: dict[Hashable, str]) -> Block | None:
    live = [line for line in filing if newest[line.reporter.person] == line.filing]
    gone = [line for line in filing if newest[line.reporter.person] != line.filing]
    if not live:
        return None
    largest = max(live, key=lambda line: line.held)
    held = together([_powers(line) for line in live], [_powers(line) for line in gone])
    return Block(
        largest.reporter.group,
        frozenset(line.reporter.person for line in live),
        largest.shares if held == largest.held else largest.shares * held / (largest.held or nan),
        held,
        any(_powers(line)[1] for line in live),
        largest.reported_days_ago,
    )


def _powers(line: Line) -> tuple[float, float]:
    """What this person holds alone and what with others, as shares of the company.

    Who does not tell how it is divided is taken to share all of it.
    """
    if isnan(line.shared_shares) or not line.shares > 0:
        return 0.0, line.held
    shared = line.held * min(line.shared_shares / line.shares, 1.0)
    return line.held - shared, shared


def together(live: Sequence[tuple[float, float]], gone: Sequence[tuple[float, float]] = ()) -> float:
    """The block of these persons (alone, shared), without what those who report elsewhere took along.

    A part that several say they hold alone is one part, and so is one that is the sum of the others or that
    another shares. It is never less than what one person holds.
    """
    if len(live) == 1 and not gone:
        return sum(live[0])
    shared = max(each for _alone, each in live)
    if shared <= (1 + SAME) * max((each for _alone, each in gone), default=-1.0):
        shared = 0.0
    elsewhere = [alone for alone, _shared in gone if alone]
    left = [(alone, min(each, shared)) for alone, each in live if not _is_among(alone, elsewhere)]
    parts: list[float] = []
    for part, _shared in sorted(left, reverse=True):
        if part and not _is_among(part, (*parts, shared)):
            parts.append(part)
    if len(parts) > 1 and _is_same(parts[0], sum(parts[1:])):
        parts = parts[:1]
    if _is_same(sum(parts), shared):
        parts = []
    return max(shared + sum(parts), max((sum(each) for each in left), default=0.0))


def _is_among(part: float, others: Iterable[float]) -> bool:
    return any(_is_same(part, each) for each in others)


def _is_same(one: float, other: float) -> bool:
    return abs(one - other) <= SAME * max(one, other)
