"""What every page is told besides its own context."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from screener.universe.live import UNIVERSE
from screener.views.readers_position import position_of_reader
from screener.words.positions import position_in_words


def sandbox(_request: HttpRequest) -> dict[str, object]:
    """Whether invented assets are among those shown: every page says so, and a fragment does not ask."""
    return {"sandbox_banner": SimpleLazyObject(lambda: UNIVERSE.is_fictional)}


def state_of_data(_request: HttpRequest) -> dict[str, object]:
    """When the newest scorecard was written; the header of a page asks, and a fragment does not."""
    return {"scored_at": lambda: UNIVERSE.scored_at}


def position(request: HttpRequest) -> dict[str, object]:
    """The size in use, which the header of a page names; a fragment does not ask."""
    return {"position_in_use": lambda: position_in_words(position_of_reader(request))}


def accounts(_request: HttpRequest) -> dict[str, object]:
    """What this server offers to who has no account, or has lost their password."""
    return {"sign_up_open": settings.SIGN_UP_OPEN, "mail_configured": settings.MAIL_CONFIGURED}
