"""The page that fetches what is missing: which calls would answer what, then the calls themselves."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from kombu.exceptions import OperationalError as QueueError

from assets.models import Asset
from assets.sourcing.messages import localized
from screener.services.comparison.choose_assets import choose_assets
from screener.services.desk.watchlists import watchlists_of
from screener.services.operation.fetch_missing import MOST, plan_fetches, start_fetches
from screener.views.access import PersonalRequest, logged_in, staff_only
from screener.views.data.refreshes import queue_is_gone
from screener.views.row_ids import row_id


@require_http_methods(["GET", "POST"])
@logged_in
def missing(request: PersonalRequest) -> HttpResponse:
    """The plan for the assets that the address names, or for a list of one's own; posting it starts it."""
    assets = _chosen(request)
    if request.method == "POST":
        return _start(request, assets)
    context = {
        "chosen": assets[:MOST],
        "beyond": len(assets) - MOST,
        "plan": plan_fetches(assets, now=timezone.now()),
    }
    return render(request, "data/missing.html", context)


@staff_only
def _start(request: PersonalRequest, assets: Sequence[Asset]) -> HttpResponse:
    try:
        started, refused = start_fetches(plan_fetches(assets, now=timezone.now()), user=request.user)
    except QueueError as error:
        messages.warning(request, queue_is_gone(error))
        return redirect("data")
    for each in dict.fromkeys(refused):
        messages.warning(request, localized(each))
    if not started:
        messages.info(request, _("No source has what is missing."))
        return redirect(request.get_full_path())
    if len(started) == 1:
        return redirect("run", started[0].pk)
    messages.success(
        request,
        ngettext("%(n)s run was started.", "%(n)s runs were started.", len(started)) % {"n": len(started)},
    )
    return redirect("data")


def _chosen(request: PersonalRequest) -> list[Asset]:
    """The assets of the address, or of the list that it names, by their names."""
    if watchlist := request.GET.get("watchlist", ""):
        own = watchlists_of(request.user)
        found = get_object_or_404(own, pk=row_id(watchlist))
        among = Asset.objects.filter(pk__in=found.entries.values("asset"))
    else:
        choice = choose_assets(request.GET.getlist("asset"))
        ids = [each.pk for each in (*choice.assets, *choice.beyond)]
        among = Asset.objects.filter(pk__in=ids)
    return list(among.order_by("name", "pk").prefetch_related("identifiers"))
