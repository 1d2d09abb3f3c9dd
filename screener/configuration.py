"""Reads `ASSAY_*` variables, refuses those that make no sense, and collects every name that is read."""

import ipaddress
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

KNOWN: Final[set[str]] = set()


def text(name: str, *, default: str = "") -> str:
    KNOWN.add(name)
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if value not in {"", "true", "false"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; write true or false.")
    return default if not value else value == "true"


def whole_number(name: str, *, default: int, low: int, high: int) -> int:
    value = text(name) or str(default)
    if not (value.isascii() and value.isdecimal()) or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number from {low} to {high}.")
    return int(value)


def choice(name: str, *, default: str, of: Sequence[str]) -> str:
    value = text(name, default=default)
    if value not in of:
        raise ImproperlyConfigured(f"{name} is {value!r}; write one of {', '.join(of)}.")
    return value


def shared_folder(name: str) -> Path:
    """A folder of all processes that the same parent has started, for nobody else's eyes."""
    folder = Path(tempfile.gettempdir(), f"{name}-{os.getuid()}-{os.getppid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise ImproperlyConfigured(f"{folder} belongs to somebody else; remove it.")
    return folder


def names(name: str, *, check: Callable[[str], bool], example: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    listed = [each.strip() for each in text(name, default=default).split(",") if each.strip()]
    for each in listed:
        if not check(each):
            raise ImproperlyConfigured(f"{name} has {each!r}; write a list like {example}.")
    return listed


def address(name: str, *, schemes: Sequence[str], example: str, default: str = "") -> str:
    """A URL. What is refused is not repeated: it may hold a password."""
    value = text(name, default=default)
    if value and not is_address(value, schemes=schemes):
        raise ImproperlyConfigured(f"{name} is not an address that Assay can use; write one like {example}.")
    return value


def is_address(address: str, *, schemes: Sequence[str]) -> bool:
    try:
        parts = urlsplit(address)
        reachable = parts.port != 0 and bool(parts.netloc or parts.path.strip("/"))
    except ValueError:
        return False
    return parts.scheme in schemes and reachable and not any(each.isspace() for each in address)


def is_host(address: str) -> bool:
    return address == "*" or not any(each in "/ *" for each in address)


def is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True


def is_origin(address: str) -> bool:
    return is_address(address, schemes=("http", "https")) and not urlsplit(address).path


def without_password(address: str) -> str:
    """A URL fit to be shown."""
    parts = urlsplit(address)
    if parts.password is None:
        return address
    return parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":…@")).geturl()


SECRET_NAMES: Final = ("_KEY", "_SECRET", "_PASSWORD", "_TOKEN")
FEWEST_LETTERS: Final = 4
"""A shorter text is a word of any sentence, and no secret."""
FEWEST_LETTERS_IN_PATH: Final = 16
"""Some providers want their key as a part of the path; shorter parts say what is asked for."""


def without_secret_values(text: str) -> str:
    """The text without the keys and passwords that the environment holds, also those within addresses."""
    for secret in sorted(_secret_values(), key=len, reverse=True):
        text = text.replace(secret, "…")
    return text


def _secret_values() -> set[str]:
    found: set[str] = set()
    for name, value in os.environ.items():
        if name.endswith(SECRET_NAMES):
            found.add(value.strip())
        elif name.startswith("ASSAY_") and "://" in value:
            found |= _secrets_of(value.strip())
    return {each for each in found if len(each) >= FEWEST_LETTERS}


def _secrets_of(address: str) -> set[str]:
    try:
        parts = urlsplit(address)
        said = {parts.password or parts.username or "", *(value for _name, value in parse_qsl(parts.query))}
    except ValueError:
        return {address}
    if parts.scheme in {"http", "https"}:
        said |= {each for each in parts.path.split("/") if len(each) >= FEWEST_LETTERS_IN_PATH}
    return said | {unquote(each) for each in said}
