"""Client identity: whom a request comes from, as far as anybody can tell before it is worked on."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http.cookie import parse_cookie


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


def client_of(environ: Mapping[str, Any]) -> str:
    """The address, and whose browser it says it is: people of one office take turns."""
    session = parse_cookie(str(environ.get("HTTP_COOKIE", ""))[:4_096]).get(settings.SESSION_COOKIE_NAME, "")
    return f"{address_of(environ)} {session[:40]}"
