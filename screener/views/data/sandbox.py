"""The sandbox market: what it holds, and its removal."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from kombu.exceptions import OperationalError as QueueError

from screener.models import SandboxRemoval
from screener.services.operation.remove_sandbox import begin_removal, hanging_on_sandbox
from screener.tasks import remove_sandbox
from screener.views.access import PersonalRequest, staff_only


@require_GET
@staff_only
def sandbox(request: PersonalRequest) -> HttpResponse:
    """What would go, before anything does."""
    shown = {"hanging": hanging_on_sandbox(), "removal": SandboxRemoval.objects.first()}
    return render(request, "data/sandbox.html", shown)


@require_POST
@staff_only
def remove(request: PersonalRequest) -> HttpResponse:
    """One that was confirmed. A worker does it; while the queue is gone it waits for the scheduler."""
    if request.POST.get("confirmed") != "yes":
        messages.error(request, _("Tick that the invented assets may go."))
        return redirect("sandbox")
    begin_removal(keep_in=settings.STATE_DIR, user=request.user)
    try:
        remove_sandbox.delay()
    except QueueError:
        messages.warning(request, _("The task queue does not answer. The removal starts when it is back."))
    return redirect("sandbox")
