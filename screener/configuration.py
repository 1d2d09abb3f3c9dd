"""Reads `ASSAY_*` variables, refuses those that make no sense, and collects every name that is read."""

import os
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

KNOWN: Final[set[str]] = set()


def text(name: str, *, default: str = "") -> str:
    KNOWN.add(name)
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    told = text(name).lower()
    if told not in {"", "true", "false"}:
        raise ImproperlyConfigured(f"{name} is {told!r}; write true or false.")
    return default if not told else told == "true"


def whole_number(name: str, *, default: int, low: int, high: int) -> int:
    told = text(name) or str(default)
    if not (told.isascii() and told.isdecimal()) or not low <= int(told) <= high:
        raise ImproperlyConfigured(f"{name} is {told!r}; write a whole number from {low} to {high}.")
    return int(told)


def choice(name: str, *, default: str, of: Sequence[str]) -> str:
    told = text(name, default=default)
    if told not in of:
        raise ImproperlyConfigured(f"{name} is {told!r}; write one of {', '.join(of)}.")
    return told


def names(name: str, *, check: Callable[[str], bool], example: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    told = [each.strip() for each in text(name, default=default).split(",") if each.strip()]
    for each in told:
        if not check(each):
            raise ImproperlyConfigured(f"{name} has {each!r}; write a list like {example}.")
    return told


def address(name: str, *, schemes: Sequence[str], example: str, default: str = "") -> str:
    """A URL. What is refused is not repeated: it may hold a password."""
    told = text(name, default=default)
    if told and not is_address(told, schemes=schemes):
        raise ImproperlyConfigured(f"{name} is not an address that Assay can use; write one like {example}.")
    return told


def is_address(told: str, *, schemes: Sequence[str]) -> bool:
    try:
        parts = urlsplit(told)
        reachable = parts.port != 0 and bool(parts.netloc or parts.path.strip("/"))
    except ValueError:
        return False
    return parts.scheme in schemes and reachable and not any(each.isspace() for each in told)


def is_host(told: str) -> bool:
    return told == "*" or not any(each in "/ *" for each in told)


def is_origin(told: str) -> bool:
    return is_address(told, schemes=("http", "https")) and not urlsplit(told).path


def without_password(told: str) -> str:
    """A URL fit to be shown."""
    parts = urlsplit(told)
    if parts.password is None:
        return told
    return parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":…@")).geturl()
