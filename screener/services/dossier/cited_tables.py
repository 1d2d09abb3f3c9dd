"""Tables of a cited dossier: what comes free, who holds it, where it trades; a line for each further one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.holders import read_holders
from screener.services.dossier.sections.liquidity import ShownBook, ShownPool, read_liquidity
from screener.services.dossier.sections.unlocks import UnlocksSection, read_unlocks
from screener.services.dossier.unlock_values import UnlockValue
from screener.words.findings import category_name, holder_name
from screener.words.numbers import plain_figure
from screener.words.sources import tellers

MOST_ROWS: Final = 12

Amount = Decimal | float | None
Cited = Callable[[Iterable[int]], tuple[int, ...]]
"""Gives the numbers of observations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedTable:
    """Rows, each a cell a column; the last `figures` columns are numbers. `remark`: what is not in them."""

    title: str
    columns: Sequence[str]
    figures: int
    rows: Sequence[Sequence[str]]
    cites: tuple[int, ...]
    remark: str = ""


def cited_tables(facts: DossierFacts, *, cited: Cited) -> list[CitedTable]:
    """Those that have a row, in the order of `TABLES`."""
    return [table for make in TABLES if (table := make(facts, cited)).rows]


def _unlocks(facts: DossierFacts, cited: Cited) -> CitedTable:
    shown = read_unlocks(facts)
    ahead = [each for each in shown.unlocks if not each.is_past]
    return CitedTable(
        title=_("Unlocks ahead"),
        columns=(_("Date"), _("For"), _("Amount"), _("Of circulating"), _("At the last price")),
        figures=3,
        rows=[
            (
                _when(each),
                category_name(each.category),
                plain_figure(each.amount, "count"),
                plain_figure(each.of_circulating_share, "share"),
                plain_figure(each.value_usd, "usd"),
            )
            for each in ahead[:MOST_ROWS]
        ],
        remark=" ".join(filter(None, (_first_of(len(ahead)), *_doubts(shown)))),
        cites=cited([shown.schedule.observation_id] if shown.schedule else []),
    )


def _when(unlock: UnlockValue) -> str:
    """A day, or a stretch of time in which it comes free evenly: of one that runs, a part has."""
    if unlock.ends_at is None:
        return _day(unlock.unlock_at)
    how = _("evenly, running") if unlock.is_running else _("evenly")
    return f"{_day(unlock.unlock_at)} – {_day(unlock.ends_at)} ({how})"


def _holders(facts: DossierFacts, cited: Cited) -> CitedTable:
    shown = read_holders(facts)
    first = shown.positions[:MOST_ROWS]
    return CitedTable(
        title=_("Largest holders"),
        columns=(_("Holder"), _("Type"), _("Balance"), _("Share of supply")),
        figures=2,
        rows=[
            (
                each.label or each.address,
                holder_name(each.holder_type),
                plain_figure(each.balance, "count"),
                plain_figure(each.share, "share"),
            )
            for each in first
        ],
        remark=_first_of(shown.count),
        cites=cited(each.snapshot.observation_id for each in first),
    )


def _venues(facts: DossierFacts, cited: Cited) -> CitedTable:
    shown = read_liquidity(facts)
    pools = [each for each in shown.pools if not each.is_outdated]
    books = [each for each in shown.books if not each.is_outdated]
    counted: list[ShownPool | ShownBook] = [*pools, *books]
    rows = [
        *(_pool(each) for each in pools),
        *(_book(each) for each in books),
    ]
    return CitedTable(
        title=_("Where it trades"),
        columns=(_("Pair"), _("Venue"), _("−2 % depth"), _("24 h volume")),
        figures=2,
        rows=rows[:MOST_ROWS],
        remark=_first_of(len(rows)),
        cites=cited(told.observation_id for each in counted[:MOST_ROWS] for told in tellers(each.row)),
    )


def _pool(pool: ShownPool) -> tuple[str, ...]:
    row = pool.row
    volume = _figure(row.volume_24h_usd, is_questioned="volume_24h_usd" in pool.questioned)
    return (row.pair or row.address, row.dex, plain_figure(pool.depth_down_usd, "usd"), volume)


def _book(book: ShownBook) -> tuple[str, ...]:
    row = book.row
    depth = _figure(row.depth_down_usd, is_questioned="depth_down_usd" in book.questioned)
    volume = _figure(row.volume_24h_usd, is_questioned="volume_24h_usd" in book.questioned)
    return (row.pair, row.venue, depth, volume)


def _figure(amount_usd: Amount, *, is_questioned: bool) -> str:
    figure = plain_figure(amount_usd, "usd")
    return _("%(figure)s (questioned)") % {"figure": figure} if is_questioned else figure


def _first_of(count: int) -> str:
    counts = {"listed": MOST_ROWS, "count": count}
    return _("The first %(listed)s of %(count)s are listed.") % counts if count > MOST_ROWS else ""


def _doubts(shown: UnlocksSection) -> Iterator[str]:
    """As the page says beside the schedule."""
    if shown.figures.get("unlocks_open"):
        yield _(
            "The schedule is incomplete: parts of it list no unlocks, or more is locked than it lists. The "
            "unlocks shown are a lower bound."
        )
    if not shown.is_unit_known:
        yield _(
            "The units were split or redenominated, and it is not known in which units the schedule counts. "
            "Its amounts are shown as they were told."
        )


def _day(when: date) -> str:
    return date_format(when, "j M Y")


TABLES: Final[tuple[Callable[[DossierFacts, Cited], CitedTable], ...]] = (_unlocks, _holders, _venues)
