"""Column chooser of a table: which columns it shows, in which order, and which it could show besides."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from screener.screens.column_groups import GROUPS, moved
from screener.screens.columns import COLUMN_OF, SHOWN, ScreenColumn
from screener.screens.screen import Screen
from screener.screens.watched import ANY_KEY_OF, WATCHED_COLUMN_OF, WATCHED_GROUP, WATCHED_SHOWN
from screener.services.screening.screens import column_sets_of
from screener.views.screening.screen_table import address_of


def chooser_of(screen: Screen, *, kept_at: str = "") -> dict[str, Any]:
    """The columns of the table in their order, and by group those that it could have besides.

    `kept_at` is where the choice is posted to be kept; without it the address says it.
    """
    known = screen.usual.known
    groups = {WATCHED_GROUP: tuple(WATCHED_COLUMN_OF), **GROUPS} if screen.usual.has_lists_columns else GROUPS
    return {
        "shown": SimpleLazyObject(lambda: [_choice(known[key]) for key in screen.columns]),
        "groups": SimpleLazyObject(lambda: list(_groups(screen, groups))),
        "words": [pair for pair in screen.to_params() if pair[0] in {"q", "sort", "position", "screen"}],
        "usual": "" if kept_at or screen.columns == SHOWN else address_of(screen, columns=""),
        "kept_at": kept_at,
        "is_usual": screen.columns == (WATCHED_SHOWN if screen.usual.has_lists_columns else SHOWN),
        "to_keep": ",".join(key for key in screen.columns if key in COLUMN_OF),
    }


def _groups(
    screen: Screen, groups: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, list[dict[str, str]]]]:
    known = screen.usual.known
    for title, keys in groups.items():
        if others := [_choice(known[key]) for key in keys if key not in screen.columns]:
            yield _(title), others


def column_sets_for(request: HttpRequest, screen: Screen) -> list[tuple[str, str]]:
    """The sets that this reader has kept: names, and the address of this table with each, or its columns."""
    return [
        (each.name, ",".join(each.columns) if screen.usual.path else _address(screen, each.columns))
        for each in column_sets_of(request.user)
    ]


def moved_by(columns: tuple[str, ...], word: str) -> tuple[str, ...]:
    """The columns with one of them a place further on, as `price:up` asks."""
    key, _sign, direction = word.partition(":")
    return moved(columns, ANY_KEY_OF.get(key, ""), by=-1 if direction == "up" else 1)


def _address(screen: Screen, columns: list[str]) -> str:
    return address_of(screen, columns=",".join(columns), page="")


def _choice(column: ScreenColumn) -> dict[str, str]:
    description = _(column.description) if column.description else ""
    return {"key": column.key, "label": _(column.label), "description": description}
