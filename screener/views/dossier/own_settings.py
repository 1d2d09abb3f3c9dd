"""The reader's own settings, by which a dossier shows its own size and score."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from screener.models import Preference, Profile
from screener.services.dossier.facts import OwnSettings
from screener.views.readers_position import (
    own_position,
    position_in_address,
    preference_of_reader,
    refused_position,
)
from screener.views.row_ids import row_id


def own_settings(request: HttpRequest) -> OwnSettings:
    position = position_in_address(request) or own_position(request)
    profile = _profile(request, preference_of_reader(request))
    return OwnSettings(position=position, refused_position=refused_position(request), profile=profile)


def _profile(request: HttpRequest, preference: Preference) -> Profile | None:
    """The reader's profile that the address names, or else the one they have chosen."""
    named = request.GET.get("profile", "")
    if named.isdecimal():
        return get_object_or_404(Profile.objects.of(request.user), pk=row_id(named))
    return preference.profile
