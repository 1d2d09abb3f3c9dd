"""What changed between two scorecards of an asset."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from assets.models import Asset
from screener.services.scoring.compare_scorecards import compare_scorecards


@require_GET
def score_change(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    """What changed from one scorecard to another, the older one first."""
    asset = get_object_or_404(Asset.objects.at_address(slug))
    cards = asset.scorecards.with_baselines().in_bulk([old, new])
    if len(cards) < 2:
        raise Http404
    if old > new:
        return redirect("score_change", slug, new, old)
    context = {"asset": asset, "comparison": compare_scorecards(old=cards[old], new=cards[new])}
    return render(request, "dossier/scorecards/change.html", context)
