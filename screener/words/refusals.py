"""Refusals in words: why calls failed, one line a kind, with a count and what to do about it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from assets.sourcing.messages import localized
from screener.checklist.types import phrase

VARYING: Final = re.compile(
    r"(?<=\s)/\S*(?=[\s,;.]|$)"  # a path
    r"|“[^”]*”|'[^']*'"  # what was quoted
    r"|0x[0-9a-fA-F]{6,}|\b[0-9A-Za-z]{24,}\b"  # an address, a hash
    r"|(?<!HTTP )\b\d[\d.,]*\b(?! seconds)"  # a count, an id; not a status or a span
)
"""What differs between two refusals of one kind."""

WHAT_TO_DO: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (
        re.compile(r"wants fewer calls|HTTP 429|rate limit|budget", re.IGNORECASE),
        phrase(
            "The provider's limit was reached. Try again later; a key or a lower rate in its settings helps."
        ),
    ),
    (
        re.compile(r"does not let us in|HTTP 401|HTTP 403|\bkey\b|terms", re.IGNORECASE),
        phrase("Check the provider's key, terms and contact in the settings, then try again."),
    ),
    (
        re.compile(
            r"did not answer|connection to|on its side|broke off|can't be found|HTTP 5\d\d", re.IGNORECASE
        ),
        phrase("The provider or the way to it was down. Try again."),
    ),
    (
        re.compile(r"refused|HTTP 4\d\d", re.IGNORECASE),
        phrase("The provider does not know what was asked for. If it refuses everything, check its address."),
    ),
    (
        re.compile(r"JSON|can't be read|could not be read|damaged|empty|HTML|unreadable", re.IGNORECASE),
        phrase("The answer is kept: look at it. A later version may read it by manage.py reparse."),
    ),
)
OTHERWISE: Final = phrase("Look at the call and its answer below.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalKind:
    """`text` is the one sentence of all `count` calls, or, where they differ, what they have in common."""

    text: str
    count: int
    what_to_do: str


def refusal_kinds(reasons: Iterable[Mapping[str, Any]]) -> list[RefusalKind]:
    """Of reasons with their `problem` and `count` the kinds, the commonest first."""
    kinds: dict[str, dict[str, int]] = {}
    for each in reasons:
        problem = str(each["problem"])
        kinds.setdefault(_kind(problem), {})[problem] = int(each["count"])
    found = [_refusal(kind, counts) for kind, counts in kinds.items()]
    return sorted(found, key=lambda each: (-each.count, each.text))


def _kind(problem: str) -> str:
    return VARYING.sub("…", problem)


def _refusal(kind: str, counts: Mapping[str, int]) -> RefusalKind:
    text = kind if len(counts) > 1 else next(iter(counts))
    advice = next((advice for sign, advice in WHAT_TO_DO if sign.search(text)), OTHERWISE)
    return RefusalKind(text=localized(text), count=sum(counts.values()), what_to_do=_(advice))
