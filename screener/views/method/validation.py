"""The Validation page: how well the checklist separated bad outcomes from good ones, and where that ends."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assets.metrics.families import KINDS
from screener.checklist import CHECKLIST_VERSION
from screener.services.evidence.outcomes import outcomes_of_kind
from screener.services.evidence.read_swaps import read_swaps
from screener.services.evidence.read_validation import read_validation
from screener.services.evidence.summarise_cases import ENOUGH, prospects


@require_GET
def validation(request: HttpRequest) -> HttpResponse:
    """Labelled sets of the past, then the cases that this installation has followed itself."""
    by_horizon, sets = prospects(), read_validation()
    return render(
        request,
        "method/validation/page.html",
        {
            "sets": sets,
            "swaps": read_swaps(),
            "outcomes": [(kind, outcomes_of_kind(kind, sets)) for kind in KINDS],
            "prospects": by_horizon,
            "has_cases": any(each.waiting + each.due + each.unknown + each.labelled for each in by_horizon),
            "is_proven": any(each.is_enough for each in by_horizon),
            "enough": ENOUGH,
            "version": CHECKLIST_VERSION,
        },
    )
