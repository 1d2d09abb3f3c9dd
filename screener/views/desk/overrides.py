"""Overrides: answering a criterion otherwise than the machine, and the list of one's own answers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assets.models import Asset
from screener.checklist import CRITERIA, State
from screener.forms.overrides import OverrideForm
from screener.models import Override
from screener.services.desk import overrides as service
from screener.services.dossier.tabs import place_on_page
from screener.views.access import PersonalRequest, logged_in, page_before
from screener.views.desk.undo import offer_undo
from screener.views.fragments import fragment_or_page
from screener.views.paging import page_of

ROWS_A_PAGE = 50


@require_GET
@logged_in
def overrides(request: PersonalRequest) -> HttpResponse:
    """All my answers, the newest first; expired ones say so."""
    page = page_of(request, service.overrides_of(request.user), size=ROWS_A_PAGE)
    today = timezone.localdate()
    context = {
        "page": page,
        "rows": [
            {
                "override": each,
                "criterion": CRITERIA.get(each.criterion),
                "expired": service.is_expired(each, today=today),
            }
            for each in page
        ],
    }
    return render(request, "desk/overrides/page.html", context)


@require_http_methods(["GET", "POST"])
@logged_in
def override_answer(request: PersonalRequest, slug: str, criterion: str) -> HttpResponse:
    """The form for one criterion of one asset; a POST saves the answer."""
    asset = get_object_or_404(Asset.objects.at_address(slug))
    asked = CRITERIA.get(criterion)
    if asked is None or asset.kind not in asked.kinds:
        raise Http404
    # Several of these forms can stand on one asset page, each with its own ids.
    form = OverrideForm(request.POST if request.method == "POST" else None, auto_id=f"{criterion}-%s")
    if form.is_valid():
        answer = form.cleaned_data | {"state": State(form.cleaned_data["state"])}
        try:
            service.override_answer(user=request.user, asset=asset, criterion=criterion, **answer)
        except service.AlreadyAnsweredError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your answer is shown beside the checklist's."))
            return redirect(place_on_page(asset, criterion))
    context = {"asset": asset, "criterion": asked, "form": form}
    status = 422 if form.errors else 200
    return fragment_or_page(request, "desk/overrides/edit.html", context, fragment="#form", status=status)


@require_POST
@logged_in
def withdraw_override(request: PersonalRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(service.overrides_of(request.user), pk=pk)
    gone.soft_delete()
    text = _("Your answer is withdrawn.")
    offer_undo(request, text, address=reverse("override_restore", args=[gone.pk]), next=_back(request))
    return redirect(_back(request))


@require_POST
@logged_in
def restore_override(request: PersonalRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(Override.objects.of(request.user, with_deleted=True), pk=pk)
    try:
        service.restore_override(override=gone)
    except service.AlreadyAnsweredError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your answer counts again."))
    return redirect(_back(request))


def _back(request: PersonalRequest) -> str:
    return page_before(request, default=reverse("overrides"))
