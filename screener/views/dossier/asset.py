"""The asset page: one evidence-backed dossier, tab by tab, as a whole, or a section of it."""

from datetime import UTC, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_cookie, vary_on_headers

from assets.models import Asset
from screener.forms.plans import PlanForm
from screener.forms.unlocks import UnlockForm
from screener.services.calendar.asset_events import read_asset_events
from screener.services.calendar.dated_event import Span
from screener.services.desk.visits import visit
from screener.services.dossier.facts import AHEAD_DAYS, DossierFacts
from screener.services.dossier.history.news import NewsSinceVisit, news_since
from screener.services.dossier.read_sections import read_section, read_sections
from screener.services.dossier.sections import HEADER, SECTIONS
from screener.services.dossier.tabs import OVERVIEW, TAB_OF, WHOLE, place_on_page, tab_of
from screener.views.access import HtmxRequest
from screener.views.dossier.own_settings import own_settings
from screener.views.dossier.page_context import asked_on, page_context
from screener.views.dossier.past_day import PastDay, PastDayError, past_day, refused_day
from screener.views.fragments import wants_fragment
from screener.words.clock import reading_as_of


@require_GET
@vary_on_cookie
def asset(request: HttpRequest, slug: str, tab: str = OVERVIEW.name) -> HttpResponse:
    """The dossier of one asset: a tab of it, or with `?whole=1` all of them below each other, to print."""
    found = Asset.objects.at_address(slug).first()
    if found is None:
        problem = _("No asset has this address. It may have been renamed; look for it by name or symbol.")
        return render(request, "404.html", {"problem": problem, "search": slug.replace("-", " ")}, status=404)
    if found.slug != slug:
        return redirect(TAB_OF[tab].address(found), permanent=True)
    try:
        past = past_day(request)
    except PastDayError as error:
        return refused_day(request, found, error)
    is_whole = "whole" in request.GET
    facts = _facts(request, found, past)
    sections = read_sections(facts, WHOLE if is_whole else TAB_OF[tab].sections)
    of_overview = next((each for each in sections if each.section == HEADER), None)
    context = {
        **page_context(request, found, past, here="" if is_whole else tab),
        "tab": TAB_OF[tab],
        "is_whole": is_whole,
        "header": of_overview or read_section(HEADER, facts),
        "sections": sections,
        "news": _news(request, facts) if tab == OVERVIEW.name and not past else None,
    }
    with reading_as_of(facts.as_of):
        return render(request, "dossier/page.html", context)


@require_GET
@vary_on_headers("HX-Request")
def section(request: HtmxRequest, slug: str, name: str) -> HttpResponse:
    """One section by itself, to take the place of it on the page. Opened as a page it leads to its tab."""
    found = get_object_or_404(Asset.objects.at_address(slug))
    wanted = next((each for each in SECTIONS if each.name == name), None)
    if wanted is None:
        raise Http404(_("The page of an asset has no such section."))
    tab, query = tab_of(name), asked_on(request)
    if not wants_fragment(request):
        return redirect(place_on_page(found, name, query))
    try:
        past = past_day(request)
    except PastDayError as error:
        return refused_day(request, found, error)
    facts = _facts(request, found, past)
    read = read_section(wanted, facts)
    if read is None:
        return HttpResponse()  # there is nothing to show any more, so nothing takes its place
    page = {"next": f"{tab.address(found)}{query}", "each": read}
    context = page_context(request, found, past, here=tab.name) | page
    with reading_as_of(facts.as_of):
        return render(request, "dossier/_section.html", context)


def _news(request: HttpRequest, facts: DossierFacts) -> NewsSinceVisit | None:
    """What is new to the reader, who is looking just now."""
    since = visit(user=request.user, asset=facts.asset, now=facts.now)
    return news_since(facts, since) if since else None


def _facts(request: HttpRequest, found: Asset, past: PastDay | None) -> DossierFacts:
    now = timezone.now()
    return DossierFacts(
        found,
        user=request.user,
        own_settings=lambda: own_settings(request),
        whole_lists=request.GET.getlist("all"),
        asked_unlock=UnlockForm(request.GET).asked,
        asked_plan=PlanForm(request.GET).asked,
        read_ahead=lambda: read_asset_events(found, _ahead(now), now=now, with_filings_due=True),
        now=now,
        as_of=past.moment if past else None,
    )


def _ahead(now: datetime) -> Span:
    today = now.astimezone(UTC).date()
    return Span(today, today + timedelta(days=AHEAD_DAYS))
