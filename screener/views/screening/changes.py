"""What changed since a day or the last visit: of the assets of a watchlist, of a screen's page, or of one."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from assets.models import Asset
from screener.models import Watchlist
from screener.screens.screen import read_screen
from screener.services.desk.watchlists import newest_asset_ids
from screener.services.screening.run_screen import run_screen
from screener.services.screening.screens import address_of
from screener.services.screening.what_changed import MOST_ASSETS, what_changed
from screener.views.readers_position import own_position, tiers_of_reader
from screener.views.row_ids import row_id

SPANS: Final = {"1d": _("1 day"), "7d": _("7 days"), "30d": _("30 days"), "90d": _("90 days")}
USUAL: Final = "7d"
VISIT: Final = "visit"
LAST_VISITS: Final = "changes_seen"
"""In the session: by list the moments of this visit and of the one before."""
ONE_VISIT: Final = timedelta(hours=1)
LISTS_REMEMBERED: Final = 50


@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """`watchlist=` is a list of the reader's own, `asset=` one asset; else those on a screen's page.

    `since` is a span, a day, or the last visit of the list.
    """
    subject = _subject(request)
    visited = _last_visit(request, subject["key"]) if subject["key"] else None
    chosen, since = _since(request.GET.get("since", ""), visited)
    context = {
        **subject,
        "changes": what_changed(subject["ids"], since=since),
        "asked": min(len(subject["ids"]), MOST_ASSETS),
        "since": since,
        "spans": [
            (name, label, _address(subject["words"], name), name == chosen)
            for name, label in (*SPANS.items(), *([(VISIT, _("Last visit"))] if visited else []))
        ],
        "day": since.date().isoformat() if chosen == "" else "",
    }
    return render(request, "screening/changes/page.html", context)


def _subject(request: HttpRequest) -> dict[str, Any]:
    """Whose changes: ids of assets, a title, the way back, and the words of the address."""
    if "watchlist" in request.GET:
        own = Watchlist.objects.of(request.user)
        watchlist = get_object_or_404(own, pk=row_id(request.GET["watchlist"]))
        return {
            "ids": newest_asset_ids(watchlist, most=MOST_ASSETS + 1),
            "title": watchlist.name,
            "back": watchlist.get_absolute_url(),
            "words": [("watchlist", str(watchlist.pk))],
            "key": str(watchlist.pk),
        }
    if "asset" in request.GET:
        asset = get_object_or_404(Asset.objects.at_address(request.GET["asset"]))
        return {
            "ids": [asset.pk],
            "title": str(asset),
            "back": asset.get_absolute_url(),
            "words": [("asset", asset.slug)],
            "key": "",
        }
    params = {word: request.GET.getlist(word) for word in request.GET if word != "since"}
    screen, _problems = read_screen(params)
    answer = run_screen(
        screen, user=request.user, position=own_position(request), tiers=tiers_of_reader(request)
    )
    words = screen.to_params()
    return {
        "ids": [each.asset_id for each in answer.rows],
        "title": screen.query,
        "back": address_of(words),
        "words": words,
        "key": "",
    }


def _since(typed: str, visited: datetime | None) -> tuple[str, datetime]:
    """Which span was chosen, "" for a day, and the moment. What makes no sense is the usual one."""
    now = timezone.now()
    if typed == VISIT and visited:
        return VISIT, visited
    if typed not in SPANS and (day := _day(typed)) is not None:
        return "", min(now, datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone()))
    span = typed if typed in SPANS else VISIT if visited and not typed else USUAL
    return span, visited if span == VISIT and visited else now - timedelta(days=int(span.rstrip("d")))


def _day(typed: str) -> Any:
    try:
        return parse_date(typed)
    except ValueError:
        return None


def _last_visit(request: HttpRequest, key: str) -> datetime | None:
    """When this list's changes were looked at before; a reload within the hour is the same visit."""
    now, kept = timezone.now(), dict(request.session.get(LAST_VISITS, {}))
    this, before = kept.get(key, (None, None))
    if this is None or now - datetime.fromisoformat(this) > ONE_VISIT:
        this, before = now.astimezone(UTC).isoformat(), this
        kept.pop(key, None)
        kept[key] = (this, before)
        request.session[LAST_VISITS] = dict(list(kept.items())[-LISTS_REMEMBERED:])
    return datetime.fromisoformat(before) if before else None


def _address(words: Sequence[tuple[str, str]], since: str) -> str:
    return f"{reverse('changes')}?{urlencode([*words, ('since', since)])}"
