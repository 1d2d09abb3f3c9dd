"""Export of the whole result of a screen: who each asset is, then the screen's columns."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from django.urls import reverse

from assets.metrics.families import EQUITY, TOKEN
from screener.checklist.types import phrase
from screener.exports import Export
from screener.exports.contents import TEXT, TRUTH, Field
from screener.models import Watchlist
from screener.screens.at_position import OF_POSITION
from screener.screens.columns import CATEGORIES, SANDBOX, ScreenColumn
from screener.screens.conditions import OnWatchlist
from screener.screens.position import PositionSize
from screener.screens.query import written
from screener.screens.screen import Screen
from screener.screens.table import Ids, Numbers
from screener.screens.tier_limits import TierLimits
from screener.screens.watched import ANY_COLUMN_OF
from screener.services.screening.run_screen import Person, Selected, select_rows, universe_of
from screener.services.screening.run_watchlist import select_watchlist
from screener.words.size_tiers import tiers_in_words

BATCH_ROWS: Final = 4_000
"""Rows in memory at a time."""

AS_OF: Final = "as_of"
IDENTITY: Final = (
    Field(name="name", label=phrase("Name")),
    Field(name="symbol", label=phrase("Symbol")),
    Field(name="slug", label=phrase("Name in addresses")),
    Field(name="page", label=phrase("Address of its page")),
    *(
        Field(name=key, label=next(each.label for each in CATEGORIES if each.key == key))
        for key in (
            "kind",
            "tier",
            "rated",
            "grade",
            "chain",
            "venue",
            "sector",
            "label",
            "likeness",
            "questioned",
        )
    ),
    Field(
        name="questions",
        label=phrase("Questioned figures"),
        description=phrase("Columns that are not known because other figures contradict them."),
    ),
    Field(
        name=SANDBOX,
        unit=TRUTH,
        label=phrase("Sandbox"),
        description=phrase("Invented, of the sandbox market."),
    ),
    Field(
        name=AS_OF,
        label=phrase("As of"),
        description=phrase("When the newest fact that the score rests on was true, in UTC."),
    ),
)
"""Always all of them: which columns a file has is up to the screen, not to what it found."""

AGE: Final = "facts_age"
"""The column that keeps this moment."""
CATEGORY_KEYS: Final = frozenset(each.key for each in CATEGORIES if each.key != SANDBOX)
KINDS: Final[dict[tuple[str, ...], str]] = {(TOKEN,): "tokens", (EQUITY,): "equities"}


def export_screen(
    screen: Screen,
    *,
    user: Person,
    position: PositionSize | None = None,
    tiers: TierLimits | None = None,
    site: str = "",
    limit: int | None = None,
    only: Sequence[int] | None = None,
) -> Export:
    """Run the screen; rows are read when the file is written. `site` stands before addresses of pages.

    `only` are ids of assets that were chosen one by one, in place of those that the screen asks for.
    """
    selected = select_rows(screen, user=user, position=position, tiers=tiers, only=only)
    return _export(selected, selected.rows[:limit], site=site, query=screen.query, is_chosen=only is not None)


def export_watchlist(
    screen: Screen,
    *,
    watchlist: Watchlist,
    position: PositionSize | None = None,
    tiers: TierLimits | None = None,
    site: str = "",
) -> Export:
    """All rows of a list, with its own columns among those of the screen."""
    selected = select_watchlist(screen, watchlist=watchlist, position=position, tiers=tiers)
    return _export(selected, selected.rows, site=site, query=written(OnWatchlist(watchlist.name)))


def _export(selected: Selected, rows: Ids, *, site: str, query: str, is_chosen: bool = False) -> Export:
    screen = selected.screen
    known = screen.usual.known
    fields = (*IDENTITY, *(_field(known[key], selected.position) for key in screen.columns))
    return Export(
        fields=fields,
        batches=_batches(selected, rows, fields, site=site),
        kind=KINDS.get(_kinds(selected, rows), "assets"),
        query=query,
        sort=screen.sort,
        position=str(selected.position) if OF_POSITION.keys() & {*screen.columns} else "",
        tiers=selected.tiers,
        tier_texts=tuple(
            (title, f"{limits} ({whose})") for title, whose, limits in tiers_in_words(selected.tiers)
        ),
        as_of=selected.now,
        rows=len(rows),
        total=len(selected.rows),
        universe=universe_of(screen.condition, selected.table),
        fictional=int(selected.table.fictional[rows].sum()),
        sandbox_left_out=selected.sandbox_left_out,
        is_chosen=is_chosen,
    )


def _field(column: ScreenColumn, position: PositionSize) -> Field:
    """Its heading says the unit, and of an exit column the size: `round_trip_share_at_25k`."""
    size = f"_at_{position}".replace(" ", "_") if column.key in OF_POSITION else ""
    return Field(
        name=f"{column.heading}{size}",
        key=column.key,
        unit=column.unit,
        label=column.label,
        description=column.description,
    )


def _kinds(selected: Selected, rows: Any) -> tuple[str, ...]:
    kinds = selected.table.categories["kind"]
    return tuple(kinds.labels[code] for code in np.unique(kinds.codes[rows]))


def _batches(selected: Selected, rows: Any, fields: Sequence[Field], *, site: str) -> Iterator[Any]:
    before, _, after = reverse("asset", args=["-"]).rpartition("-")
    schema = pa.schema([each.schema for each in fields])
    keys = [each.source for each in fields if each.source in {*ANY_COLUMN_OF, *CATEGORY_KEYS}]
    for start in range(0, len(rows), BATCH_ROWS):
        places = rows[start : start + BATCH_ROWS]
        frame = selected.table.frame(places, keys, now_s=selected.now.timestamp())
        frame["page"] = site + before + frame["slug"] + after
        frame[SANDBOX] = selected.table.fictional[places]
        frame[AS_OF] = _moments(selected.table.numbers[AGE][places])
        columns = [_array(frame[field.source], field) for field in fields]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _moments(epoch_s: Numbers) -> npt.NDArray[np.str_]:
    """Moments as ISO 8601 in UTC; "" where there is none."""
    is_known = np.isfinite(epoch_s)
    moments = np.where(is_known, epoch_s, 0).astype("datetime64[s]")
    return np.where(is_known, np.datetime_as_string(moments, timezone="UTC"), "")


def _array(values: Any, field: Field) -> Any:
    """Missing is null: NaN of numbers, "" of texts."""
    if field.unit == TRUTH:
        return pa.array(values.to_numpy())
    if field.unit == TEXT:
        texts = values.to_numpy(dtype=object)
        return pa.array(texts, pa.string(), mask=texts == "")
    numbers = values.to_numpy(dtype=np.float64)
    return pa.array(numbers, mask=~np.isfinite(numbers))
