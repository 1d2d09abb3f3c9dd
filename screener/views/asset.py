"""The asset page: one evidence-backed dossier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from assets.models import Asset
from screener.forms.notes import NoteForm
from screener.services.notes import notes_on
from screener.services.read_dossier import read_dossier
from screener.services.watchlists import watched_asset_ids


@require_GET
def asset(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything known of one asset, and the reader's own notes on it."""
    shown = get_object_or_404(Asset, slug=slug)
    told = {
        "asset": shown,
        "dossier": read_dossier(shown),
        "watched": shown.pk in watched_asset_ids(request.user),
        "notes": notes_on(user=request.user, asset=shown),
        "form": NoteForm(),
    }
    return render(request, "asset/page.html", told)
