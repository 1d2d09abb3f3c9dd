"""Addresses of ours to return to: the one check of every `next`."""

from typing import Final
from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest

LONGEST_ADDRESS: Final = 2_000


def own_address(request: HttpRequest, address: str) -> str | None:
    """Path, query and fragment of a page of ours; None for another site and for what is no address.

    What browsers read otherwise than `urlsplit` (backslashes, control characters, a path that begins
    with two slashes) is none either.
    """
    if len(address) > LONGEST_ADDRESS or address.startswith("//"):
        return None
    if any(not each.isprintable() or each in "\\ " for each in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    is_ours = not (parts.scheme or parts.netloc) or (
        parts.scheme in ("http", "https") and parts.netloc.lower() == request.get_host().lower()
    )
    path = parts.path or ("/" if parts.netloc else "")
    if not is_ours or not path.startswith("/") or path.startswith("//"):
        return None
    return urlunsplit(("", "", path, parts.query, parts.fragment))
