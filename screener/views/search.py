"""Search: the list under the field of the header while one types, and the page of results."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from screener.services.desk.search_words import LONGEST_WORDS
from screener.services.search.search import LONG, search


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """`?q=…`: all that was found, in groups; where the form leads without JavaScript."""
    typed = request.GET.get("q", "")[:LONGEST_WORDS].strip()
    context = {"typed": typed, "groups": search(typed, user=request.user, most=LONG)}
    return render(request, "search/page.html", context)


@require_GET
@cache_control(private=True, max_age=10)
def suggest(request: HttpRequest) -> HttpResponse:
    """`?q=…&on=PATH` → the nearest results as options of a listbox; `on` is the page from where one asks."""
    typed = request.GET.get("q", "")[:LONGEST_WORDS].strip()
    groups = search(typed, user=request.user, on_page=request.GET.get("on", "")[:LONGEST_WORDS])
    more = f"{reverse('search')}?{urlencode({'q': typed})}" if typed else ""
    return render(request, "search/_options.html", {"groups": groups, "typed": typed, "more": more})
