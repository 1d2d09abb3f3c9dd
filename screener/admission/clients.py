"""Client identity: whom a request comes from, as far as anybody can tell before it is worked on."""

import ipaddress
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.http.cookie import parse_cookie

from screener.admission.turns import Client

BROWSER: Final = ("HTTP_USER_AGENT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING")
"""What tells apart the browsers of one address, where nobody has logged in."""


def address_of(environ: Mapping[str, Any]) -> str:
    """The network of a client: its IPv4 address, or the /64 of its IPv6 address.

    Where one of our proxies passes it on, it is the last entry of `X-Forwarded-For`, which the proxy wrote.
    """
    named = str(environ.get("REMOTE_ADDR", ""))
    if settings.PROXIES:
        named = str(environ.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip() or named
    try:
        address = ipaddress.ip_address(named)
    except ValueError:
        return named[:64]
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def client_of(environ: Mapping[str, Any]) -> Client:
    """The address, and whose browser it says it is: people of one office take turns."""
    session = parse_cookie(str(environ.get("HTTP_COOKIE", ""))[:4_096]).get(settings.SESSION_COOKIE_NAME, "")
    says = [str(environ.get(name, ""))[:200] for name in BROWSER]
    return Client(address_of(environ), "\n".join((session[:40], *says)))
