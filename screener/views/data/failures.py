"""Dead-letter queue: steps that failed for good, whatever run they belong to, and retrying them."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from kombu.exceptions import OperationalError as QueueError

from assets.models import RefreshStep
from assets.services.refreshing import activity, runs
from screener.views.access import HtmxRequest, PersonalRequest, staff_only
from screener.views.paging import page_of
from screener.words.refusals import refusal_kinds

STEPS_A_PAGE = 50


@require_GET
def failures(request: HtmxRequest) -> HttpResponse:
    """Failed steps of the last weeks, the newest first, and their reasons, the commonest first."""
    failed = activity.failed_steps(provider=request.GET.get("provider", ""))
    page = page_of(request, failed.select_related("run"), size=STEPS_A_PAGE)
    activity.name_assets(page)
    context = {
        "page": page,
        "refusals": refusal_kinds(activity.reasons_of(failed)),
        "provider": request.GET.get("provider", ""),
    }
    return render(request, "data/failures.html", context)


@require_POST
@staff_only
def retry_failures(request: PersonalRequest) -> HttpResponse:
    """Put every failed step of the page's provider, or of all, back in line."""
    failed = activity.failed_steps(provider=request.POST.get("provider", ""))
    try:
        count = _retry(failed)
    except QueueError:
        messages.warning(request, _("The task queue does not answer. Try again when it is back."))
    else:
        text = ngettext("%(count)d step is tried again.", "%(count)d steps are tried again.", count)
        messages.success(request, text % {"count": count})
    return redirect("failures")


def _retry(failed: QuerySet[RefreshStep]) -> int:
    touched = {step.run for step in failed.select_related("run")}
    return sum(runs.retry_failed(each) for each in touched)
