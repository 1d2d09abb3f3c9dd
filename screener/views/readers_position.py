"""Reader's position and size tiers: by the address, by the account with its profile, or by the browser."""

from typing import Final

from django.http import HttpRequest

from screener.models import Preference
from screener.screens.position import PositionError, PositionSize, read_position
from screener.screens.tier_limits import TierLimits
from screener.services.desk.preferences import default_position, position_in, preference_with
from screener.services.desk.size_tiers import tiers_in

POSITION_COOKIE: Final = "position"
KEPT: Final = "assay.preference"
WORD: Final = "position"
"""In an address; there it is written as in a query, whatever the reader's language."""


def preference_of_reader(request: HttpRequest) -> Preference:
    """What the reader has set, asked once a request."""
    if (known := request.META.get(KEPT)) is None:
        known = request.META[KEPT] = preference_with(request.user)
    preference: Preference = known
    return preference


def tiers_of_reader(request: HttpRequest) -> TierLimits:
    """The limits of the size tiers by which the reader sees assets."""
    return tiers_in(preference_of_reader(request))


def position_of_reader(request: HttpRequest) -> PositionSize:
    """The position in the address, which somebody may have shared, else the reader's own, or the default."""
    return position_in_address(request) or own_position(request) or default_position()


def position_in_address(request: HttpRequest) -> PositionSize | None:
    """What the address asks for; one that makes no sense is none, as the screener's page says."""
    return _read(request.GET.get(WORD, ""))


def refused_position(request: HttpRequest) -> str:
    """What the address asks for where that is no position."""
    asked = request.GET.get(WORD, "")
    return asked if asked.strip() and position_in_address(request) is None else ""


def own_position(request: HttpRequest) -> PositionSize | None:
    """The size this reader has set; None for the default. A cookie that makes no sense is none."""
    if (
        hasattr(request, "user") and request.user.is_authenticated
    ):  # An early refusal comes before the log-in.
        return position_in(preference_of_reader(request))
    return _read(request.COOKIES.get(POSITION_COOKIE, ""))


def _read(text: str) -> PositionSize | None:
    try:
        return read_position(text) if text else None
    except PositionError:
        return None
