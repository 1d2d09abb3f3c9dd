"""The asset page: one evidence-backed dossier, whole or section by section."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_cookie, vary_on_headers

from assets.models import Asset
from screener.forms.plans import PlanForm
from screener.forms.unlocks import UnlockForm
from screener.services.desk.visits import visit
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.history.news import NewsSinceVisit, news_since
from screener.services.dossier.read_sections import read_section, read_sections
from screener.services.dossier.sections import SECTIONS
from screener.views.access import HtmxRequest
from screener.views.dossier.own_settings import own_settings
from screener.views.dossier.past_day import PastDay, PastDayError, past_day, refused_day
from screener.views.fragments import wants_fragment
from screener.words.clock import reading_as_of

SCRIPTED_COOKIE = "scripted"
"""Set by static/js/assay.js: this browser runs scripts, so that sections can be loaded when scrolled to."""


@require_GET
@vary_on_cookie
def asset(request: HttpRequest, slug: str) -> HttpResponse:
    """The dossier of one asset.

    It comes whole, unless the browser has shown that it runs scripts: then only the first screen does, and
    each further section is asked for by itself. `?whole=1` is whole for everybody, as for printing.
    """
    found = Asset.objects.at_address(slug).first()
    if found is None:
        problem = _("No asset has this address. It may have been renamed; look for it by name or symbol.")
        return render(request, "404.html", {"problem": problem, "search": slug.replace("-", " ")}, status=404)
    if found.slug != slug:
        return redirect(found, permanent=True)
    try:
        past = past_day(request)
    except PastDayError as error:
        return refused_day(request, found, error)
    whole = "whole" in request.GET or SCRIPTED_COOKIE not in request.COOKIES
    facts = _facts(request, found, past)
    context = {
        "asset": found,
        "past": past,
        "news": None if past else _news(request, facts),
        "sections": read_sections(facts, whole=whole),
        "query": _query(request),
        "whole_address": "" if whole else f"{found.get_absolute_url()}{_query(request, whole='1')}",
        "next": request.get_full_path(),
    }
    with reading_as_of(facts.as_of):
        return render(request, "dossier/page.html", context)


@require_GET
@vary_on_headers("HX-Request")
def section(request: HtmxRequest, slug: str, name: str) -> HttpResponse:
    """One section, for a page that has waited with it. Opened by itself it leads to its place on the page."""
    found = get_object_or_404(Asset.objects.at_address(slug))
    wanted = next((each for each in SECTIONS if each.name == name), None)
    if wanted is None:
        raise Http404(_("The page of an asset has no such section."))
    page = f"{found.get_absolute_url()}{_query(request)}"
    if not wants_fragment(request):
        return redirect(f"{page}#{name}")
    try:
        past = past_day(request)
    except PastDayError as error:
        return refused_day(request, found, error)
    facts = _facts(request, found, past)
    read = read_section(wanted, facts)
    if read is None:
        return HttpResponse()  # there is nothing to show any more, so nothing takes its place
    context = {"asset": found, "each": read, "next": page, "past": past}
    with reading_as_of(facts.as_of):
        return render(request, "dossier/_section.html", context)


def _news(request: HttpRequest, facts: DossierFacts) -> NewsSinceVisit | None:
    """What is new to the reader, who is looking just now."""
    since = visit(user=request.user, asset=facts.asset, now=facts.now)
    return news_since(facts, since) if since else None


def _facts(request: HttpRequest, found: Asset, past: PastDay | None) -> DossierFacts:
    return DossierFacts(
        found,
        user=request.user,
        own_settings=lambda: own_settings(request),
        whole_lists=request.GET.getlist("all"),
        asked_unlock=UnlockForm(request.GET).asked,
        asked_plan=PlanForm(request.GET).asked,
        now=timezone.now(),
        as_of=past.moment if past else None,
    )


def _query(request: HttpRequest, **further: str) -> str:
    """What the address asks of every section, which is all but whether the whole is wanted."""
    asked = request.GET.copy()
    asked.pop("whole", None)
    asked.update(further)
    return f"?{asked.urlencode()}" if asked else ""
