"""Answer to a screen: count, one page of rows, histograms and counts for its filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial, reduce
from typing import Final

import numpy as np
from django.utils import timezone

from assets.metrics.families import EQUITY, MARKET, TOKEN
from screener.checklist.dimensions import DIMENSIONS
from screener.checklist.staleness import limits_of
from screener.screens.answer_counts import answer_counts
from screener.screens.columns import CATEGORIES, NO_YES, SANDBOX
from screener.screens.conditions import Condition, OnWatchlist, changes_in, parts_of, walk
from screener.screens.evaluate import Context, Past, evaluate
from screener.screens.histograms import Counter, Histogram
from screener.screens.order import in_order, page_of, sort_values, values_behind
from screener.screens.panel import shares_of
from screener.screens.position import PositionSize
from screener.screens.sandbox import leaves_out_sandbox, meant
from screener.screens.screen import Screen
from screener.screens.table import Ids, Mask, Table
from screener.screens.tier_limits import TierLimits
from screener.services.desk.preferences import default_position
from screener.services.desk.size_tiers import tiers_of
from screener.services.desk.watchlists import Person, assets_by_watchlist
from screener.services.screening.prepared import PreparedTable, Selection, prepared
from screener.universe.past import history_of

PAGE_SIZE: Final = 50
NEWEST_FACT: Final = "facts_age"
PRICE_S: Final = {kind: limits_of(kind)[MARKET].total_seconds() for kind in (TOKEN, EQUITY)}
"""How old a price may be, by kind."""
HOUR_S: Final = 3_600
MINUTE_S: Final = 60
"""Questions about days since something are answered anew every minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """All rows of a screen in its order: places in the table; and how many invented assets it leaves out."""

    screen: Screen
    position: PositionSize
    tiers: TierLimits
    table: Table
    rows: Ids
    now: datetime
    sandbox_left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenRow:
    """One asset as the table shows it: texts, and numbers by column key (None = not known).

    `dimensions` are their scores in the order of the checklist. `questioned` are the columns that are not
    known because other figures contradict them. `stale_hours` is the age of even its newest fact,
    where that is older than a price may be.
    """

    asset_id: int
    card_id: int
    slug: str
    name: str
    symbol: str
    categories: Mapping[str, str]
    numbers: Mapping[str, float | None]
    dimensions: tuple[float | None, ...]
    score_low: float
    score_high: float
    gates_open: int
    gates_unverified: int
    questioned: frozenset[str]
    stale_hours: int | None = None

    @property
    def is_scored(self) -> bool:
        """Whether it has a scorecard; only what somebody put on a list can be without."""
        return self.card_id > 0

    @property
    def fictional(self) -> bool:
        """Whether it is invented, as `Asset` says it."""
        return self.categories[SANDBOX] == NO_YES[True]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenAnswer:
    """`total` rows match out of `universe`; `rows` are those of the page.

    `answers` has for each criterion that is asked for how many have which. So many invented assets would
    match as well; a screen that says nothing of them leaves them out.
    """

    screen: Screen
    position: PositionSize
    tiers: TierLimits
    total: int
    universe: int
    page: int
    pages: int
    rows: tuple[ScreenRow, ...]
    facets: Mapping[str, Mapping[str, int]]
    histograms: Mapping[str, Histogram]
    answers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    sandbox_left_out: int = 0


def run_screen(
    screen: Screen, *, user: Person, position: PositionSize | None = None, tiers: TierLimits | None = None
) -> ScreenAnswer:
    """Run the screen over the universe in memory. A page past the end is the last one.

    Exits are for the position in the screen's address, or for `position`, the reader's, or for the usual one;
    size tiers are by `tiers`, or by the limits of the user.
    """
    position = screen.position or position or default_position()
    tiers = tiers or tiers_of(user)
    sized, now_s = prepared(position, tiers), timezone.now().timestamp()
    context = screen_context(sized.table, screen.condition, user=user, now_s=now_s)
    work = partial(_answer, screen, sized, context, position=position, tiers=tiers)
    page = sized.page((screen, _asked(context)), work)
    return replace(page, position=position, tiers=tiers)  # Who asked first may call the same by other names.


