"""The screener: one table over the whole universe. Its address is the screen."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from screener.screens.columns import CATEGORIES, CATEGORY_OF, COLUMN_OF, COLUMNS, GATES, Category
from screener.screens.filters import Problem, Screen, read_screen
from screener.services.run_screen import ScreenAnswer, ScreenRow, run_screen
from screener.services.watchlists import watched_asset_ids
from screener.templatetags.bars import score_bar
from screener.templatetags.figures import figure, short
from screener.views.access import HtmxRequest

PRESETS: Final = (
    (gettext_lazy("Micro-caps, no gate open"), "tier=nano&tier=micro&gates=clear"),
    (gettext_lazy("Out within three days"), "exit_days_max=3&round_trip_max=5%25&sort=exit_days"),
    (gettext_lazy("Unlocks above 5 % in 30 days"), "unlock_30d_min=5%25&sort=-unlock_30d"),
    (gettext_lazy("Well documented"), "coverage_min=80%25"),
    (gettext_lazy("Listed shares"), "kind=equity"),
    (gettext_lazy("A gate says stop"), "gates=open"),
)
"""Screens worth starting from: label and the words of the address."""

FIRST, *OTHERS = COLUMNS
"""The score leads; grade, gates and tier follow it in the table."""

MOST_CHOICES: Final = 40
"""How many labels of a category the form lists; the rarest are left to the address."""


TRANSLATED: Final = {
    "token": gettext_lazy("Token"),
    "equity": gettext_lazy("Equity"),
    "nano": gettext_lazy("Nano"),
    "micro": gettext_lazy("Micro"),
    "small": gettext_lazy("Small"),
    "mid": gettext_lazy("Mid"),
    "large": gettext_lazy("Large"),
}


@require_GET
@vary_on_headers("HX-Request")
def screener(request: HtmxRequest) -> HttpResponse:
    """The page, or only its results when they are all that changes."""
    params = {key: request.GET.getlist(key) for key in request.GET}
    screen, problems = read_screen(params)
    answer = run_screen(screen)
    told = {
        "screen": answer,
        "problems": [_in_words(problem) for problem in problems],
        "wrong": {problem.key for problem in problems},
        "columns": list(_headings(screen)),
        "rows": _rows(answer, request),
        "chips": list(_chips(screen)),
        "presets": [(label, f"{reverse('screener')}?{words}") for label, words in PRESETS],
        "categories": [_choices(each, answer) for each in CATEGORIES],
        "ranges": [_range(key, params) for key in (each.key for each in COLUMNS if each.in_form)],
        "gates": [(value, _(label), value == screen.gates) for value, label in GATES.items()],
        "pages": _pages(answer),
    }
    only_results = request.htmx and not request.htmx.history_restore_request
    template = "screener/page.html#results" if only_results else "screener/page.html"
    return render(request, template, told, status=400 if problems else 200)


def _address(screen: Screen, **changes: Any) -> str:
    params = [pair for pair in screen.to_params() if pair[0] not in changes]
    params += [(key, str(value)) for key, value in changes.items() if value]
    return f"{reverse('screener')}?{urlencode(params)}" if params else reverse("screener")


def _in_words(problem: Problem) -> str:
    values = {key: f"“{value}”" for key, value in problem.values.items()}
    text = _(problem.text).format(**values)
    return f"{text} {_('Did you mean {hint}?').format(**values)}" if "hint" in values else text


def _headings(screen: Screen) -> Iterator[dict[str, Any]]:
    """The sortable columns; the first click on a number sorts the largest first."""
    names = [
        ("name", gettext_lazy("Asset"), "", False),
        *((each.key, each.label, each.description, True) for each in COLUMNS),
    ]
    for key, label, description, is_number in names:
        is_sorted = screen.sort_key == key
        first = f"-{key}" if is_number else key
        second = key if is_number else f"-{key}"
        yield {
            "key": key,
            "label": _(str(label)),
            "description": _(description) if description else "",
            "is_number": is_number,
            "address": _address(screen, sort=second if screen.sort == first else first, page=""),
            "direction": ("descending" if screen.is_descending else "ascending") if is_sorted else "",
        }


def _rows(answer: ScreenAnswer, request: HttpRequest) -> list[dict[str, Any]]:
    watched = watched_asset_ids(request.user) if answer.rows else frozenset()
    return [
        {
            "asset": row,
            "watched": row.asset_id in watched,
            "score": _cell(row, FIRST.key),
            "cells": [_cell(row, each.key) for each in OTHERS],
        }
        for row in answer.rows
    ]


def _cell(row: ScreenRow, key: str) -> SafeString:
    value, unit = row.numbers[key], COLUMN_OF[key].unit
    if unit != "score":
        return figure(value, unit)
    low, high = (row.total_low, row.total_high) if key == "total" else (None, None)
    return score_bar(value, low, high)


def _chips(screen: Screen) -> Iterator[dict[str, str]]:
    """The active conditions, each with the address without it."""
    if screen.text:
        yield {"label": f"“{screen.text}”", "address": _address(screen.without("q"))}
    for key, values in screen.categories.items():
        for value in values:
            label = f"{_(CATEGORY_OF[key].label)}: {_label(value)}"
            yield {"label": label, "address": _address(screen.without(key, value))}
    for key, (low, high) in screen.ranges.items():
        column = COLUMN_OF[key]
        limits = [f"≥ {short(low, column.unit)}"] if low is not None else []
        limits += [f"≤ {short(high, column.unit)}"] if high is not None else []
        yield {"label": f"{_(column.label)} {' '.join(limits)}", "address": _address(screen.without(key))}
    if screen.gates:
        yield {"label": _(GATES[screen.gates]), "address": _address(screen.without("gates"))}


def _label(value: str) -> str:
    """Kinds and tiers are translated, names of chains and sectors are not."""
    return str(TRANSLATED.get(value, value))


def _choices(category: Category, answer: ScreenAnswer) -> dict[str, Any]:
    """The labels of a category by how many assets have them under the other conditions."""
    chosen = answer.screen.categories.get(category.key, ())
    counted = {label: count for label, count in answer.facets[category.key].items() if label}
    for label in chosen:
        counted.setdefault(label, 0)
    shown = sorted(counted, key=lambda label: (label not in chosen, -counted[label], label))[:MOST_CHOICES]
    return {
        "key": category.key,
        "label": _(category.label),
        "is_open": bool(chosen) or category.key in {"kind", "tier"},
        "choices": [
            {
                "id": f"count-{category.key}-{slugify(label)}",
                "value": label,
                "label": _label(label),
                "count": counted[label],
                "is_chosen": label in chosen,
            }
            for label in shown
        ],
    }


def _range(key: str, params: Mapping[str, list[str]]) -> dict[str, str]:
    """A pair of limits, with what was typed, right or wrong."""
    column = COLUMN_OF[key]
    low, high = (params.get(f"{key}_{end}", [""])[-1][:40] for end in ("min", "max"))
    example = {"usd": "100m", "share": "40%", "score": "60"}[column.unit]
    return {"key": key, "label": _(column.label), "low": low, "high": high, "example": example}


def _pages(answer: ScreenAnswer) -> dict[str, str]:
    """Where paging leads; empty at the ends."""
    screen, page, last = answer.screen, answer.page, answer.pages
    wanted = {"first": 1, "previous": page - 1, "next": page + 1, "last": last}
    return {
        name: _address(screen, page=number if number > 1 else "")
        if 1 <= number <= last and number != page
        else ""
        for name, number in wanted.items()
    }
