"""What every page is told besides its own context."""

from django.http import HttpRequest

from screener.universe import UNIVERSE


def sandbox(_request: HttpRequest) -> dict[str, bool]:
    """Whether invented assets are among those shown: every page says so."""
    return {"sandbox_banner": UNIVERSE.has_fictional}
