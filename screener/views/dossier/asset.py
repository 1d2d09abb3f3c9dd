"""The asset page: one evidence-backed dossier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assets.models import Asset
from screener.forms.notes import NoteForm
from screener.models import Preference, Profile
from screener.services.desk.notes import notes_on
from screener.services.desk.overrides import overrides_on
from screener.services.desk.personal_score import read_standing
from screener.services.desk.preferences import preference_of
from screener.services.desk.watchlists import watched_asset_ids
from screener.services.dossier.read_dossier import read_dossier
from screener.services.screening.match_screens import screens_hit
from screener.views.desk.preferences import own_position_usd


@require_GET
def asset(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything known of one asset, and the reader's own notes on it."""
    shown = Asset.objects.at_address(slug).first()
    if shown is None:
        problem = _("No asset has this address. It may have been renamed; look for it by name or symbol.")
        return render(request, "404.html", {"problem": problem, "search": slug.replace("-", " ")}, status=404)
    if shown.slug != slug:
        return redirect(shown, permanent=True)
    dossier, preference = read_dossier(shown), preference_of(request.user)
    told = {
        "asset": shown,
        "dossier": dossier,
        "standing": read_standing(
            shown,
            dossier.card,
            position_usd=own_position_usd(request, preference),
            profile=_profile(request, preference),
            overrides=overrides_on(user=request.user, asset=shown),
            today=timezone.localdate(),
        ),
        "watched": shown.pk in watched_asset_ids(request.user),
        "notes": notes_on(user=request.user, asset=shown),
        "form": NoteForm(),
        "screens_hit": screens_hit(shown.pk, user=request.user),
    }
    return render(request, "dossier/page.html", told)


def _profile(request: HttpRequest, preference: Preference) -> Profile | None:
    """The reader's profile that the address names, or else the one they have chosen."""
    named = request.GET.get("profile", "")
    if named.isdecimal():
        return get_object_or_404(Profile.objects.of(request.user), pk=named)
    return preference.profile
