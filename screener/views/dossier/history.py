"""History of an asset: everything that changed, the newest first, by kind, since a visit or as of a day."""

from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from assets.models import Asset
from screener.charts import Chart, ScorePoint, score_chart
from screener.services.desk.visits import visit
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.read_history import HistoryPage, kinds_for, read_history
from screener.services.dossier.history.subject import HistorySubject
from screener.views.dossier.page_context import page_context
from screener.views.dossier.past_day import PastDayError, past_day, refused_day

CARDS_A_CHART: Final = 400
SINCE_VISIT: Final = "visit"


@require_GET
def asset_history(request: HttpRequest, slug: str) -> HttpResponse:
    """`kind=` is a kind of entries, `since=visit` leaves out what the reader's last visit had, `before=` is
    the place where the page before ended. What makes no sense in the address is as if it was not there; a
    day that can't be shown is refused."""
    asset = get_object_or_404(Asset.objects.at_address(slug))
    try:
        past = past_day(request)
    except PastDayError as error:
        return refused_day(request, asset, error)
    now = timezone.now()
    visited = None if past else visit(user=request.user, asset=asset, now=now)
    subject = HistorySubject(asset, user=request.user, now=now, as_of=past.moment if past else None)
    kinds = kinds_for(subject)
    kind = next((each for each in kinds if each.name == request.GET.get("kind")), None)
    behind = HistoryPlace.read(request.GET.get("before", ""))
    since = visited if request.GET.get("since") == SINCE_VISIT else None
    page = read_history(subject, kind=kind.name if kind else "", behind=behind, since=since)
    context = {
        **page_context(request, asset, past, here="history"),
        "page": page,
        "kinds": kinds,
        "kind": kind,
        "is_first_page": behind is None,
        "visited": visited,
        "is_since_visit": since is not None,
        "seen_from": _first_seen(page, visited),
        "chart": _chart(asset, subject.now) if behind is None else None,
    }
    return render(request, "dossier/history/page.html", context)


def _first_seen(page: HistoryPage, visited: datetime | None) -> Any:
    """The first entry that the visit before had already, where newer ones stand above it."""
    if visited is None:
        return None
    places = [each.place for each in page.entries]
    older = [each for each in places if each.at <= visited]
    return older[0] if older and len(older) < len(places) else None


def _chart(asset: Asset, until: datetime) -> Chart | None:
    scored = asset.scorecards.filter(scored_at__lte=until).order_by("-scored_at", "-id")
    newest = scored.values_list("scored_at", "total", "total_low", "total_high")[:CARDS_A_CHART]
    scores = [ScorePoint(at=at, total=total, low=low, high=high) for at, total, low, high in newest]
    return score_chart(scores[::-1])
