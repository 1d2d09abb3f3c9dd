"""Citation of an asset: its dossier as Markdown, to be copied into a text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from assets.models import Asset
from screener.services.dossier.citation import cite
from screener.services.dossier.facts import DossierFacts


@require_GET
def citation(request: HttpRequest, slug: str) -> HttpResponse:
    """Plain text, which a browser shows."""
    found = get_object_or_404(Asset.objects.at_address(slug))
    text = cite(DossierFacts(found, now=timezone.now()), site=request.build_absolute_uri("/").rstrip("/"))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
