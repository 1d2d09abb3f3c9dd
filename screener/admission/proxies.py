"""Proxy headers: believed where a configured proxy sent them, and removed where anybody else did."""

import ipaddress
from collections.abc import Callable, MutableMapping, Sequence
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CLAIMS: Final = (
    *("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST"),
    *("HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_SERVER", "HTTP_X_FORWARDED_PREFIX", "HTTP_X_REAL_IP"),
)
"""What a proxy says of the request that it passes on, by its name in a WSGI environ."""


@lru_cache(maxsize=1_024)
def is_among(address: str, networks: Sequence[str]) -> bool:
    """Whether the address is in one of these networks; an IPv4 address may be mapped into IPv6."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return any(ip in ipaddress.ip_network(network) for network in networks)


def drop_claims_of_strangers(environ: MutableMapping[str, Any]) -> None:
    """Leave in the environ what our own proxy said, and nothing of the kind that anybody else did."""
    if not is_among(str(environ.get("REMOTE_ADDR", "")), tuple(settings.PROXIES)):
        for name in CLAIMS:
            environ.pop(name, None)


class ProxyHeadersMiddleware:
    """Stands before everything that asks for the address or the scheme of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        drop_claims_of_strangers(request.META)
        return self.get_response(request)
