"""The asset page: one evidence-backed dossier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assets.models import Asset
from screener.forms.notes import NoteForm
from screener.services.notes import notes_on
from screener.services.read_dossier import read_dossier
from screener.services.watchlists import watched_asset_ids


@require_GET
def asset(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything known of one asset, and the reader's own notes on it."""
    shown = Asset.objects.filter(slug=slug).first()
    if shown is None:
        problem = _("No asset has this address. It may have been renamed; look for it by name or symbol.")
        return render(request, "404.html", {"problem": problem, "search": slug.replace("-", " ")}, status=404)
    told = {
        "asset": shown,
        "dossier": read_dossier(shown),
        "watched": shown.pk in watched_asset_ids(request.user),
        "notes": notes_on(user=request.user, asset=shown),
        "form": NoteForm(),
    }
    return render(request, "asset/page.html", told)
