"""The filter panel of a screen as its template wants it, and the conditions in words."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.metrics.size_tiers import TIERS
from screener.charts.histogram import draw
from screener.checklist.labels import LABELS
from screener.screens.columns import (
    CATEGORIES,
    CATEGORY_OF,
    COLUMN_OF,
    GATES,
    IN_FORM,
    NO_YES,
    SANDBOX,
    TIER,
    Category,
    ScreenColumn,
)
from screener.screens.conditions import (
    Answered,
    Between,
    Comparison,
    Condition,
    Contains,
    Gated,
    Missing,
    Number,
    OneOf,
    Operator,
    both,
    parts_of,
)
from screener.screens.panel import Panel, may_be_unknown, panel_of, shares_of
from screener.screens.panel_form import example_of
from screener.screens.query import written
from screener.screens.tier_limits import TierLimits
from screener.services.desk.watchlists import Person
from screener.services.screening.no_match import narrowing_conditions
from screener.services.screening.run_screen import ScreenAnswer
from screener.views.kept_fragments import key_of
from screener.views.screening.criteria_panel import asked_answers
from screener.views.screening.criteria_panel import in_words as answers_in_words
from screener.views.screening.screen_table import address_of
from screener.words.likeness import TITLES
from screener.words.numbers import short
from screener.words.size_tiers import NAMES, owners_in_words, tiers_in_words

MOST_CHOICES: Final = 40
"""How many labels of a category the form lists; the rarest are left to the query."""

OPEN_AT_FIRST: Final = frozenset({"kind", "tier"})
LIMITS_AT_FIRST: Final = frozenset({"score", "market_cap", "volume", "liquidity", "exit_days", "top10_adj"})
"""Limits that are open before anybody touched them; the others open at a click."""

TRANSLATED: Final = {
    "no": gettext_lazy("No"),
    "yes": gettext_lazy("Yes"),
    "token": gettext_lazy("Token"),
    "equity": gettext_lazy("Equity"),
    **NAMES,
    **{each.id: gettext_lazy(each.title) for each in LABELS},
    **TITLES,
}

SIGNS: Final = {
    Operator.BELOW: "<",
    Operator.AT_MOST: "≤",
    Operator.ABOVE: ">",
    Operator.AT_LEAST: "≥",
    Operator.EQUAL: "=",
    Operator.UNEQUAL: "≠",
}


def panel_context(answer: ScreenAnswer, params: Mapping[str, list[str]]) -> dict[str, Any]:
    """What the form shows: the condition's own parts, or what was typed where it made no sense."""
    condition = answer.screen.condition
    panel, limits = panel_of(condition), _limits_of(condition)
    return {
        "name": panel.name,
        "rest": written(panel.rest),
        "categories": [_choices(each, panel, answer) for each in CATEGORIES],
        "answers": asked_answers(panel.answers, answer.answers),
        "criteria": f"{reverse('screen_criteria')}?{urlencode(answer.screen.asking(condition).to_params())}",
        "gates": [(value, _(text), value == panel.gates) for value, text in GATES.items()],
        "is_any_gate": not panel.gates,
        "ranges": [
            _range(each, panel, limits.get(each.key, (None, None)), answer, params) for each in IN_FORM
        ],
    }


def chips(answer: ScreenAnswer) -> Iterator[dict[str, str]]:
    """What must hold, part by part, each with the address without it."""
    parts = parts_of(answer.screen.condition)
    for place, part in enumerate(parts):
        others = both(*parts[:place], *parts[place + 1 :])
        yield {"label": in_words(part), "address": address_of(answer.screen.asking(others))}


def narrowing(answer: ScreenAnswer, user: Person) -> Iterator[dict[str, Any]]:
    """Of a screen that nothing matches each condition, what it leaves and the address without it."""
    for each in narrowing_conditions(answer.screen, user=user, position=answer.position, tiers=answer.tiers):
        yield {
            "label": in_words(each.part),
            "alone": each.alone,
            "others": each.others,
            "address": address_of(answer.screen.asking(each.without)),
        }


