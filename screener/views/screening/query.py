"""Completion of the query line while one types, and the page that explains the language."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from screener.checklist import CRITERIA
from screener.screens.columns import CATEGORIES, COLUMNS
from screener.screens.completion import completions
from screener.screens.query import LONGEST_QUERY
from screener.screens.reference import query_reference
from screener.services.screening.screen_labels import screen_labels

TITLES: Final = frozenset(
    {
        *(each.label for each in COLUMNS),
        *(each.label for each in CATEGORIES),
        *(each.title for each in CRITERIA.values()),
    }
)
"""Labels that are ours to translate; words of the language, tags and names of watchlists are not."""


@require_GET
@cache_control(private=True, max_age=30)
def complete(request: HttpRequest) -> HttpResponse:
    """`?q=…&caret=N` → the options for that place, as items of a listbox."""
    text = request.GET.get("q", "")[:LONGEST_QUERY]
    caret = request.GET.get("caret", "")
    place = int(caret) if caret.isascii() and caret.isdecimal() and len(caret) < 6 else len(text)
    completion = completions(text, min(place, len(text)), labels=screen_labels(request.user, asked=text))
    options = [
        (
            each.text,
            _(each.label) if each.label in TITLES else each.label,
            _(each.detail) if each.detail else "",
        )
        for each in completion.options
    ]
    return render(
        request,
        "screening/screener/_completions.html",
        {"start": completion.start, "end": completion.end, "options": options},
    )


@require_GET
def reference(request: HttpRequest) -> HttpResponse:
    """How to ask: the language with an example for everything it can say, and every column."""
    return render(request, "screening/screener/reference.html", {"reference": query_reference()})
