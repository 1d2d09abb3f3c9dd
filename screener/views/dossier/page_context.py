"""What every page of an asset's dossier shows around its content: its tabs, and what the address asks."""

from typing import Any, Final

from django.http import HttpRequest

from assets.models import Asset
from screener.services.dossier.tabs import shown_tabs
from screener.views.dossier.past_day import PastDay

OF_ONE_PAGE: Final = ("whole", "all", "kind", "since", "before")
"""Words of the address that mean nothing on another tab."""


def page_context(request: HttpRequest, asset: Asset, past: PastDay | None, *, here: str) -> dict[str, Any]:
    """`here` is the name of the tab, "" where the page is not one of them."""
    query = asked_on(request)
    return {
        "asset": asset,
        "past": past,
        "here_tab": here,
        "tabs": [*shown_tabs(asset, here=here, query=query, is_past=past is not None)],
        "query": query,
        "next": request.get_full_path(),
    }


def asked_on(request: HttpRequest) -> str:
    """The query that goes on to the other tabs: the reader's size and terms, and the day."""
    asked = request.GET.copy()
    for word in OF_ONE_PAGE:
        asked.pop(word, None)
    return f"?{asked.urlencode()}" if asked else ""
