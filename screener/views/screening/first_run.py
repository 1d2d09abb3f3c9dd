"""First-run card: what is invented, and the real market brought in by one button, progress in place."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh
from kombu.exceptions import OperationalError as QueueError

from screener.services.operation import fill_market
from screener.services.operation.first_run import FirstRun, first_run
from screener.tasks import advance_filling
from screener.views.access import HtmxRequest, PersonalRequest, staff_only
from screener.views.data.refreshes import queue_is_gone
from screener.views.fragments import wants_fragment


@require_GET
def first_run_card(request: HtmxRequest) -> HttpResponse:
    """The card alone, every two seconds; the page around it is new when there is more to see on it.

    `seen` is the state of a card that stands still: nothing comes while it is the same.
    """
    shown = first_run()
    if not wants_fragment(request):
        return redirect("screener")
    if shown is not None and shown.state == request.GET.get("seen"):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if shown is None or not shown.is_moving:
        return HttpResponseClientRefresh()
    return render(request, "screening/screener/_first_run.html", card_context(shown))


def card_context(shown: FirstRun) -> dict[str, Any]:
    """The plan only where it is offered: it reads the settings of each provider."""
    if shown.is_moving or shown.state == "stopped":
        return {"first_run": shown}
    return {
        "first_run": shown,
        "sources": fill_market.planned_sources(),
        "minutes": fill_market.minutes_of_plan(),
        "calls": sum(each.calls for each in fill_market.PLAN),
        "keys": fill_market.helpful_keys(),
    }


@require_POST
@staff_only
def start_filling(request: PersonalRequest) -> HttpResponse:
    try:
        fill_market.start_filling(user=request.user)
        advance_filling.delay()
    except QueueError as error:
        messages.warning(request, queue_is_gone(error))
    return redirect("screener")


@require_POST
@staff_only
def stop_filling(request: PersonalRequest) -> HttpResponse:
    fill_market.stop_filling()
    messages.success(request, _("No further source is queried. What was stored stays."))
    return redirect("screener")