def in_words(part: Condition) -> str:
    """A part as people read it; what has no plain words stands as it is typed."""
    match part:
        case Contains(text):
            return f"“{text}”"
        case Gated((gate,)) if gate in GATES:
            return _(GATES[gate])
        case Answered():
            return answers_in_words(part)
        case Missing(key) if key in COLUMN_OF:
            return _("%(name)s: unknown") % {"name": _(COLUMN_OF[key].label)}
        case OneOf(category, labels):
            return f"{_(CATEGORY_OF[category].label)}: {', '.join(map(label_of, labels))}"
        case Comparison(number, operator, value) if number == Number(number.key):
            column = COLUMN_OF[number.key]
            return f"{_(column.label)} {SIGNS[operator]} {short(value, column.unit)}"
        case Between(number, low, high) if number == Number(number.key):
            column = COLUMN_OF[number.key]
            return f"{_(column.label)} {short(low, column.unit)} – {short(high, column.unit)}"
    return written(part)


def label_of(value: str) -> str:
    """Kinds, tiers and labels are translated, names of chains and sectors are not."""
    return str(TRANSLATED.get(value, value))


def _choices(category: Category, panel: Panel, answer: ScreenAnswer) -> dict[str, Any]:
    """The labels of a category by how many assets have them under the other conditions; tiers by size."""
    counted = {label: count for label, count in answer.facets[category.key].items() if label}
    by_folded = {label.casefold(): label for label in counted}
    asked = panel.categories.get(category.key, ())
    chosen = [by_folded.get(label.casefold(), label) for label in asked]
    for label in chosen:
        counted.setdefault(label, 0)
    if category.key == SANDBOX and len(counted) < len(NO_YES) and not chosen:
        counted = {}  # All are real, or none is: there is nothing to choose.
    if category.key == TIER:
        shown: list[str] = [each for each in TIERS if each in counted]
    else:
        commonest = sorted(counted, key=lambda label: (label not in chosen, -counted[label], label))
        shown = commonest[:MOST_CHOICES]
    return {
        "key": category.key,
        "label": _(category.label),
        "is_open": bool(chosen) or category.key in OPEN_AT_FIRST,
        **(_of_tiers(answer.tiers) if category.key == TIER else {}),
        "unknown": answer.facets[category.key].get("", 0),
        "choices": [
            {
                "id": f"count-{category.key}-{slugify(label) or place}",
                "value": label,
                "label": label_of(label),
                "count": counted[label],
                "is_chosen": label in chosen,
            }
            for place, label in enumerate(shown)
        ],
    }


def _of_tiers(tiers: TierLimits) -> dict[str, str]:
    """Whose limits the tiers are by, and where they lie."""
    return {
        "owners": capfirst(owners_in_words(tiers)),
        "limits": " ".join(f"{title}: {limits}." for title, _whose, limits in tiers_in_words(tiers)),
    }


def _range(
    column: ScreenColumn,
    panel: Panel,
    limits: tuple[float | None, float | None],
    answer: ScreenAnswer,
    params: Mapping[str, list[str]],
) -> dict[str, Any]:
    """A pair of limits and the histogram under them; what was typed and made no sense stays in the field."""
    low, high = (
        panel.limits.get(f"{column.key}_{end}") or params.get(f"{column.key}_{end}", [""])[-1][:40]
        for end in ("min", "max")
    )
    is_unknown = column.key in panel.missing
    drawing = draw(answer.histograms[column.key], column, low=limits[0], high=limits[1])
    return {
        "key": column.key,
        "label": _(column.label),
        "description": _(column.description) if column.description else "",
        "low": low,
        "high": high,
        "example": example_of(column),
        "is_open": bool(low or high) or is_unknown or column.key in LIMITS_AT_FIRST,
        "unknown": [_unknown(column, drawing.unknown_count, is_chosen=is_unknown)]
        if may_be_unknown(column) and (is_unknown or drawing.unknown_count)
        else [],
        "kept": key_of(column.key, low, high, is_unknown),
        "drawing": drawing,
    }


def _unknown(column: ScreenColumn, count: int, *, is_chosen: bool) -> dict[str, Any]:
    """The choice of those whose value is not known."""
    return {
        "id": f"unknown-{column.key}",
        "value": column.key,
        "label": _("Unknown"),
        "count": count,
        "is_chosen": is_chosen,
    }


def _limits_of(condition: Condition) -> dict[str, tuple[float | None, float | None]]:
    """The limits that the panel shows, as numbers, by column."""
    limits: dict[str, tuple[float | None, float | None]] = {}
    for key, parts in shares_of(condition)[0].items():
        low: float | None = None
        high: float | None = None
        for part in parts:
            if isinstance(part, Between):
                low, high = part.low, part.high
            elif isinstance(part, Comparison) and part.operator in {Operator.ABOVE, Operator.AT_LEAST}:
                low = part.value
            elif isinstance(part, Comparison):
                high = part.value
        limits[key] = (low, high)
    return limits
