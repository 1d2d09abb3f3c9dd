"""Refusals in words: why calls failed, one line a kind, with a count and what to do about it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from assets.sourcing.causes import FailureCause
from assets.sourcing.messages import localized
from screener.checklist.types import phrase

VARYING: Final = re.compile(
    r"(?<=\s)/\S*(?=[\s,;.]|$)"  # a path
    r"|“[^”]*”|'[^']*'"  # what was quoted
    r"|0x[0-9a-fA-F]{6,}|\b[0-9A-Za-z]{24,}\b"  # an address, a hash
    r"|(?<!HTTP )\b\d[\d.,]*\b(?! seconds)"  # a count, an id; not a status or a span
)
"""What differs between two refusals of one kind."""

WHAT_TO_DO: Final = {
    FailureCause.LIMIT: phrase(
        "The provider's limit was reached. Try again later; a key or a lower rate in its settings helps."
    ),
    FailureCause.ACCESS: phrase(
        "Check the provider's key, terms and contact in the settings, then try again."
    ),
    FailureCause.DOWN: phrase("The provider or the way to it was down. Try again."),
    FailureCause.REFUSED: phrase(
        "The provider does not know what was asked for. If it refuses everything, check its address."
    ),
    FailureCause.UNREADABLE: phrase(
        "The answer is kept: look at it. A later version may read it by manage.py reparse."
    ),
    FailureCause.OTHER: phrase("Look at the call and its answer below."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalKind:
    """`text` is the one sentence of all `count` calls, or, where they differ, what they have in common."""

    text: str
    count: int
    what_to_do: str


def refusal_kinds(reasons: Iterable[Mapping[str, Any]]) -> list[RefusalKind]:
    """Of reasons with their `problem`, `cause` and `count` the kinds, the commonest first."""
    kinds: dict[tuple[str, str], dict[str, int]] = {}
    for each in reasons:
        problem = str(each["problem"])
        kind = kinds.setdefault((each["cause"], VARYING.sub("…", problem)), {})
        kind[problem] = int(each["count"])
    found = [_refusal(cause, alike, counts) for (cause, alike), counts in kinds.items()]
    return sorted(found, key=lambda each: (-each.count, each.text))


def _refusal(cause: str, alike: str, counts: Mapping[str, int]) -> RefusalKind:
    text = alike if len(counts) > 1 else next(iter(counts))
    return RefusalKind(text=localized(text), count=sum(counts.values()), what_to_do=_(_advice(cause)))


def _advice(cause: str) -> str:
    """A later version, which an upgrade was taken back from, may have known other causes."""
    return WHAT_TO_DO[FailureCause(cause) if cause in {*FailureCause} else FailureCause.OTHER]
