"""The real market that was brought in: what came, and taking it back."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from kombu.exceptions import OperationalError as QueueError

from screener.services.operation import fill_market
from screener.services.operation.undo_filling import begin_undo, is_orderer, newest_undo, undoable
from screener.tasks import undo_filling
from screener.views.access import PersonalRequest, logged_in, staff_only
from screener.words.sources import provider_title


@require_GET
@logged_in
def market(request: PersonalRequest) -> HttpResponse:
    """What would go and what would stay, before anything does; then how far it is, and what became of it."""
    return _page(request) if is_orderer(request.user) else _page_for_staff(request)


@require_POST
@logged_in
def undo(request: PersonalRequest) -> HttpResponse:
    """One that was confirmed, by who ordered the market or by staff."""
    return _undo(request) if is_orderer(request.user) else _undo_for_staff(request)


def _page(request: PersonalRequest) -> HttpResponse:
    under_way = newest_undo()
    is_moving = under_way is not None and under_way.ended_at is None
    shown = {
        "undo": under_way,
        "is_moving": is_moving,
        "undoable": None if is_moving else undoable(),
        "by_itself": [
            provider_title(name)
            for name in dict.fromkeys(each.provider for each in fill_market.PLAN)
            if name in settings.ASSAY_REFRESH
        ],
    }
    return render(request, "data/market.html", shown)


def _undo(request: PersonalRequest) -> HttpResponse:
    """A worker does it; while the queue is gone it waits for the scheduler."""
    if request.POST.get("confirmed") != "yes":
        messages.error(request, _("Tick that these assets may go."))
        return redirect("market")
    if begin_undo(user=request.user) is None:
        messages.info(request, _("There is no real market to take back."))
        return redirect("market")
    try:
        undo_filling.delay()
    except QueueError:
        messages.warning(request, _("The task queue does not answer. The removal starts when it is back."))
    return redirect("market")


_page_for_staff, _undo_for_staff = staff_only(_page), staff_only(_undo)
