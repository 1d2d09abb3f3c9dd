"""Watchlist as a screen's answer: its assets with what is known of them now, scored or not."""

from datetime import UTC, datetime
from typing import Final

import numpy as np
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from assets.models import Asset
from screener.models import Note, Watchlist, WatchlistEntry
from screener.screens.at_position import at_position
from screener.screens.order import in_order, sort_values, values_behind
from screener.screens.position import PositionSize
from screener.screens.screen import Screen, Usual
from screener.screens.size_tiers import under_tiers
from screener.screens.table import DAY_S, Ids, Numbers, Table
from screener.screens.tier_limits import TierLimits
from screener.screens.watched import ANY_KEY_OF, WATCHED_SHOWN, with_watched
from screener.services.desk.preferences import default_position
from screener.services.desk.size_tiers import default_tiers
from screener.services.screening.run_screen import PAGE_SIZE, ScreenAnswer, Selected, rows_of
from screener.universe.live import UNIVERSE
from screener.universe.rows import unscored_table

NEWEST_FIRST: Final = "watched_days"


def usual_of(watchlist: Watchlist) -> Usual:
    """How the table of this list is shown, at its own address; a column that went away is left out."""
    columns = tuple(dict.fromkeys(ANY_KEY_OF[key] for key in watchlist.columns if key in ANY_KEY_OF))
    return Usual(
        path=reverse("watchlist", args=[watchlist.pk]),
        sort=NEWEST_FIRST,
        columns=columns or WATCHED_SHOWN,
        has_lists_columns=True,
    )


def run_watchlist(
    screen: Screen,
    *,
    watchlist: Watchlist,
    position: PositionSize | None = None,
    tiers: TierLimits | None = None,
    only: int | None = None,
) -> ScreenAnswer:
    """A page of the list, exits and tiers as `run_screen` has them; a page past the end is the last.

    `only` is the asset whose row alone is asked for.
    """
    selected = select_watchlist(screen, watchlist=watchlist, position=position, tiers=tiers, only=only)
    total = len(selected.rows)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(screen.page, pages)
    rows = selected.rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return ScreenAnswer(
        screen=screen,
        position=selected.position,
        tiers=selected.tiers,
        total=total,
        universe=total,
        page=page,
        pages=pages,
        rows=rows_of(selected.table, rows, screen.columns, now_s=selected.now.timestamp()),
        facets={},
        histograms={},
    )


def select_watchlist(
    screen: Screen,
    *,
    watchlist: Watchlist,
    position: PositionSize | None = None,
    tiers: TierLimits | None = None,
    only: int | None = None,
) -> Selected:
    """All rows of the list in the order of the screen, invented and unscored assets among them."""
    position = screen.position or position or default_position()
    now = timezone.now().astimezone(UTC)
    among = watchlist.entries.order_by()
    entries = {each.asset_id: each for each in (among if only is None else among.filter(asset=only))}
    tiers = tiers or default_tiers()
    table = _table_of(np.array(sorted(entries), dtype=np.int64))
    table = at_position(under_tiers(table, tiers), position)
    table = _with_entries(table, watchlist, entries, now=now)
    rows = np.arange(len(table))
    ordered = in_order(
        sort_values(table, screen.sort_key, now_s=now.timestamp()),
        rows,
        descending=screen.is_descending,
        behind=values_behind(table, screen.sort_key),
    )
    return Selected(screen=screen, position=position, tiers=tiers, table=table, rows=ordered, now=now)


def _table_of(asset_ids: Ids) -> Table:
    """The rows of these assets, which ascend; of those without a scorecard blank ones."""
    universe = UNIVERSE.table()
    scored = universe.taken(np.flatnonzero(np.isin(universe.ids, asset_ids)))
    missing = np.setdiff1d(asset_ids, scored.ids).tolist()
    return scored.updated_by(unscored_table(Asset.objects.filter(pk__in=missing))) if missing else scored


def _with_entries(
    table: Table, watchlist: Watchlist, entries: dict[int, WatchlistEntry], *, now: datetime
) -> Table:
    own = Note.objects.filter(owner_id=watchlist.owner_id, deleted_at=None, asset__in=entries)
    counted = dict(own.order_by().values_list("asset").annotate(count=Count("pk")))
    of_rows = [entries[asset_id] for asset_id in table.ids.tolist()]
    return with_watched(
        table,
        target_usd=_numbers([each.target_usd for each in of_rows]),
        stop_usd=_numbers([each.stop_usd for each in of_rows]),
        notes=_numbers([counted.get(each.asset_id, 0) for each in of_rows]),
        watched_days=_numbers([(now - each.added_at).total_seconds() / DAY_S for each in of_rows]),
    )


def _numbers(values: list[object]) -> Numbers:
    """NaN for None."""
    return np.array([np.nan if each is None else float(each) for each in values], dtype=np.float64)  # type: ignore[arg-type]
