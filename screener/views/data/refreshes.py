"""The Data page: where facts come from, what is being fetched now, and every answer word for word."""

import re

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from kombu.exceptions import OperationalError as QueueError

from assets.models import Asset, Observation, RefreshRun, RefreshStep
from assets.services import importing
from assets.services.refreshing import activity, runs
from assets.services.undoing import imported_by, is_ruling
from assets.services.watching import how_far, wish_stop
from assets.sourcing.messages import localized
from screener.forms.refresh import RefreshForm
from screener.models import UnscoredAsset
from screener.outages import in_plain_words
from screener.services.dossier.names_in_answers import names_in_answers
from screener.services.evidence.answer_sources import capabilities
from screener.services.operation.coverage import read_coverage
from screener.services.scoring.replay_scorecards import newest_report
from screener.services.screening.questioned_figures import count_questioned
from screener.views.access import HtmxRequest, PersonalRequest, logged_in, staff_only
from screener.views.data.payload import shown_text
from screener.views.data.shown_passage import shown_passage
from screener.views.fragments import fragment_or_page, wants_fragment
from screener.views.paging import page_of
from screener.words.refusals import refusal_kinds
from screener.words.runs import rows_done

RUNS_A_PAGE = 8
STEPS_A_PAGE = 50
UNSCORED_SHOWN = 20

PLACE = re.compile(r"[1-9][0-9]?")
"""Which passage of an answer, as an address says it."""

STOP_POLLING = 286
"""The status by which htmx is told that there is nothing more to wait for."""


# What is going on -------------------------------------------------------------------


@require_GET
def data(request: HtmxRequest) -> HttpResponse:
    """Providers and runs, those under way first; a fragment request gets the runs alone, each second."""
    page = page_of(request, activity.runs_under_way_first(), size=RUNS_A_PAGE)
    under_way = any(not run.is_over for run in page.object_list)
    told = {
        "page": page,
        "runs": [activity.progress_of(run) for run in page.object_list],
        "under_way": under_way,
    }
    if wants_fragment(request):
        return render(request, "data/page.html#runs", told, status=200 if under_way else STOP_POLLING)
    return render(
        request,
        "data/page.html",
        {
            **told,
            # Those who were asked stand first; among them the registry's order holds.
            "providers": sorted(
                activity.activity_of_providers(pauses=activity.pauses_of_providers(settings.BROKER_URL)),
                key=lambda each: not each.observations,
            ),
            "coverage": read_coverage(),
            "capabilities": capabilities(),
            "failed": activity.failed_steps().count(),
            "unscored": UnscoredAsset.objects.select_related("asset")[:UNSCORED_SHOWN],
            "unscored_count": UnscoredAsset.objects.count(),
            "questioned": count_questioned(),
            "replayed": newest_report(),
        },
    )


@require_GET
def run(request: HtmxRequest, pk: int) -> HttpResponse:
    """One run: its progress, why steps failed, and its steps, the failed ones first."""
    shown = get_object_or_404(RefreshRun.objects.select_related("asset", "started_by"), pk=pk)
    imported = imported_by(shown)
    page = page_of(request, activity.steps_of(shown), size=STEPS_A_PAGE)
    activity.name_assets(page)
    told = {
        "progress": activity.progress_of(shown),
        "run": shown,
        "refusals": refusal_kinds(activity.problems_of(shown)) if shown.steps_failed else [],
        "page": page,
        "imported": imported,
        "is_ruling": is_ruling(imported),
        "sheet": _sheet_under_way(shown),
    }
    status = STOP_POLLING if shown.is_over and wants_fragment(request) else 200
    return fragment_or_page(request, "data/run.html", told, fragment="#progress", status=status)


def _sheet_under_way(run: RefreshRun) -> dict[str, object] | None:
    """How far a worker is with the rows of an import; None of any other run, and once they are stored."""
    if run.provider != importing.ANALYST or run.is_over or run.steps_ended:
        return None
    far = how_far(importing.watch_of(run))
    if far is None:
        return {"text": _("The file waits for a worker.")}
    return {"done": far.done, "total": far.total, "text": rows_done(far)}


# Starting, stopping, trying again ------------------------------------------------------


@require_POST
@staff_only
def start_refresh(request: PersonalRequest) -> HttpResponse:
    form = RefreshForm(request.POST)
    if not form.is_valid():
        for problem in form.errors.values():
            messages.error(request, str(problem[0]))
        return redirect("data")
    try:
        started = runs.start_run(user=request.user, **form.cleaned_data)
    except runs.RefreshRefusedError as refusal:
        messages.error(request, localized(str(refusal)))
    except QueueError as error:
        messages.warning(request, queue_is_gone(error))
    else:
        return redirect("run", started.pk)
    return redirect("data")


@require_POST
@staff_only
def stop_run(request: PersonalRequest, pk: int) -> HttpResponse:
    stopped = get_object_or_404(RefreshRun, pk=pk)
    wish_stop(importing.watch_of(stopped))
    runs.stop_run(stopped)
    messages.success(request, _("The run takes no further steps. What it has stored stays."))
    return redirect("run", pk)


@require_POST
@staff_only
def retry_run(request: PersonalRequest, pk: int) -> HttpResponse:
    again = get_object_or_404(RefreshRun, pk=pk)
    try:
        count = runs.retry_failed(again)
    except QueueError as error:
        messages.warning(request, queue_is_gone(error))
        return redirect("run", pk)
    if count:
        text = ngettext("%(count)d step is tried again.", "%(count)d steps are tried again.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("Every step of this run is done; there is nothing to try again."))
    return redirect("run", pk)


def queue_is_gone(error: QueueError) -> str:
    """What is wrong with it, and that nothing has to be ordered again."""
    saved = _("The refresh is saved and starts by itself when the broker takes it.")
    return " ".join(each for each in (in_plain_words(error), saved) if each)


# Answers, word for word -----------------------------------------------------------------


@require_GET
@logged_in
def observation(request: PersonalRequest, pk: int) -> HttpResponse:
    """The whole answer, or with `?asset=` its passage about this one; `at` is which of several."""
    shown = get_object_or_404(
        Observation.objects.select_related("payload", "retraction__retracted_by"), pk=pk
    )
    asset = Asset.objects.at_address(request.GET.get("asset", "")[:120]).first()
    at = request.GET.get("at", "")
    passage = (
        shown_passage(shown.payload, names_in_answers(asset), number=int(at) if PLACE.fullmatch(at) else 1)
        if asset
        else None
    )
    told = {
        "observation": shown,
        "asset": asset,
        "passage": passage,
        "text": None if passage else shown_text(shown.payload),
        "run": RefreshStep.objects.filter(observation=shown).values_list("run_id", flat=True).first(),
        "is_ruling": is_ruling(shown),
    }
    return render(request, "data/observation.html", told)


@require_GET
@logged_in
def observation_payload(request: PersonalRequest, pk: int) -> HttpResponse:
    """The body as it came, as a file: never rendered, whatever it claims to be."""
    payload = get_object_or_404(Observation.objects.select_related("payload"), pk=pk).payload
    return HttpResponse(
        payload.body,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="observation-{pk}.txt"',
            "X-Content-Type-Options": "nosniff",
        },
    )
