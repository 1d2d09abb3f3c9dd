"""Sources and licences: whose figures these are, and under which terms."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assets.providers import PROVIDERS

OF_THIS_SERVER: Final = frozenset({"analyst", "sandbox"})
"""What is imported here or invented has no source elsewhere."""


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """Each vendor once, by name, whichever of its services are asked."""
    vendors = [each for each in PROVIDERS if each.name not in OF_THIS_SERVER]
    by_name = sorted(vendors, key=lambda each: each.title.casefold(), reverse=True)
    by_website = {each.website: each for each in by_name}
    return render(request, "method/about/page.html", {"sources": [*by_website.values()][::-1]})
