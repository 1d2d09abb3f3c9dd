"""Reader's position: the size that a page shows exits for, by its address, the account or the browser."""

from typing import Final

from django.http import HttpRequest

from screener.models import Preference
from screener.screens.position import PositionError, PositionSize, read_position
from screener.services.desk.preferences import default_position, position_in, preference_of

POSITION_COOKIE: Final = "position"
WORD: Final = "position"
"""In an address; there it is written as in a query, whatever the reader's language."""


def position_of_reader(request: HttpRequest, preference: Preference | None = None) -> PositionSize:
    """The position in the address, which somebody may have shared, else the reader's own, or the default."""
    return position_in_address(request) or own_position(request, preference) or default_position()


def position_in_address(request: HttpRequest) -> PositionSize | None:
    """What the address asks for; one that makes no sense is none, as the screener's page says."""
    return _read(request.GET.get(WORD, ""))


def own_position(request: HttpRequest, preference: Preference | None = None) -> PositionSize | None:
    """The size this reader has set; None for the default. A cookie that makes no sense is none."""
    if request.user.is_authenticated:
        return position_in(preference_of(request.user) if preference is None else preference)
    return _read(request.COOKIES.get(POSITION_COOKIE, ""))


def _read(text: str) -> PositionSize | None:
    try:
        return read_position(text) if text else None
    except PositionError:
        return None
