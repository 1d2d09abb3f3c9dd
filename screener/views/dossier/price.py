"""Price of an asset as JSON: what the chart of its page shows once a reader points at it."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_cookie

from assets.models import Asset
from screener.charts import PriceLine
from screener.services.calendar.asset_events import read_asset_events
from screener.services.calendar.dated_event import DatedEvent, Span
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.history.subject import HistorySubject
from screener.services.dossier.price_bars import PriceBars, closes_of, find_bitcoin, read_price_bars
from screener.services.dossier.price_marks import DOCUMENTS, GRADE, NOTE, PriceMark, read_price_marks
from screener.services.market.benchmark import read_benchmark, size_of_tier
from screener.views.dossier.past_day import PastDayError, past_day
from screener.words.charts import bar_reading
from screener.words.price_marks import mark_letter, mark_text, mark_title

MARKET: Final = "market"
TIER: Final = "tier"
BITCOIN: Final = "btc"
BENCHMARKS: Final = (MARKET, TIER, BITCOIN)
MOST_MARKS: Final = 50
"""Of one kind, the newest; a chart with more can't be read. The history is read a little further."""
DIGITS: Final = 9


class NoBenchmarkError(Exception):
    """A benchmark of which nothing is known; the text says why."""


@require_GET
@vary_on_cookie
@gzip_page
def price_bars(request: HttpRequest, slug: str) -> JsonResponse:
    """Bars, marks and, with `benchmark=` market, tier or btc, another line; `as_of=` as on the page.

    Columns of the same length, from old to new. What is not known is null.
    """
    asset = get_object_or_404(Asset.objects.at_address(slug))
    wanted = request.GET.get("benchmark", "")
    if wanted and wanted not in BENCHMARKS:
        return _refused(_("There is no such benchmark. Choose market, tier or btc."))
    try:
        past = past_day(request)
    except PastDayError as error:
        return _refused(str(error))
    facts = DossierFacts(asset, user=request.user, now=timezone.now(), as_of=past.moment if past else None)
    price = read_price_bars(facts)
    return JsonResponse(
        {
            "asset": asset.shown_name,
            "currency": "USD",
            "market": price.market,
            "as_of": price.bars[-1].at.date() if price.bars else None,
            **_columns(price),
            **_marks(facts, price),
            "benchmark": _benchmark(wanted, facts, price) if wanted else None,
        }
    )


def _refused(problem: str) -> JsonResponse:
    return JsonResponse({"problem": problem}, status=400)


def _columns(price: PriceBars) -> dict[str, Any]:
    bars = price.bars
    fields = ("open", "high", "low", "close", "volume")
    return {
        "day": [each.at.date() for each in bars],
        **{name: [_rounded(getattr(each, name)) for each in bars] for name in fields},
        "reading": [bar_reading(bar, before) for before, bar in pairwise((None, *bars)) if bar],
    }


def _rounded(value: float | None) -> float | None:
    """Without the noise of logarithms, which is half of the answer."""
    return None if value is None else float(f"{value:.{DIGITS}g}")


def _marks(facts: DossierFacts, price: PriceBars) -> dict[str, Any]:
    """The newest of each kind; `cut` names the kinds of which there are more."""
    placed: dict[str, list[tuple[int, DatedEvent | PriceMark]]] = defaultdict(list)
    for each in _happened(facts, price):
        place = price.place_of(each.on)
        if place is not None:
            placed[each.kind].append((place, each))
    shown = [each for marks in placed.values() for each in marks[-MOST_MARKS:]]
    return {
        "marks": [
            {
                "place": place,
                "day": mark.on,
                "kind": mark.kind,
                "letter": mark_letter(mark.kind),
                "title": mark_title(mark.kind),
                "text": mark_text(mark),
                "url": _url(facts.asset, mark),
            }
            for place, mark in sorted(shown, key=lambda each: each[0])
        ],
        "cut": [mark_title(kind) for kind, marks in placed.items() if len(marks) > MOST_MARKS],
    }


def _happened(facts: DossierFacts, price: PriceBars) -> Iterator[DatedEvent | PriceMark]:
    """Each kind in the order of its days; nothing without bars, on which it would stand."""
    if not price.bars:
        return
    first = price.bars[0].at.date()
    yield from read_asset_events(
        facts.asset, Span(first, facts.now.date()), now=facts.now, known_by=facts.as_of
    )
    subject = HistorySubject(facts.asset, user=facts.user, now=facts.now, as_of=facts.as_of)
    yield from read_price_marks(subject, first=first)


def _url(asset: Asset, mark: DatedEvent | PriceMark) -> str:
    """Where more of it stands: its source, or the page of it."""
    if isinstance(mark, DatedEvent):
        return _observation(asset, mark.source.observation_id)
    shown = mark.shown
    if mark.kind == DOCUMENTS:
        return next((each.document_url for each in shown if each.document_url), "") or _observation(
            asset, shown[0].observation_id
        )
    if mark.kind == GRADE:
        return reverse("score_change", args=[asset.slug, shown.old_id, shown.new_id])
    if mark.kind == NOTE:
        return reverse("note_history", args=[shown.revision.note_id])
    return reverse("plan", args=[shown.pk])


def _observation(asset: Asset, observation_id: int) -> str:
    return f"{reverse('observation', args=[observation_id])}?asset={asset.slug}#here"


def _benchmark(name: str, facts: DossierFacts, price: PriceBars) -> dict[str, Any]:
    """`values` by bar, on a scale of their own; or why there are none."""
    try:
        line = _line_of(name, facts)
        values = price.along(line)
        if not any(each is not None for each in values):
            raise NoBenchmarkError(_("It has no day in common with these prices."))
    except NoBenchmarkError as error:
        return {"name": name, "missing": str(error)}
    return {"name": name, "title": line.name, "values": [_rounded(each) for each in values]}


def _line_of(name: str, facts: DossierFacts) -> PriceLine:
    if name == BITCOIN:
        return _bitcoin(facts)
    if facts.as_of is not None:
        raise NoBenchmarkError(
            _("The market is worked out anew as bars come in: as of a past day it is not known.")
        )
    size = size_of_tier(facts.card.tier if facts.card else "") if name == TIER else None
    if name == TIER and size is None:
        raise NoBenchmarkError(_("The market-cap tier of this asset is not known."))
    chosen = {"size": size} if size else {}
    line = read_benchmark(facts.asset.kind, now=facts.now, fictional=facts.asset.fictional, **chosen)
    if line is None:
        raise NoBenchmarkError(_("Too few days of this market are worked out."))
    return line


def _bitcoin(facts: DossierFacts) -> PriceLine:
    """Its own bars, read as those of the asset are."""
    bitcoin = find_bitcoin()
    of_bitcoin = DossierFacts(bitcoin, now=facts.now, as_of=facts.as_of) if bitcoin else None
    line = closes_of(of_bitcoin.asset, read_price_bars(of_bitcoin)) if of_bitcoin else None
    if line is None:
        raise NoBenchmarkError(_("No prices of bitcoin are stored here."))
    return line
