"""Score history of an asset: all its scorecards, and what changed between two of them."""

from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from assets.models import Asset
from screener.charts import Chart, ScorePoint, score_chart
from screener.services.scoring.compare_scorecards import compare_pairs, compare_scorecards
from screener.views.paging import page_of

CARDS_A_PAGE = 20
CARDS_A_CHART = 400
MOVERS_A_CARD = 3


@require_GET
def score_history(request: HttpRequest, slug: str) -> HttpResponse:
    """The scorecards, the newest first, each with what moved it."""
    asset = get_object_or_404(Asset.objects.at_address(slug))
    scored = asset.scorecards.with_baselines().order_by("-id")
    page = page_of(request, scored, size=CARDS_A_PAGE)
    cards = list(page.object_list)
    before = scored.filter(pk__lt=cards[-1].pk)[:1] if cards else ()
    comparisons = compare_pairs((old, new) for new, old in pairwise([*cards, *before]))
    compared = {each.new.pk: each for each in comparisons}
    context = {
        "asset": asset,
        "page": page,
        "entries": [(card, compared.get(card.pk)) for card in cards],
        "movers": f":{MOVERS_A_CARD}",
        "chart": _chart(asset),
    }
    return render(request, "dossier/scorecards/history.html", context)


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


def _chart(asset: Asset) -> Chart | None:
    newest = asset.scorecards.order_by("-id").values_list("scored_at", "total", "total_low", "total_high")
    scores = [
        ScorePoint(at=at, total=total, low=low, high=high) for at, total, low, high in newest[:CARDS_A_CHART]
    ]
    return score_chart(scores[::-1])
