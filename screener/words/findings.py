"""Findings in words: the sentence of a criterion with its figures filled in, in the reader's language."""

import re
from collections.abc import Mapping
from typing import Any, Final, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assets.metrics.families import FAMILY_OF
from assets.metrics.measure import MEASURES
from screener.checklist import Criterion
from screener.checklist.labels import LABEL_OF
from screener.words.numbers import in_sentence, localized

NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
UNIT: Final = re.compile(r"(?<=\d )(?:h|d|mo)\b")
"""The units of limits that are words."""
UNIT_OF: Final = {each.name: each.unit for each in MEASURES}

STATES: Final = {
    "pass": ("✓", pgettext_lazy("state of a criterion", "pass")),
    "caution": ("!", pgettext_lazy("state of a criterion", "caution")),
    "fail": ("✕", pgettext_lazy("state of a criterion", "fail")),
    "unknown": ("?", pgettext_lazy("state of a criterion", "unknown")),
    "n-a": ("–", pgettext_lazy("state of a criterion", "not asked")),
}
"""Each state's shape and word: never colour alone."""

HOLDER_NAMES: Final = {
    "burn": gettext_lazy("burned"),
    "pool": gettext_lazy("pool"),
    "bridge": gettext_lazy("bridge"),
    "exchange": gettext_lazy("exchange"),
    "locker": gettext_lazy("locker"),
    "treasury": gettext_lazy("treasury"),
    "insider": gettext_lazy("insider"),
    "institution": gettext_lazy("institution"),
    "wallet": gettext_lazy("wallet"),
    "unknown": gettext_lazy("type unknown"),
    "unlisted": gettext_lazy("everyone else"),
}

CATEGORY_NAMES: Final = {
    "team": gettext_lazy("team"),
    "investors": gettext_lazy("investors"),
    "treasury": gettext_lazy("treasury"),
    "community": gettext_lazy("community"),
    "ecosystem": gettext_lazy("ecosystem"),
    "public": gettext_lazy("public sale"),
    "offering": gettext_lazy("offering"),
    "lockup": gettext_lazy("lock-up"),
    "other": gettext_lazy("other"),
}


CHANNEL_NAMES: Final = {
    "filings": gettext_lazy("Filings"),
    "homepage": gettext_lazy("Site"),
    "x": "X",
    "telegram": "Telegram",
    "discord": "Discord",
    "github": "GitHub",
    "whitepaper": gettext_lazy("White paper"),
    "investor_relations": gettext_lazy("Investor relations"),
}


class Filled(Protocol):
    """A text of the checklist with `{names}`, and what stands for them."""

    @property
    def text(self) -> str: ...

    @property
    def figures(self) -> Mapping[str, str]: ...


def sentence(criterion: Criterion, finding: Mapping[str, Any]) -> str:
    """The criterion's sentence for this state; figures that are not known read as a dash."""
    figures = dict.fromkeys(criterion.measures, "—")
    figures |= {
        name: in_sentence(value, UNIT_OF.get(name, "count")) for name, value in finding["values"].items()
    }
    value = finding["value"]
    figures["value"] = "—" if value is None else in_sentence(value, criterion.unit)
    return _(criterion.sentence(finding["state"])).format(**figures)


def limit(text: str) -> str:
    """A limit of the checklist, which is symbols and figures, with the reader's signs and units."""
    return UNIT.sub(lambda unit: _(unit[0]), NUMBER.sub(lambda number: localized(number[0]), text))


def thresholds(criterion: Criterion) -> str:
    """What passes, what is a caution, what fails and what stops, in the reader's language."""
    return criterion.thresholds_in(_, limit).replace("⛔", "■")


def label_title(label: str) -> str:
    """What an asset is by rule, in words; nothing where no rule holds."""
    return _(LABEL_OF[label].title) if label in LABEL_OF else ""


def label_reason(label: str, figures: Mapping[str, float]) -> str:
    """Why it has this label, with the figures that decided."""
    if label not in LABEL_OF:
        return ""
    values = {
        name: in_sentence(figures[name], UNIT_OF[name]) if name in figures else "—"
        for name in LABEL_OF[label].measures
    }
    return _(LABEL_OF[label].reason).format(**values)


def family_name(family: str) -> str:
    return _(FAMILY_OF[family].title) if family in FAMILY_OF else family


def holder_name(kind: str) -> str:
    return str(HOLDER_NAMES.get(kind, kind))


def category_name(category: str) -> str:
    return str(CATEGORY_NAMES.get(category, category))


def channel_name(channel: str) -> str:
    return str(CHANNEL_NAMES.get(channel, channel))


def filled(phrase: Filled) -> str:
    """A text of the checklist in the reader's language, with its figures filled in."""
    return _(phrase.text).format(**{name: limit(text) for name, text in phrase.figures.items()})


def translated(text: str) -> str:
    """A text of the checklist in the reader's language."""
    return _(text) if text else ""


def hundredfold(score: float | None) -> float | None:
    """A dimension's 0–1 as the 0–100 that pages show."""
    return None if score is None else 100 * score
