"""Plans: keeping what was worked out for an asset, all of one's own, and each against later prices."""

import csv
from io import StringIO
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assets.models import Asset
from screener.exports.protection import protected_text
from screener.forms.plans import PlanForm
from screener.models import Plan
from screener.services.desk.plans import planned_money, plans_of
from screener.services.desk.preferences import default_position
from screener.services.dossier import saved_plans as service
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.plan_chart import plan_chart
from screener.services.dossier.plan_mix import plan_mix
from screener.services.dossier.sections.plan import read_plan
from screener.services.dossier.tabs import place_on_page
from screener.services.screening.prepared import prepared
from screener.views.access import PersonalRequest, logged_in, page_before
from screener.views.desk.undo import offer_undo
from screener.views.dossier.own_settings import own_settings
from screener.views.paging import page_of
from screener.views.readers_position import tiers_of_reader

ROWS_A_PAGE = 25


@require_GET
@logged_in
def plans(request: PersonalRequest) -> HttpResponse:
    """All my plans, the newest first, with what became of them, and how they spread."""
    page = page_of(request, plans_of(request.user), size=ROWS_A_PAGE)
    progress = service.progress_of([*page], now=timezone.now())
    table = prepared(default_position(), tiers_of_reader(request)).table
    context = {
        "page": page,
        "rows": [{"plan": each, "progress": progress[each.pk]} for each in page],
        "mix": plan_mix(planned_money(request.user), table),
    }
    return render(request, "desk/plans/page.html", context)


@require_GET
@logged_in
def plan(request: PersonalRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(plans_of(request.user), pk=pk)
    prices = service.PlanPrices([shown], now=timezone.now())
    orders, progress = prices.orders(shown), prices.progress(shown)
    context = {
        "plan": shown,
        "progress": progress,
        "orders": service.shown_orders(orders, progress) if orders and progress else (),
        "terms": urlencode(
            {name: shown.terms[name] for name in PlanForm.base_fields if shown.terms.get(name)}
        ),
        "chart": plan_chart(prices.bars(shown), orders) if orders else None,
    }
    return render(request, "desk/plans/plan.html", context)


@require_POST
@logged_in
def save_plan(request: PersonalRequest, slug: str) -> HttpResponse:
    """Keep a plan on the terms that the form sends; they are worked out anew, by the facts of now."""
    asset = get_object_or_404(Asset.objects.at_address(slug))
    asked, now = PlanForm(request.POST).asked, timezone.now()
    facts = DossierFacts(
        asset, user=request.user, own_settings=lambda: own_settings(request), asked_plan=asked, now=now
    )
    planned = read_plan(facts).plan
    if planned is None or not planned.steps:
        messages.error(request, _("This plan buys nothing, so there is nothing to save. Check its terms."))
        return redirect(place_on_page(asset, "plan"))
    saved = service.save_plan(user=request.user, asset=asset, asked=asked, planned=planned, now=now)
    messages.success(request, _("The plan is saved. Nothing was ordered."))
    return redirect("plan", saved.pk)


@require_POST
@logged_in
def delete_plan(request: PersonalRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(plans_of(request.user), pk=pk)
    gone.soft_delete()
    offer_undo(request, _("The plan is deleted."), address=reverse("plan_restore", args=[gone.pk]))
    return redirect("plans")


@require_POST
@logged_in
def restore_plan(request: PersonalRequest, pk: int) -> HttpResponse:
    get_object_or_404(Plan.objects.of(request.user, with_deleted=True), pk=pk).restore()
    messages.success(request, _("The plan is back."))
    return redirect(page_before(request, default=reverse("plans")))


@require_GET
@logged_in
def export_plans(request: PersonalRequest) -> HttpResponse:
    """Every order of every plan as CSV."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(service.ORDER_COLUMNS)
    for row in service.order_rows(plans_of(request.user)):
        writer.writerow([protected_text(each) if isinstance(each, str) else each for each in row])
    return HttpResponse(
        file.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="plans.csv"'},
    )