def _answer(
    screen: Screen, sized: PreparedTable, context: Context, *, position: PositionSize, tiers: TierLimits
) -> ScreenAnswer:
    table, now_s, condition = sized.table, context.now_s, screen.condition
    selection = _selection(sized, condition, context)
    total = len(selection.rows)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(screen.page, pages)
    values = sort_values(table, screen.sort_key, now_s=now_s)
    start = (page - 1) * PAGE_SIZE
    rows = page_of(
        values,
        selection.rows,
        start,
        start + PAGE_SIZE,
        descending=screen.is_descending,
        behind=values_behind(table, screen.sort_key),
    )
    left_out = leaves_out_sandbox(condition, table)
    return ScreenAnswer(
        screen=screen,
        position=position,
        tiers=tiers,
        total=total,
        universe=universe_of(condition, table),
        page=page,
        pages=pages,
        rows=rows_of(table, rows, screen.columns, now_s=now_s),
        facets=selection.facets,
        histograms=selection.histograms,
        answers=selection.answers,
        sandbox_left_out=selection.facets[SANDBOX].get(NO_YES[True], 0) if left_out else 0,
    )


def universe_of(condition: Condition, table: Table) -> int:
    """Out of how many assets the condition chooses."""
    invented = table.fictional.sum() if leaves_out_sandbox(condition, table) else 0
    return len(table) - int(invented)


def select_rows(
    screen: Screen,
    *,
    user: Person,
    position: PositionSize | None = None,
    tiers: TierLimits | None = None,
    only: Sequence[int] | None = None,
) -> Selected:
    """Every row of the screen in its order, exits and tiers as `run_screen` has them.

    `only` are the ids of assets that were chosen one by one: these, whatever the screen asks.
    """
    position = screen.position or position or default_position()
    tiers = tiers or tiers_of(user)
    table = prepared(position, tiers).table
    now = timezone.now()
    left_out = None
    if only is None:
        context = screen_context(table, screen.condition, user=user, now_s=now.timestamp())
        matching = evaluate(table, screen.condition, context)
        left_out = table.fictional & matching if leaves_out_sandbox(screen.condition, table) else None
    else:
        matching = np.isin(table.ids, only)
    rows = np.flatnonzero(matching if left_out is None else matching & ~left_out)
    values = sort_values(table, screen.sort_key, now_s=now.timestamp())
    behind = values_behind(table, screen.sort_key)
    ordered = in_order(values, rows, descending=screen.is_descending, behind=behind)
    return Selected(
        screen=screen,
        position=position,
        tiers=tiers,
        table=table,
        rows=ordered,
        now=now.astimezone(UTC),
        sandbox_left_out=0 if left_out is None else int(left_out.sum()),
    )


def select(prepared_table: Table, counter: Counter, condition: Condition, context: Context) -> Selection:
    """The rows that a condition means, and how they spread under the other conditions of each filter."""
    condition = meant(condition, prepared_table)
    parts = parts_of(condition)
    masks = [evaluate(prepared_table, part, context) for part in parts]
    everything = _all(masks, len(prepared_table))
    apart = {
        key: _all(
            [mask for part, mask in zip(parts, masks, strict=True) if not any(part is each for each in own)],
            len(prepared_table),
        )
        for key, own in shares_of(condition)[0].items()
    }
    histograms, facets = counter.count(everything, apart=apart)
    answers = {
        key: answer_counts(prepared_table.states[key], np.flatnonzero(mask))
        for key, mask in apart.items()
        if key in prepared_table.states
    }
    rows = np.flatnonzero(everything)
    return Selection(rows=rows, facets=facets, histograms=histograms, answers=answers)


