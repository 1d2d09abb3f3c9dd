"""Findings in words: the sentence of a criterion with its figures filled in, in the reader's language."""

import re
from collections.abc import Mapping
from datetime import datetime
from math import isfinite
from typing import Any, Final, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assets.metrics.families import FAMILY_OF
from assets.metrics.measure import MEASURES
from screener.checklist import Criterion
from screener.checklist.labels import LABEL_OF
from screener.checklist.states import QUESTIONED, STALE, State
from screener.checklist.types import figures_in
from screener.words.clock import read_at
from screener.words.numbers import age_of, in_sentence, localized

NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
UNIT: Final = re.compile(r"(?<=\d )(?:h|d|mo)\b")
"""The units of limits that are words."""
UNIT_OF: Final = {each.name: each.unit for each in MEASURES}

STATES: Final = {
    "pass": ("✓", pgettext_lazy("state of a criterion", "pass")),
    "caution": ("!", pgettext_lazy("state of a criterion", "caution")),
    "fail": ("✕", pgettext_lazy("state of a criterion", "fail")),
    "unknown": ("?", pgettext_lazy("state of a criterion", "unknown")),
    "n-a": ("–", pgettext_lazy("state of a criterion", "n/a")),
    STALE: ("◷", pgettext_lazy("state of a criterion", "stale")),
    QUESTIONED: ("≠", pgettext_lazy("state of a criterion", "questioned")),
}
"""What an answer is shown as by its shape and its word: never colour alone."""

ANSWERED_AGO: Final = {
    State.PASS: gettext_lazy("passed %(age)s ago"),
    State.CAUTION: gettext_lazy("a caution %(age)s ago"),
    State.FAIL: gettext_lazy("failed %(age)s ago"),
}
SENTENCE_AGO: Final = {
    State.PASS: gettext_lazy("Passed %(age)s ago; what was found then: %(sentence)s"),
    State.CAUTION: gettext_lazy("A caution %(age)s ago; what was found then: %(sentence)s"),
    State.FAIL: gettext_lazy("Failed %(age)s ago; what was found then: %(sentence)s"),
}

LOWER_ENDS: Final = ("_low_share", "_low")
"""How measures are called that are the lower end of another one."""

HOLDER_NAMES: Final = {
    "burn": gettext_lazy("burned"),
    "pool": gettext_lazy("pool"),
    "bridge": gettext_lazy("bridge"),
    "exchange": gettext_lazy("exchange"),
    "locker": gettext_lazy("locker"),
    "staking": gettext_lazy("staking contract"),
    "treasury": gettext_lazy("treasury"),
    "insider": gettext_lazy("insider"),
    "institution": gettext_lazy("institution"),
    "wallet": gettext_lazy("wallet"),
    "contract": gettext_lazy("contract without a label"),
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
    """The criterion's sentence for this state, of the figures that are known; a stale one says how old."""
    if is_demoted(finding):
        return _("When this was judged, its facts were too old for a pass.")
    told = {"value": (finding["value"], criterion.unit)} | {
        name: (value, UNIT_OF.get(name, "count")) for name, value in finding["values"].items()
    }
    figures = {name: in_sentence(*figure) for name, figure in told.items() if _is_known(figure[0])}
    figures = {name: text for name, text in figures.items() if not _is_same_end(name, text, figures)}
    english = criterion.sentence(finding["state"], figures.keys(), value=finding["value"])
    text = _(english).format(**figures)
    if not finding["stale"]:
        return text
    return SENTENCE_AGO[finding["state"]] % {"age": age_of_stale(finding), "sentence": text}


def _is_same_end(name: str, text: str, figures: Mapping[str, str]) -> bool:
    """Whether the lower end of an interval reads as its figure does: "0 to 0 of 10,000" is 0."""
    return name.endswith(LOWER_ENDS) and text == figures.get("value")


def _is_known(value: float | None) -> bool:
    return value is not None and isfinite(value)


def is_demoted(finding: Mapping[str, Any]) -> bool:
    """Whether a checklist before 2026.3 judged it: it called an old pass a caution and did not say so."""
    return finding["stale"] and finding["state"] == State.CAUTION and "stale_as_of" not in finding


def answered_ago(finding: Mapping[str, Any]) -> str:
    """What a stale finding is called: "passed 302 days ago"."""
    if is_demoted(finding):
        return str(STATES[STALE][1])
    return ANSWERED_AGO[finding["state"]] % {"age": age_of_stale(finding)}


def age_of_stale(finding: Mapping[str, Any]) -> str:
    """How old the oldest of its facts is that is too old; earlier checklists say it of all its facts."""
    as_of = finding.get("stale_as_of") or finding["as_of"]
    return age_of(datetime.fromisoformat(as_of), read_at())


def decides(criterion: Criterion, finding: Mapping[str, Any]) -> bool:
    """Whether its figure gives the finding its state. Where another one does, as a missing report while none
    came late, the sentence names that, and the figure beside its own limit would contradict the state."""
    return criterion.unit != "score" and criterion.is_decided_by(finding["value"], finding["state"])


def lower_end(finding: Mapping[str, Any]) -> float | None:
    """The lower end of its figure where that is an interval: among its measures, by its name."""
    ends = (value for name, value in finding["values"].items() if name.endswith(LOWER_ENDS))
    low = next(ends, None)
    return None if low is None or low == finding["value"] else low


def limit(text: str) -> str:
    """A limit of the checklist with the reader's signs, units and words: symbols and figures, or levels."""
    words = ", ".join(_(each) if each else each for each in text.split(", "))
    return UNIT.sub(lambda unit: _(unit[0]), NUMBER.sub(lambda number: localized(number[0]), words))


def thresholds(criterion: Criterion) -> str:
    """What passes, what is a caution, what fails and what stops, in the reader's language."""
    return criterion.thresholds_in(_, limit).replace("⛔", "■")


def label_title(label: str) -> str:
    """What an asset is by rule, in words; nothing where no rule holds."""
    return _(LABEL_OF[label].title) if label in LABEL_OF else ""


def gate_not_known(criterion: Criterion, stored: Mapping[str, Any]) -> str:
    """What of an answered criterion leaves its gate unverified; "" where its sentence says that already."""
    if stored["state"] == State.UNKNOWN or stored.get("questioned"):
        return ""
    asked = [_(band.of) for band in criterion.bands if band.gate is not None and band.of]
    return _("Not known: %(facts)s.") % {"facts": ", ".join(asked)} if asked else ""


def label_reason(label: str, figures: Mapping[str, float]) -> str:
    """Why it has this label, with the figures that decided."""
    if label not in LABEL_OF:
        return ""
    reason, known = LABEL_OF[label].reason, {each: figures[each] for each in figures.keys() & UNIT_OF.keys()}
    if not figures_in(reason) <= known.keys():
        return _("Its rule held when it was scored; the figures behind that were not kept.")
    return _(reason).format(**{name: in_sentence(known[name], UNIT_OF[name]) for name in figures_in(reason)})


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
