"""The Market page: sizes and sectors over time, small against large, correlation, breadth, phases, risk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from assets.metrics.market_history.breadth import LEAST_CLOSES, MEAN_DAYS
from assets.metrics.market_history.group_returns import LEAST_MEMBERS
from assets.metrics.market_history.risk_reading import LEAST_RETURN_DAYS, RETURN_DAYS
from screener.services.market.overview import read_overview
from screener.services.market.watchlists_in_market import watchlists_in_market
from screener.views.kept_fragments import key_of


@require_GET
def market_overview(request: HttpRequest) -> HttpResponse:
    """The same for everybody, and for a person their watchlists in it."""
    now = timezone.now()
    overview = read_overview(now=now)
    lists = None
    if request.user.is_authenticated and not overview.history.is_empty:
        lists = watchlists_in_market(request.user, overview.history, now=now)
    context = {
        "overview": overview,
        "overview_key": key_of(overview),
        "kinds": [(each, overview.census.kinds[each.kind]) for each in overview.kinds],
        "lists": lists,
        "least_members": LEAST_MEMBERS,
        "mean_days": MEAN_DAYS,
        "least_closes": LEAST_CLOSES,
        "return_days": RETURN_DAYS,
        "least_return_days": LEAST_RETURN_DAYS,
    }
    return render(request, "market/page.html", context)
