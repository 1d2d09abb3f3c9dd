"""What must hold before the product starts, told as system checks."""

import os
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from assets.providers import PROVIDERS, problems
from assets.sourcing.contract import Provider
from screener import configuration


def known_variables() -> set[str]:
    """Every variable that means something: those the settings read, and those of each provider."""
    of_all = {"ASSAY_CONTACT", "ASSAY_EXCHANGES"}
    return configuration.KNOWN.union(of_all, *(variables_of(provider) for provider in PROVIDERS))


def variables_of(provider: type[Provider]) -> set[str]:
    """Nothing for a provider that lives inside the product, such as the sandbox."""
    if not provider.default_url.startswith("https://"):
        return set()
    told = ("URL", "KEY", "RATE", "DAILY", *(["NETWORKS"] if provider.networks else []))
    told += ("TERMS",) if provider.terms else ()
    return {f"ASSAY_{provider.name.upper()}_{what}" for what in told}


@register
def unknown_variables(app_configs: Sequence[Any] | None, **_kwargs: Any) -> list[CheckMessage]:
    """A misspelt variable would silently do nothing."""
    known = {name.removeprefix("ASSAY_") for name in known_variables()}
    found: list[CheckMessage] = []
    told = {name.removeprefix("ASSAY_") for name in os.environ if name.startswith("ASSAY_")}
    for name in sorted(told - known):
        if not name.startswith("TEST_"):
            close = get_close_matches(name, known, n=1)
            hint = (
                f"Did you mean ASSAY_{close[0]}?" if close else ".env.example lists the variables there are."
            )
            found.append(Warning(f"ASSAY_{name} means nothing to Assay.", hint=hint, id="assay.W001"))
    return found


@register
def automatic_providers(app_configs: Sequence[Any] | None, **_kwargs: Any) -> list[CheckMessage]:
    known = [each.name for each in PROVIDERS]
    strangers = [name for name in settings.ASSAY_REFRESH if name not in (*known, "none")]
    return [
        Error(
            f"ASSAY_REFRESH names {name!r}, which is no provider; there are: {', '.join(known)}, or none.",
            id="assay.E002",
        )
        for name in strangers
    ]


@register
def provider_variables(app_configs: Sequence[Any] | None, **_kwargs: Any) -> list[CheckMessage]:
    return [Error(sentence, id="assay.E001") for sentence in problems()]
