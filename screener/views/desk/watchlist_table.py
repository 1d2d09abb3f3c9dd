"""Watchlist page: a list as a table of the screener, with its own columns, targets and stops."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import get_format
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from screener.forms.watchlists import LevelField, WatchlistForm
from screener.models import Watchlist
from screener.screens.columns import ScreenColumn
from screener.screens.conditions import OnWatchlist
from screener.screens.query import written
from screener.screens.screen import MOVE, Screen, read_screen
from screener.screens.watched import ANY_KEY_OF, LEVELS, NOTES, is_reached
from screener.services.desk import watchlists as service
from screener.services.desk.chosen import chosen_assets
from screener.services.screening.run_screen import ScreenAnswer, ScreenRow
from screener.services.screening.run_watchlist import run_watchlist, usual_of
from screener.services.screening.screens import address_of as screener_address
from screener.views.access import PersonalRequest, logged_in, page_before
from screener.views.chosen_assets import chosen_ids
from screener.views.fragments import wants_fragment
from screener.views.kept_fragments import key_of
from screener.views.readers_position import own_position, tiers_of_reader
from screener.views.row_ids import row_id
from screener.views.screening.column_chooser import chooser_of, column_sets_for, moved_by
from screener.views.screening.screen_table import (
    address_of,
    cell,
    exports_of,
    headings,
    marks_of,
    pages,
    rows,
)
from screener.views.screening.tray import tray_context

VIEW_WORDS: Final = ("sort", "position", "page")
MOST_LEVELS: Final = 200
"""Levels that one form sets; a page has twice as many fields as rows."""


@require_GET
@logged_in
@vary_on_headers("HX-Request")
def watchlist(request: PersonalRequest, pk: int) -> HttpResponse:
    """One list, or only its table where a script asks for that."""
    return watchlist_page(request, own_watchlist(request, pk))


def own_watchlist(request: HttpRequest, pk: int | None) -> Watchlist:
    """This person's list of this number; 404 for anybody else's."""
    return get_object_or_404(Watchlist.objects.of(request.user), pk=pk)


def watchlist_page(
    request: PersonalRequest,
    shown: Watchlist,
    *,
    form: WatchlistForm | None = None,
    refused: Mapping[str, tuple[str, str]] | None = None,
    pasted: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page; `refused` are levels that could not be read: by field what was typed, and what is wrong.

    `pasted` is what a pasted text was found to mean.
    """
    params = {word: request.GET.getlist(word) for word in VIEW_WORDS if word in request.GET}
    screen, _problems = read_screen(params, usual_of(shown))
    answer = run_watchlist(
        screen, watchlist=shown, position=own_position(request), tiers=tiers_of_reader(request)
    )
    context = _context(request, shown, answer, refused or {}) | {
        "form": form or WatchlistForm(initial={"name": shown.name}),
        "adds": pasted is not None or "add" in request.GET or not answer.total,
        "pasted": pasted,
    }
    only_table = wants_fragment(request)
    template = "desk/watchlists/watchlist.html" + ("#results" if only_table else "")
    return render(request, template, context, status=422 if form or refused or _is_left(pasted) else 200)


def _is_left(pasted: Mapping[str, Any] | None) -> bool:
    """Whether something that was pasted is not on the list."""
    return pasted is not None and bool(pasted["problem"] or pasted["is_empty"] or pasted["left"])


def _context(
    request: PersonalRequest,
    shown: Watchlist,
    answer: ScreenAnswer,
    refused: Mapping[str, tuple[str, str]],
) -> dict[str, Any]:
    screen = answer.screen
    make_cell = partial(_own_cell, levels_at=reverse("watchlist_levels", args=[shown.pk]), refused=refused)
    question = [("q", written(OnWatchlist(shown.name)))]
    return {
        "watchlist": shown,
        "screen": answer,
        "columns": list(headings(screen, answer.position, answer.tiers)),
        "rows": SimpleLazyObject(lambda: rows(answer, marks_of(request, answer), make_cell=make_cell)),
        "pages": pages(answer),
        "chooser": chooser_of(screen, kept_at=reverse("watchlist_columns", args=[shown.pk])),
        "column_sets": column_sets_for(request, screen),
        "kept": {"chooser": key_of(screen.columns, "with those of a list")},
        "exports": exports_of(screen, watchlist=shown.pk),
        "here": address_of(screen),
        "tray": SimpleLazyObject(lambda: tray_context(request, chosen_assets(chosen_ids(request)))),
        "in_screener": screener_address(question),
        "has_levels": any(key in LEVELS for key in screen.columns),
        "refused": [said for _typed, said in refused.values()],
    }


# Columns ----------------------------------------------------------------------------


