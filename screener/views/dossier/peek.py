"""An asset at a glance: a fragment beside its row, a small page where that can't be."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from screener.services.dossier.peek import peek
from screener.views.access import HtmxRequest


@require_GET
@vary_on_headers("HX-Request")
def peek_at(request: HtmxRequest, slug: str) -> HttpResponse:
    told = peek(slug, now=timezone.now())
    if told is None:
        raise Http404(_("No asset has this address."))
    template = "screening/screener/_peek.html#peek" if request.htmx else "screening/screener/_peek.html"
    return render(request, template, {"peek": told, "asset": told.asset, "card": told.card})
