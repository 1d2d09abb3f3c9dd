"""Criteria in the filter panel: the answers that a screen asks for, and all there are to choose from."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from assets.metrics.families import TOKEN
from screener.checklist import CRITERIA, DIMENSIONS, Criterion
from screener.checklist.states import QUESTIONED, STALE, State
from screener.screens.conditions import Answered
from screener.screens.panel import panel_of, with_answer
from screener.screens.screen import Screen
from screener.views.screening.screen_table import address_of
from screener.words.findings import STATES

OFFERED: Final = (
    *(State.FAIL, State.CAUTION, State.PASS),
    *(State.UNKNOWN, QUESTIONED, STALE, State.NOT_APPLICABLE),
)
"""Answers in the order in which they are looked for."""


def asked_answers(
    asked: Mapping[str, tuple[str, ...]], counts: Mapping[str, Mapping[str, int]]
) -> list[dict[str, Any]]:
    """The criteria that are asked for, each with its answers and how many have them under the other
    conditions."""
    return [
        {
            "key": name,
            "label": _(CRITERIA[name].title),
            "question": _(CRITERIA[name].question),
            "choices": _answers(CRITERIA[name], words, counts[name]),
        }
        for name, words in asked.items()
    ]


def criteria_by_dimension(
    screen: Screen, counts: Mapping[str, Mapping[str, int]]
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Every criterion that some of the screen's assets are asked, each answer with the address that adds it
    or takes it away."""
    asked = panel_of(screen.condition).answers
    groups = []
    for dimension in DIMENSIONS:
        offered = [each for each in dimension.criteria if each.id in asked or _is_asked(counts[each.id])]
        if offered:
            shown = [_offered(screen, each, asked.get(each.id, ()), counts[each.id]) for each in offered]
            groups.append((_(dimension.title(TOKEN)), shown))
    return groups


def _offered(
    screen: Screen, criterion: Criterion, chosen: tuple[str, ...], counts: Mapping[str, int]
) -> dict[str, Any]:
    """A criterion with its answers, each with the address of the screen with it, or without it."""
    title, question = _(criterion.title), _(criterion.question)
    answers = _answers(criterion, chosen, counts)
    for each in answers:
        condition = with_answer(screen.condition, criterion.id, each["value"])
        each["address"] = address_of(screen.asking(condition))
    return {
        "title": title,
        "question": question,
        "is_asked": bool(chosen),
        "words": f"{title} {question} {criterion.id}",
        "answers": answers,
    }


def in_words(part: Answered) -> str:
    """What is asked of a criterion, as a reader says it."""
    answers = ", ".join(str(STATES[word][1]) for word in part.states)
    return f"{_(CRITERIA[part.criterion].title)}: {answers}"


def _is_asked(counts: Mapping[str, int]) -> bool:
    return any(count for word, count in counts.items() if word != State.NOT_APPLICABLE)


def _answers(
    criterion: Criterion, chosen: tuple[str, ...], counts: Mapping[str, int]
) -> list[dict[str, Any]]:
    """`field` is the id of a tick in the panel, and before that of the link that adds it: the focus stays."""
    name = criterion.id.replace(".", "-")
    return [
        {
            "field": f"answer-{name}-{word}",
            "id": f"count-{name}-{word}",
            "value": str(word),
            "label": STATES[word][1],
            "count": counts[word],
            "is_chosen": word in chosen,
        }
        for word in OFFERED
        if counts[word] or word in chosen
    ]
