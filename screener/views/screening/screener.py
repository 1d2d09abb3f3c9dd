"""The screener: one table over the whole universe. Its address is the screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url, reswap, retarget

from screener.screens.conditions import both
from screener.screens.half_typed import corrected, half_typed, is_on_its_way
from screener.screens.panel_form import WORDS, last_of
from screener.screens.presets import PRESETS, screen_of
from screener.screens.problems import Problem
from screener.screens.sandbox import REAL_AND_INVENTED
from screener.screens.screen import MOVE, Screen, read_screen
from screener.services.desk.chosen import chosen_assets
from screener.services.operation.first_run import first_run
from screener.services.screening.run_screen import ScreenAnswer, run_screen
from screener.services.screening.screens import default_among, saved_state, screens_of
from screener.views.access import HtmxRequest
from screener.views.chosen_assets import chosen_ids
from screener.views.fragments import wants_fragment
from screener.views.kept_fragments import key_of
from screener.views.readers_position import own_position, tiers_of_reader
from screener.views.screening.column_chooser import chooser_of, column_sets_for, moved_by
from screener.views.screening.first_run import card_context
from screener.views.screening.screen_panel import chips, narrowing, panel_context
from screener.views.screening.screen_table import (
    address_of,
    exports_of,
    headings,
    key_of_table,
    marks_of,
    pages,
    rows,
)
from screener.views.screening.tray import tray_context
from screener.words.numbers import decimals
from screener.words.problems import in_words

SAVERS: Final = frozenset(("saved-new", "saved-rename", "saved-update", "saved-share"))
"""What saves the screen in place, by id: the answer shows the menu and the list of screens anew."""

PANEL, QUERY = "filters", "query-form"
"""The two forms of the page, by their ids: an answer renews the other one."""

WRONG_PART: Final = 422
"""Of a fragment whose query or panel has a problem: it is shown in place."""


@require_GET
@vary_on_headers("HX-Request", "HX-Trigger")
def screener(request: HtmxRequest) -> HttpResponse:
    """The page, or only what changes on it. Words of the panel become a query: one address a screen."""
    params = {key: request.GET.getlist(key) for key in request.GET}
    saved = _when_shown(partial(screens_of, request.user))  # Asked only where the whole page shows them.
    if not (params or request.htmx) and (default := default_among(saved)):
        return redirect(default)
    screen, problems = read_screen(params)
    if MOVE in params:
        return redirect(address_of(replace(screen, columns=moved_by(screen.columns, params[MOVE][-1]))))
    only_results = wants_fragment(request)
    typing = request.GET.get("typing", "") if only_results else ""
    if only_results and request.htmx.trigger in {QUERY, PANEL} and problems:
        return _refused(request, problems, typing=typing)
    if not (only_results or problems) and any(word in WORDS for word in params):
        return redirect(address_of(screen))
    answer, unfinished = _answer(request, screen, params, typing=typing)
    context = _context(request, answer, problems, params, unfinished=unfinished) | {"saved_screens": saved}
    if not only_results and (shown := first_run()) is not None:
        context |= card_context(shown)
    template = "screening/screener/_answer.html" if only_results else "screening/screener/page.html"
    status = 200 if not problems else WRONG_PART if only_results else 400
    response = render(request, template, context, status=status)
    return (
        push_url(response, url=False if problems else address_of(answer.screen)) if only_results else response
    )


def _answer(
    request: HtmxRequest, screen: Screen, params: dict[str, list[str]], *, typing: str
) -> tuple[ScreenAnswer, str]:
    """The answer, and what it leaves out: a word on its way that matches nothing does not empty the table."""
    position, tiers = own_position(request), tiers_of_reader(request)
    answer = run_screen(screen, user=request.user, position=position, tiers=tiers)
    if answer.total or not typing:
        return answer, ""
    term, rest = _unfinished(params, typing)
    if not term:
        return answer, ""
    without = run_screen(read_screen(rest)[0], user=request.user, position=position, tiers=tiers)
    return (without, term) if without.total else (answer, "")


def _unfinished(params: dict[str, list[str]], typing: str) -> tuple[str, dict[str, list[str]]]:
    """What is being typed, and the words of the address without it; `typing` is the place of the caret in the
    query, or the name of a field of the panel."""
    if typing in WORDS:
        return last_of(params, typing), {word: texts for word, texts in params.items() if word != typing}
    is_place = typing.isascii() and typing.isdecimal() and len(typing) < 5
    query = params.get("q", [""])[-1]  # As it was typed: a space behind a word says that it is finished.
    half = half_typed(query, int(typing)) if is_place else None
    return (half.term, params | {"q": [half.rest]}) if half else ("", params)


def _refused(request: HtmxRequest, problems: tuple[Problem, ...], *, typing: str) -> HttpResponse:
    """Say what is wrong or still missing, and leave the table as it is."""
    is_typing = bool(typing) and all(is_on_its_way(each, request.GET.get("q", "")) for each in problems)
    context = {"problems": _in_words(request, problems), "is_typing": is_typing}
    response = render(request, "screening/screener/page.html#query-problem", context, status=WRONG_PART)
    return push_url(reswap(retarget(response, "#query-problem"), "outerHTML"), url=False)


def _context(
    request: HtmxRequest,
    answer: ScreenAnswer,
    problems: tuple[Problem, ...],
    params: dict[str, list[str]],
    *,
    unfinished: str,
) -> dict[str, Any]:
    screen = answer.screen
    is_wrong = any(problem.key == "q" for problem in problems)
    in_results = {
        "narrowing": list(narrowing(answer, request.user)) if not answer.total else [],
        "unfinished": unfinished,
        "column_sets": column_sets_for(request, screen),
    }
    marks = marks_of(request, answer)
    return {
        **in_results,
        "kept": _keys(request, answer, params, in_results=(in_results, marks)),
        "screen": answer,
        "count": {
            "total": decimals(answer.total, 0),
            "universe": decimals(answer.universe, 0),
            "assets": answer.universe,
        },
        "query": params["q"][-1] if is_wrong else screen.query,
        "problems": _in_words(request, problems),
        "right_query": screen.query if is_wrong else "",
        "left_out": address_of(screen.asking(both(screen.condition, REAL_AND_INVENTED)))
        if answer.sandbox_left_out
        else "",
        "columns": _when_shown(lambda: list(headings(screen, answer.position, answer.tiers))),
        "rows": _when_shown(partial(rows, answer, marks)),
        "chips": _when_shown(lambda: list(chips(answer))),
        "presets": _when_shown(_presets),
        "panel": _when_shown(partial(panel_context, answer, params)),
        "pages": _when_shown(partial(pages, answer)),
        "chooser": _when_shown(partial(chooser_of, screen)),
        "view_words": _view_words(screen),
        "exports": _when_shown(partial(exports_of, screen)),
        "here": address_of(screen),
        "changes": f"{reverse('changes')}?{urlencode(screen.to_params())}",
        "tray": _when_shown(
            lambda: tray_context(request, chosen_assets(chosen_ids(request)), words=screen.to_params())
        ),
        "everything": f"{reverse('screener')}?q=",
        "save_address": f"{reverse('screen_new')}?{urlencode(screen.to_params())}",
        "saved_state": _when_shown(partial(saved_state, screen, user=request.user)),
        "saved_words": [
            (word, text) for word, text in screen.to_params() if word in {"q", "sort", "columns"}
        ],
        "is_saving": request.htmx.trigger in SAVERS,
        "site": request.build_absolute_uri("/").rstrip("/"),
        "renew_panel": request.htmx.trigger != PANEL,
        "renew_query": request.htmx.trigger != QUERY,
    }


def _when_shown(make: Callable[[], Any]) -> Any:
    """Made when a template asks for it: not where the fragment that shows it is kept."""
    return SimpleLazyObject(make)


def _keys(
    request: HtmxRequest,
    answer: ScreenAnswer,
    params: Mapping[str, Sequence[str]],
    *,
    in_results: Sequence[Any],
) -> dict[str, bytes]:
    """By fragment the key of what it shows. Readers who would see the same share what is kept."""
    screen, is_fragment = answer.screen, bool(request.htmx)
    typed = sorted((word, said) for word, said in params.items() if word in WORDS)
    return {
        "presets": key_of(),
        "panel": key_of(
            *(
                screen.condition,
                _view_words(screen),
                answer.facets,
                answer.histograms,
                answer.tiers,
                answer.answers,
            ),
            *(typed, is_fragment),
        ),
        "chooser": key_of(screen.columns),
        "results": key_of_table(answer, in_results, request.get_full_path()),
    }


def _view_words(screen: Screen) -> list[tuple[str, str]]:
    """How the table is shown, whatever is asked."""
    return [pair for pair in screen.to_params() if pair[0] in {"sort", "columns", "position", "screen"}]


def _in_words(request: HtmxRequest, problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    """Each problem in words; of a query also the text before, at and behind the place, and a right one."""
    query = request.GET.get("q", "")
    return [
        {"text": in_words(each), "fixed": corrected(query, each)}
        | (
            {
                "before": query[: each.at],
                "at": query[each.at : each.at + each.length],
                "behind": query[each.at + each.length :],
            }
            if each.at is not None
            else {}
        )
        for each in problems
    ]


def _presets() -> list[tuple[str, str]]:
    return [(_(each.title), address_of(screen_of(each))) for each in PRESETS]