def context_of(conditions: Sequence[Condition], *, user: Person, now_s: float, past: Past) -> Context:
    """What these conditions are asked in; the user's watchlists are read where one speaks of them."""
    lists = assets_by_watchlist(user) if asks_for_lists(conditions) else {}
    watchlists = {name: np.array(sorted(ids), dtype=np.int64) for name, ids in lists.items()}
    return Context(now_s=now_s, watchlists=watchlists, past=past)


def asks_for_lists(conditions: Sequence[Condition]) -> bool:
    """Whether the answer depends on whose watchlists they are."""
    return any(isinstance(each, OnWatchlist) for condition in conditions for each in walk(condition))


def selection_of(of: PreparedTable, condition: Condition, *, user: Person, now_s: float) -> Selection:
    """What the condition chooses of a prepared table; kept until the table changes."""
    return _selection(of, condition, screen_context(of.table, condition, user=user, now_s=now_s))


def _selection(of: PreparedTable, condition: Condition, context: Context) -> Selection:
    work = partial(select, of.table, of.counter, condition, context)
    return of.selection((condition, _asked(context)), work)


def _asked(context: Context) -> tuple[object, ...]:
    """What tells apart answers to one question of one table: the reader's watchlists, where it speaks of any,
    and the minute."""
    lists = tuple(sorted((name, ids.tobytes()) for name, ids in context.watchlists.items()))
    return lists, int(context.now_s // MINUTE_S)


def screen_context(table: Table, condition: Condition, *, user: Person, now_s: float) -> Context:
    past = history_of(table, changes_in([condition]), now_s=now_s)
    return context_of([condition], user=user, now_s=now_s, past=past)


def _all(masks: list[Mask], length: int) -> Mask:
    return reduce(np.logical_and, masks) if masks else np.ones(length, dtype=bool)


def rows_of(table: Table, rows: Ids, keys: tuple[str, ...], *, now_s: float) -> tuple[ScreenRow, ...]:
    """These rows of the table with what is shown of each."""
    wanted = tuple(dict.fromkeys(("score", *keys)))
    numbers = [table.values(key, now_s=now_s)[rows].tolist() for key in wanted]
    labels = [
        [table.categories[each.key].labels[code] for code in table.categories[each.key].codes[rows].tolist()]
        for each in CATEGORIES
    ]
    dimensions = [table.numbers[each.id][rows].tolist() for each in DIMENSIONS]
    interval = [table.numbers[key][rows].tolist() for key in ("score_low", "score_high")]
    newest_s = table.numbers[NEWEST_FACT][rows].tolist()
    gates = [np.bitwise_count(each[rows]).tolist() for each in (table.gates_open, table.gates_unverified)]
    shown = []
    for place, row in enumerate(rows.tolist()):
        slug, name, symbol = (table.text(each, row) for each in ("slug", "name", "symbol"))
        shown.append(
            ScreenRow(
                asset_id=int(table.ids[row]),
                card_id=int(table.cards[row]),
                slug=slug,
                name=name or symbol or slug,
                symbol=symbol,
                categories={each.key: column[place] for each, column in zip(CATEGORIES, labels, strict=True)},
                numbers={key: _known(column[place]) for key, column in zip(wanted, numbers, strict=True)},
                dimensions=tuple(_known(column[place]) for column in dimensions),
                score_low=interval[0][place],
                score_high=interval[1][place],
                gates_open=gates[0][place],
                gates_unverified=gates[1][place],
                questioned=frozenset(table.text("questions", row).split()),
                stale_hours=_stale_hours(now_s - newest_s[place], labels[0][place]),
            )
        )
    return tuple(shown)


def _stale_hours(age_s: float, kind: str) -> int | None:
    return int(age_s // HOUR_S) if age_s > PRICE_S.get(kind, np.inf) else None


def _known(number: float) -> float | None:
    return None if number != number else number
