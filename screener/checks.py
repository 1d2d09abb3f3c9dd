"""What must hold before the product starts, told as system checks."""

import os
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register

from assets.providers import PROVIDERS, problems
from screener import configuration

PROVIDER_VARIABLES = ("URL", "KEY", "RATE", "NETWORKS")


def known_variables() -> set[str]:
    """Every variable that means something: those the settings read, and those of each provider."""
    return configuration.KNOWN | {
        f"ASSAY_{provider.name.upper()}_{what}" for provider in PROVIDERS for what in PROVIDER_VARIABLES
    }


@register
def unknown_variables(app_configs: Sequence[Any] | None, **_kwargs: Any) -> list[CheckMessage]:
    """A misspelt variable would silently do nothing."""
    known = known_variables()
    found: list[CheckMessage] = []
    for name in sorted(os.environ):
        if name.startswith("ASSAY_") and not name.startswith("ASSAY_TEST_") and name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f"Did you mean {close[0]}?" if close else ".env.example lists the variables there are."
            found.append(Warning(f"{name} means nothing to Assay.", hint=hint, id="assay.W001"))
    return found


@register
def provider_variables(app_configs: Sequence[Any] | None, **_kwargs: Any) -> list[CheckMessage]:
    return [Error(sentence, id="assay.E001") for sentence in problems()]
