"""The Checklist page: every criterion and every rule, generated from the code that scores."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assets.metrics.families import KINDS
from screener.checklist.reference import reference
from screener.screens.tier_limits import OF_CHECKLIST
from screener.services.evidence.read_validation import rates_by_class, read_validation
from screener.views.readers_position import tiers_of_reader


@require_GET
def checklist(request: HttpRequest) -> HttpResponse:
    """The whole checklist, or what is asked of one kind of asset."""
    kind = request.GET.get("kind")
    kinds = (kind,) if kind in KINDS else KINDS
    context = {
        "kind": kind if kind in KINDS else "",
        "reference": reference(kinds),
        "tiers": tiers_of_reader(request),
        "tiers_of_checklist": OF_CHECKLIST,
        "rates": rates_by_class(read_validation(), kinds),
    }
    return render(request, "method/checklist/page.html", context)
