"""Calendar feeds: making the address of a watchlist's feed, and answering the programs that ask it."""

import uuid
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from screener.models import CalendarFeed, Watchlist
from screener.services.calendar.feeds import change_feed, read_feed
from screener.services.calendar.icalendar_file import icalendar_file
from screener.views.access import PersonalRequest, logged_in, page_before

FILE_NAME: Final = 'inline; filename="assay.ics"'


@require_POST
@logged_in
def watchlist_feed(request: PersonalRequest, pk: int) -> HttpResponse:
    """`shared=1`: an address for calendar programs; `new`: another one; without it none."""
    watchlist = get_object_or_404(Watchlist.objects.of(request.user), pk=pk)
    change_feed(watchlist=watchlist, wanted=request.POST.get("shared", ""))
    default = f"{reverse('calendar')}?view=month&watchlist={watchlist.pk}"
    return redirect(page_before(request, default=default))


@require_safe
def calendar_feed(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Read-only, for whoever has the address. Neither a proxy nor a search engine keeps it."""
    feed = get_object_or_404(CalendarFeed.objects.at_link(token).select_related("watchlist"))
    answer = read_feed(feed, now=timezone.now(), site=request.build_absolute_uri("/").rstrip("/"))
    response = HttpResponse(
        icalendar_file(answer.name, answer.lines), content_type="text/calendar; charset=utf-8"
    )
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Content-Disposition"] = FILE_NAME
    response.headers["X-Robots-Tag"] = "noindex"
    return response
