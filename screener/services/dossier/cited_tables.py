"""Tables of a cited dossier: what comes free, who holds it, where it trades; a line for each further one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.holders import read_holders
from screener.services.dossier.sections.liquidity import ShownPool, read_liquidity
from screener.services.dossier.sections.unlocks import read_unlocks
from screener.words.findings import category_name, holder_name
from screener.words.numbers import plain_figure

MOST_ROWS: Final = 12

Amount = Decimal | float | None
Cited = Callable[[Iterable[int]], tuple[int, ...]]
"""Gives the numbers of observations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedTable:
    """The first of `count` rows, each a cell a column; the first column is of names, `figures` of the last
    ones are numbers."""

    title: str
    columns: Sequence[str]
    figures: int
    rows: Sequence[Sequence[str]]
    count: int
    cites: tuple[int, ...]


def cited_tables(facts: DossierFacts, *, cited: Cited) -> list[CitedTable]:
    """Those that have a row, in the order of `TABLES`."""
    return [table for make in TABLES if (table := make(facts, cited)) is not None and table.rows]


def _unlocks(facts: DossierFacts, cited: Cited) -> CitedTable:
    shown = read_unlocks(facts)
    ahead = [each for each in shown.unlocks if not each.is_past]
    return CitedTable(
        title=_("Unlocks ahead"),
        columns=(_("Date"), _("For"), _("Amount"), _("Of circulating"), _("At the last price")),
        figures=3,
        rows=[
            (
                _day(each.unlock_at) + (f" – {_day(each.ends_at)}" if each.ends_at else ""),
                category_name(each.category),
                plain_figure(each.amount, "count"),
                plain_figure(each.of_circulating_share, "share"),
                plain_figure(each.value_usd, "usd"),
            )
            for each in ahead[:MOST_ROWS]
        ],
        count=len(ahead),
        cites=cited([shown.schedule.observation_id] if shown.schedule else []),
    )


def _holders(facts: DossierFacts, cited: Cited) -> CitedTable:
    shown = read_holders(facts)
    first = [*islice(shown.positions, MOST_ROWS)]
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
        count=shown.count,
        cites=cited(each.snapshot.observation_id for each in first),
    )


def _venues(facts: DossierFacts, cited: Cited) -> CitedTable:
    shown = read_liquidity(facts)
    pools = [each for each in shown.pools if not each.is_outdated]
    books = [each.row for each in shown.books if not each.is_outdated]
    counted = [*(each.row for each in pools), *books][:MOST_ROWS]
    rows = [
        *(_pool(each) for each in pools),
        *((each.pair, each.venue, *_traded(each.depth_down_usd, each.volume_24h_usd)) for each in books),
    ]
    return CitedTable(
        title=_("Where it trades"),
        columns=(_("Pair"), _("Venue"), _("−2 % depth"), _("24 h volume")),
        figures=2,
        rows=rows[:MOST_ROWS],
        count=len(rows),
        cites=cited(each.observation_id for each in counted),
    )


def _pool(pool: ShownPool) -> tuple[str, ...]:
    row = pool.row
    return (row.pair or row.address, row.dex, *_traded(pool.depth_down_usd, row.volume_24h_usd))


def _traded(depth_usd: Amount, volume_usd: Amount) -> Iterator[str]:
    yield plain_figure(depth_usd, "usd")
    yield plain_figure(volume_usd, "usd")


def _day(when: date) -> str:
    return date_format(when, "j M Y")


TABLES: Final[tuple[Callable[[DossierFacts, Cited], CitedTable | None], ...]] = (_unlocks, _holders, _venues)
