"""Provider configuration: address, API key and rate from the `ASSAY_<NAME>_*` variables, checked.

| Variable | Meaning |
|-|-|
| `ASSAY_<NAME>_URL` | base URL; the only way to reach a private address or one without https |
| `ASSAY_<NAME>_KEY` | API key |
| `ASSAY_<NAME>_TERMS` | `accepted` by who accepts its terms, for providers that are off until then |
| `ASSAY_<NAME>_RATE` | most calls in so many seconds, as `25/60`; a server on this machine needs no sparing |
| `ASSAY_<NAME>_DAILY` | most calls a day, for what is asked without a person's order |
| `ASSAY_<NAME>_NETWORKS` | networks to walk, separated by commas, for providers that have networks |
| `ASSAY_CONTACT` | an e-mail address or page for all providers' questions, sent as part of the User-Agent |
"""

import ipaddress
import os
import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Final, TypeVar
from urllib.parse import urlsplit

from assets.sourcing.contract import MisconfiguredError, Provider, Rate, UnsupportedError
from assets.sourcing.messages import message

RATE: Final = re.compile(r"(\d{1,6})/(\d{1,6}(?:\.\d{1,3})?)")
NETWORK: Final = re.compile(r"[a-z0-9_-]{1,40}")

OWN_MACHINE_RATE: Final = Rate(calls=6_000, per_s=60)
"""For a mirror or a replay on this machine, whose quota is nobody's: the provider's rate is not its."""

ValueT = TypeVar("ValueT")


def named(name: str, providers: Sequence[type[Provider]]) -> type[Provider]:
    """The provider of that name; `UnsupportedError` names those that there are."""
    by_name = {provider.name: provider for provider in providers}
    if name in by_name:
        return by_name[name]
    close = get_close_matches(name.lower(), by_name, n=1)
    known = ", ".join(by_name)
    if close:
        raise UnsupportedError(
            "There is no provider %(name)s; did you mean %(close)s? There are: %(providers)s.",
            name=repr(name),
            close=repr(close[0]),
            providers=known,
        )
    raise UnsupportedError(
        "There is no provider %(name)s; there are: %(providers)s.", name=repr(name), providers=known
    )


def configure(provider: type[Provider], *, base_url: str = "") -> Provider:
    """The provider as the environment describes it; `base_url` comes before the variable."""
    if base_url == provider.default_url:
        url = base_url
    else:
        url = _url(base_url, "The base URL") if base_url else _told(provider, "URL", _url, "")
    return provider(
        base_url=url,
        key=_told(provider, "KEY", _key, ""),
        accepted=bool(provider.terms and _told(provider, "TERMS", _accepted, "")),
        rate=_told(provider, "RATE", _rate, OWN_MACHINE_RATE if _is_own_machine(url) else None),
        daily_calls=_told(provider, "DAILY", _daily, None),
        networks=_told(provider, "NETWORKS", _networks, ()) if provider.networks else (),
    )


def contact() -> str:
    """Whom a provider may write to about our calls: part of the User-Agent."""
    text = os.environ.get("ASSAY_CONTACT", "").strip()
    if not (text.isascii() and text.isprintable() and len(text) <= 200):
        raise MisconfiguredError(
            "ASSAY_CONTACT is not one short line of plain letters; write an e-mail address."
        )
    return text


def problems_of(providers: Sequence[type[Provider]]) -> list[str]:
    """What is wrong with these variables, one sentence each, for the checks at start."""
    found: list[str] = []
    checks: list[Callable[[], object]] = [contact, *(partial(configure, each) for each in providers)]
    for check in checks:
        try:
            check()
        except MisconfiguredError as error:
            found.append(str(error))
    return found


def _told(provider: type[Provider], what: str, read: Callable[[str, str], ValueT], default: ValueT) -> ValueT:
    variable = f"ASSAY_{provider.name.upper()}_{what}"
    text = os.environ.get(variable, "").strip()
    return read(text, variable) if text else default


def _url(text: str, variable: str) -> str:
    example = message("write it like https://api.example.com/v1")
    try:
        parts = urlsplit(text)
        is_whole = bool(parts.hostname) and parts.port != 0 and text.isprintable() and " " not in text
    except ValueError:
        is_whole = False
        parts = urlsplit("")
    if parts.username or parts.password:  # Not repeated: it may be a secret.
        raise MisconfiguredError(
            "%(variable)s holds a user name or password; put a key into its own variable.", variable=variable
        )
    if is_whole and parts.scheme not in {"http", "https"}:
        raise MisconfiguredError(
            "%(variable)s is %(text)s; only http and https are supported, %(example)s.",
            variable=variable,
            text=repr(text),
            example=example,
        )
    if not is_whole or parts.query or parts.fragment:
        raise MisconfiguredError(
            "%(variable)s is %(text)s, which is not a base URL; %(example)s.",
            variable=variable,
            text=repr(text),
            example=example,
        )
    return text


def _is_own_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _key(text: str, variable: str) -> str:
    if not (text.isascii() and text.isprintable() and " " not in text):
        raise MisconfiguredError(
            "%(variable)s holds characters that no key has; copy it again, without spaces.", variable=variable
        )
    return text


def _accepted(text: str, variable: str) -> str:
    if text != "accepted":
        raise MisconfiguredError(
            "%(variable)s is %(text)s; write accepted if you accept the terms, or leave it out.",
            variable=variable,
            text=repr(text),
        )
    return text


def _rate(text: str, variable: str) -> Rate:
    match = RATE.fullmatch(text)
    calls, per_s = (int(match[1]), float(match[2])) if match else (0, 0.0)
    if calls < 1 or per_s <= 0:
        raise MisconfiguredError(
            "%(variable)s is %(text)s; write calls and seconds, like 25/60.",
            variable=variable,
            text=repr(text),
        )
    return Rate(calls=calls, per_s=per_s)


def _daily(text: str, variable: str) -> int | None:
    if not (text.isascii() and text.isdecimal() and int(text[:12]) > 0):
        raise MisconfiguredError(
            "%(variable)s is %(text)s; write a whole number of calls, like 330.",
            variable=variable,
            text=repr(text),
        )
    return int(text)


def _networks(text: str, variable: str) -> tuple[str, ...]:
    networks = tuple(dict.fromkeys(each.strip() for each in text.split(",") if each.strip()))
    if not networks or not all(NETWORK.fullmatch(each) for each in networks):
        raise MisconfiguredError(
            "%(variable)s is %(text)s; write networks, like solana,eth,base.",
            variable=variable,
            text=repr(text),
        )
    return networks