@require_POST
@logged_in
def keep_columns(request: PersonalRequest, pk: int) -> HttpResponse:
    """Keep the columns of the list's table: those that are ticked, one of them moved, or a set."""
    shown = own_watchlist(request, pk)
    words = request.POST["set"].split(",") if "set" in request.POST else request.POST.getlist("columns")
    columns = tuple(dict.fromkeys(ANY_KEY_OF[word] for word in words if word in ANY_KEY_OF))
    if MOVE in request.POST:
        columns = moved_by(columns, request.POST[MOVE])
    service.keep_columns(watchlist=shown, columns=columns)
    return redirect(page_before(request, default=shown.get_absolute_url()))


# Levels -----------------------------------------------------------------------------


@require_POST
@logged_in
def set_levels(request: PersonalRequest, pk: int) -> HttpResponse:
    """Set the targets and stops that are sent, `target-12` of an asset; a script sends one for its cell."""
    shown = own_watchlist(request, pk)
    refused: dict[str, tuple[str, str]] = {}
    sent = [name for name in request.POST if _level_of(name)][:MOST_LEVELS]
    for name in sent:
        level, asset_id = _level_of(name) or ("", 0)
        typed = request.POST[name]
        try:
            price_usd = LevelField().clean(typed)
        except forms.ValidationError as error:
            refused[name] = (typed, error.messages[0])
        else:
            service.set_level(watchlist=shown, asset_id=asset_id, level=level, price_usd=price_usd)
    if request.htmx and len(sent) == 1:
        return _renewed_cell(request, shown, sent[0], refused)
    if refused:
        return watchlist_page(request, shown, refused=refused)
    return redirect(page_before(request, default=shown.get_absolute_url()))


def _level_of(name: str) -> tuple[str, int] | None:
    level, _sign, number = name.partition("-")
    asset_id = row_id(number)
    return (level, asset_id) if level in LEVELS and asset_id is not None else None


def _renewed_cell(
    request: PersonalRequest, shown: Watchlist, name: str, refused: Mapping[str, tuple[str, str]]
) -> HttpResponse:
    """The field that was left, and beside it the distance that follows from it."""
    level, asset_id = _level_of(name) or ("", 0)
    screen = Screen(usual=usual_of(shown), columns=(level, f"to_{level}"))
    answer = run_watchlist(screen, watchlist=shown, position=own_position(request), only=asset_id)
    if not answer.rows:
        raise Http404(_("The asset is no longer on the list."))
    row = answer.rows[0]
    known = screen.usual.known
    context = {
        "field": _field(row, known[level], request.path, refused),
        "distance": _distance(row, known[f"to_{level}"]),
        "place": f"to_{level}-{asset_id}",
        "has_distance": f"to_{level}" in usual_of(shown).columns,
    }
    return render(request, "desk/watchlists/_level.html", context)


def _own_cell(
    row: ScreenRow,
    column: ScreenColumn,
    questions: Any,
    *,
    levels_at: str,
    refused: Mapping[str, tuple[str, str]],
) -> SafeString:
    """A field for a level, a distance that says whether it is reached, a link to notes; else a figure."""
    if column.key in LEVELS:
        return _field(row, column, levels_at, refused)
    if column.key.startswith("to_"):
        return format_html('<span id="{}-{}">{}</span>', column.key, row.asset_id, _distance(row, column))
    shown = cell(row, column, questions)
    if column.key == NOTES:
        return format_html('<a href="{}">{}</a>', reverse("asset_notes", args=[row.slug]), shown)
    return shown


def _distance(row: ScreenRow, column: ScreenColumn) -> SafeString:
    shown = cell(row, column, ())
    if not is_reached(column.key, row.numbers[column.key]):
        return shown
    return format_html('{} <span class="badge warn">{}</span>', shown, _("reached"))


def _field(
    row: ScreenRow, column: ScreenColumn, levels_at: str, refused: Mapping[str, tuple[str, str]]
) -> SafeString:
    name = f"{column.key}-{row.asset_id}"
    typed, problem = refused.get(name, (plain_price(row.numbers[column.key]), ""))
    label = _("%(level)s of %(asset)s in US dollars") % {"level": _(column.label), "asset": row.name}
    said = (
        format_html('<span class="field-error" id="{}-problem">{}</span>', name, problem) if problem else ""
    )
    wrong = format_html(' aria-invalid="true" aria-describedby="{}-problem"', name) if problem else ""
    return format_html(
        '<span class="level"><input id="{}" name="{}" value="{}" form="levels" size="8" inputmode="decimal" '
        'autocomplete="off" maxlength="48" aria-label="{}" hx-post="{}" '
        'hx-params="{},csrfmiddlewaretoken"{}>{}</span>',
        *(name, name, typed, label, levels_at, name, wrong, said),
    )


def plain_price(price_usd: float | None) -> str:
    """As a field shows it and reads it back: all digits, the decimal sign of the language."""
    if price_usd is None:
        return ""
    text = f"{Decimal(repr(price_usd)):f}"
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return plain.replace(".", get_format("DECIMAL_SEPARATOR"))
