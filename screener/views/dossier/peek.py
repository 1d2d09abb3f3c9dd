"""Peek: an asset at a glance, as a fragment beside its row or as a small page where that can't be."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_cookie

from screener.services.dossier.peek import peek
from screener.views.access import HtmxRequest
from screener.views.fragments import fragment_or_page
from screener.views.readers_position import position_of_reader


@require_GET
@vary_on_cookie
def peek_at(request: HtmxRequest, slug: str) -> HttpResponse:
    shown = peek(slug, position=position_of_reader(request), now=timezone.now())
    if shown is None:
        raise Http404(_("No asset has this address."))
    context = {"peek": shown, "asset": shown.asset, "card": shown.card}
    return fragment_or_page(request, "screening/screener/_peek.html", context, fragment="#peek")
