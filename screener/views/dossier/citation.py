"""Citation of an asset: its dossier as Markdown to be copied into a text, and as a document to be kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_cookie

from assets.models import Asset
from screener.services.dossier.citation import markdown_of
from screener.services.dossier.cited import cited_dossier
from screener.services.dossier.document import document_of
from screener.services.dossier.facts import DossierFacts
from screener.views.dossier.own_settings import own_settings


@require_GET
def citation(request: HttpRequest, slug: str) -> HttpResponse:
    """Plain text, which a browser shows."""
    found = get_object_or_404(Asset.objects.at_address(slug))
    text = markdown_of(cited_dossier(DossierFacts(found, now=timezone.now()), site=_site(request)))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_GET
@vary_on_cookie
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """A PDF, with the charts of the page and the reader's own notes, at the reader's own size."""
    found = get_object_or_404(Asset.objects.at_address(slug))
    now = timezone.now()
    facts = DossierFacts(found, user=request.user, own_settings=lambda: own_settings(request), now=now)
    name = f"{found.slug}-{now:%Y-%m-%d}.pdf"
    return HttpResponse(
        document_of(facts, site=_site(request)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
