"""What every page is told besides its own context."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from screener.universe.live import UNIVERSE


def sandbox(_request: HttpRequest) -> dict[str, object]:
    """Whether invented assets are among those shown: every page says so, and a fragment does not ask."""
    return {"sandbox_banner": SimpleLazyObject(lambda: UNIVERSE.has_fictional)}
