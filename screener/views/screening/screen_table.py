"""The table of a screen as its template wants it: headings that sort, rows of cells, links to pages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from operator import attrgetter
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.metrics.families import EQUITY, TOKEN
from screener.screens.at_position import OF_POSITION
from screener.screens.columns import SCORE, ScreenColumn
from screener.screens.order import BY_NAME
from screener.screens.position import PositionSize
from screener.screens.screen import Screen
from screener.screens.tier_limits import TierLimits
from screener.services.desk.preferences import default_position
from screener.services.desk.watchlists import watched_asset_ids
from screener.services.screening import screens
from screener.services.screening.namesakes import addresses_of_namesakes
from screener.services.screening.questioned_figures import Questions, about, questions_of
from screener.services.screening.run_screen import ScreenAnswer, ScreenRow
from screener.views.chosen_assets import chosen_ids
from screener.views.kept_fragments import key_of
from screener.words.markup import dimension_bars, figure, rating, score_bar
from screener.words.numbers import days
from screener.words.positions import position_in_words
from screener.words.questions import questioned_name, questioned_reason, shortened
from screener.words.size_tiers import owners_in_short, tiers_in_words

CellMaker = Callable[[ScreenRow, ScreenColumn, Questions], SafeString]

EXPORTS: Final = (("csv", "CSV"), ("xlsx", "Excel"), ("parquet", "Parquet"))
MOST_REASONS: Final = 3
HOURS_A_DAY: Final = 24
PRICE: Final = "price"
WITH_TIER: Final = "market_cap"
"""The column that says the tier as well, which follows from it."""

OF_A_ROW: Final = attrgetter(*(each.name for each in fields(ScreenRow)))
"""All that a row says, as plain values, which make a key sooner than a `ScreenRow`."""

OF_OTHERS: Final = {
    TOKEN: gettext_lazy("asked of tokens only"),
    EQUITY: gettext_lazy("asked of listed shares only"),
}
"""Why a cell is empty, by the kind that its column belongs to."""


def address_of(screen: Screen, **changes: Any) -> str:
    """The page of this screen, with other words where `changes` has them; empty ones are left out."""
    params = [pair for pair in screen.to_params() if pair[0] not in changes]
    params += [(key, str(value)) for key, value in changes.items() if value]
    return screens.address_of(params, path=screen.usual.path)


def exports_of(screen: Screen, *, watchlist: int | None = None) -> list[tuple[str, str]]:
    """The formats in which all rows can be had, each with its address; `watchlist` is whose table it is."""
    words = [pair for pair in screen.to_params() if pair[0] != "page"]
    words += [("watchlist", str(watchlist))] if watchlist is not None else []
    return [
        (name, screens.address_of([*words, ("format", key)], path=reverse("export"))) for key, name in EXPORTS
    ]


def headings(screen: Screen, position: PositionSize, tiers: TierLimits) -> Iterator[dict[str, Any]]:
    """The columns, those that sort with an address; the first click on a number sorts the largest first.

    Where the position is not the usual one, each says which of the two it is for.
    """
    size, usual = position_in_words(position), default_position()
    judged = "" if position == usual else position_in_words(usual)
    heading = partial(_heading, screen, _sorted_by(screen))
    yield heading(BY_NAME, _("Asset"), is_number=False)
    yield _of_column(heading, SCORE, size) | {
        "label": _("Rating"),
        "size": judged,
        "description": _(
            "Ratings are stored for the usual position; the page of an asset has the one for yours as well."
        ),
    }
    yield _without_order("dimensions", _("Checklist")) | {"size": judged}
    yield _without_order("gates", _("Gates")) | {"size": size if judged else ""}
    known = screen.usual.known
    for key in screen.columns:
        if key != SCORE.key:
            yield _of_column(heading, known[key], size) | (_of_tiers(tiers) if key == WITH_TIER else {})


def _sorted_by(screen: Screen) -> Callable[[str], str]:
    """The first page of this screen in another order, by the word that asks for it."""
    others = [pair for pair in screen.to_params() if pair[0] not in {"sort", "page"}]
    path = screen.usual.path or reverse("screener")

    def address(sort: str) -> str:
        more = [] if sort == screen.usual.sort else [("sort", sort)]
        return screens.address_of([*others, *more], path=path)

    return address


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a page shows of its reader: which of its assets are watched, which are ticked, and whether stars
    can be set, as they can by a person and not by a stranger."""

    of_person: bool
    watched: tuple[int, ...]
    chosen: tuple[int, ...]


def marks_of(request: HttpRequest, answer: ScreenAnswer) -> Marks:
    starred = watched_asset_ids(request.user) if answer.rows else frozenset()
    ticked = frozenset(chosen_ids(request))
    shown = [each.asset_id for each in answer.rows]
    return Marks(
        of_person=request.user.is_authenticated,
        watched=tuple(each for each in shown if each in starred),
        chosen=tuple(each for each in shown if each in ticked),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row of the page; its cells are written when a template asks for them, not where it is `kept`."""

    asset: ScreenRow
    address: str
    questions: Questions
    columns: Sequence[ScreenColumn]
    watched: bool
    is_chosen: bool
    kept: bytes
    make_cell: CellMaker

    @property
    def short_address(self) -> str:
        return shortened(self.address)

    @property
    def rating(self) -> SafeString:
        asset = self.asset
        if not asset.is_scored:
            return format_html('<span class="hint">{}</span>', _("not scored yet"))
        return rating(asset.categories["grade"], asset.numbers[SCORE.key], asset.score_low, asset.score_high)

    @property
    def dimensions(self) -> SafeString:
        return dimension_bars(self.asset.dimensions, kind=self.asset.categories["kind"])

    @property
    def cells(self) -> list[tuple[str, SafeString]]:
        return [(_(each.label), self.make_cell(self.asset, each, self.questions)) for each in self.columns]


def rows(answer: ScreenAnswer, marks: Marks, *, make_cell: CellMaker | None = None) -> list[TableRow]:
    """The rows of the page with their cells; with a `make_cell` of a list's own they are not kept."""
    known, keys = answer.screen.usual.known, answer.screen.columns
    columns = [known[key] for key in keys if key != SCORE.key]
    asked = questions_of(answer.rows, shown={each.key for each in columns})
    addresses = addresses_of_namesakes(answer.rows)
    watched, chosen = frozenset(marks.watched), frozenset(marks.chosen)
    shown = []
    for row in answer.rows:
        questions, address = asked.get(row.asset_id, ()), addresses.get(row.asset_id, "")
        of_reader = (row.asset_id in watched, row.asset_id in chosen, marks.of_person)
        shown.append(
            TableRow(
                asset=row,
                address=address,
                questions=questions,
                columns=columns,
                watched=of_reader[0],
                is_chosen=of_reader[1],
                kept=b"" if make_cell else key_of(OF_A_ROW(row), questions, address, keys, of_reader),
                make_cell=make_cell or cell,
            )
        )
    return shown


def key_of_table(answer: ScreenAnswer, *more: Any) -> bytes:
    """The key of the results, which show all of the answer but what the panel counts, and `more`."""
    shown = replace(answer, rows=(), facets={}, histograms={})
    return key_of(shown, [OF_A_ROW(each) for each in answer.rows], *more)


def pages(answer: ScreenAnswer) -> dict[str, str]:
    """Where paging leads; empty at the ends."""
    screen, page, last = answer.screen, answer.page, answer.pages
    wanted = {"first": 1, "previous": page - 1, "next": page + 1, "last": last}
    return {
        name: address_of(screen, page=number if number > 1 else "")
        if 1 <= number <= last and number != page
        else ""
        for name, number in wanted.items()
    }


def _of_column(heading: Callable[..., dict[str, Any]], column: ScreenColumn, size: str) -> dict[str, Any]:
    """`size` is the position that the figures of the column are for, "" where they are for none."""
    return heading(column.key, _(column.label), is_number=True) | {
        "description": _(column.description) if column.description else "",
        "size": size if column.key in OF_POSITION else "",
    }


def _of_tiers(tiers: TierLimits) -> dict[str, str]:
    """Whose limits the tiers are by; short in the heading where they are not the checklist's."""
    texts = [f"{title}: {limits} ({whose})." for title, whose, limits in tiers_in_words(tiers)]
    return {"description": " ".join(texts), "note": owners_in_short(tiers)}


def _without_order(key: str, label: str) -> dict[str, Any]:
    return {"key": key, "label": label, "address": "", "is_number": False, "direction": ""}


def _heading(
    screen: Screen, sorted_by: Callable[[str], str], key: str, label: str, *, is_number: bool
) -> dict[str, Any]:
    first, second = (f"-{key}", key) if is_number else (key, f"-{key}")
    is_sorted = screen.sort_key == key
    return {
        "key": key,
        "label": label,
        "is_number": is_number,
        "address": sorted_by(second if screen.sort == first else first),
        "direction": ("descending" if screen.is_descending else "ascending") if is_sorted else "",
    }


def cell(row: ScreenRow, column: ScreenColumn, questions: Questions) -> SafeString:
    """The figure of a column, or why there is none."""
    value = row.numbers[column.key]
    if column.key in row.questioned:
        return format_html(
            '<a class="badge warn" href="{}#conflicts" title="{}">{}</a>',
            reverse("asset", args=[row.slug]),
            _reasons(about(questions, column.source)),
            _("questioned"),
        )
    if value is None:
        is_of_others = column.kind not in {"", row.categories["kind"]}
        return figure(None, column.unit, str(OF_OTHERS[column.kind]) if is_of_others else "")
    if column.key == PRICE and row.stale_hours is not None:
        return format_html(
            '{} <span class="badge warn" title="{}">{}</span>',
            figure(value, column.unit),
            _("The newest fact of the asset is older than a price may be."),
            days(row.stale_hours / HOURS_A_DAY),
        )
    if column.key == WITH_TIER and row.categories["tier"]:
        tier = _(row.categories["tier"])
        return format_html('{} <span class="hint">{}</span>', figure(value, column.unit), tier)
    return score_bar(value) if column.unit == "score" and column.in_form else figure(value, column.unit)


def _reasons(questions: Questions) -> str:
    """What contradicts it, each once and the first few; both values stand in each."""
    told = [f"{questioned_name(each)}: {questioned_reason(each)}" for each in questions]
    few = [*dict.fromkeys(told)][:MOST_REASONS]
    return " ".join(few) or _(
        "Other figures of the asset contradict this one. Both values stand on its page."
    )
