"""HTML of figures, ages, states and scores: unknown is no zero, and nothing is said by colour alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from screener.checklist import Criterion
from screener.checklist.states import STALE, State
from screener.words.findings import STATES, answered_ago, decides, lower_end
from screener.words.numbers import age_of, decimals, exact, is_unknown, short, short_age_of

NOT_RATED: Final = pgettext_lazy("in place of a grade: not rated", "NR")
NOT_RATED_WHY: Final = gettext_lazy("Not rated: too little of what is asked is known")


def unknown(reason: str = "") -> SafeString:
    """An em dash that says why."""
    why = reason or _("not known")
    return format_html(
        '<span class="unknown" title="{}">—<span class="visually-hidden">{}</span></span>', why, why
    )


def figure(value: Any, unit: str, reason: str = "", *, focusable: bool = False) -> SafeString:
    """`$25.0 M` with the exact value in its title; an em dash with the reason where it is not known.

    `focusable` is for the few that matter most: the keyboard reaches them and shows the exact value.
    """
    if is_unknown(value):
        return unknown(reason)
    if unit == "text":
        return escape(value)
    number = float(value)
    stop = ' tabindex="0"' if focusable else ""
    # Not format_html: a screen has a thousand of these, and nothing here comes from outside.
    return mark_safe(  # noqa: S308
        f'<data value="{number!r}" title="{exact(number, unit)}"{stop}>{short(number, unit)}</data>'
    )


def age(when: datetime | None, *, stale: bool = False) -> SafeString:
    """How old it is, with words and moment in its title; what is too old is marked."""
    if when is None:
        return unknown()
    now = timezone.now()
    mark = format_html(' <span class="badge warn">{}</span>', _("stale")) if stale else ""
    return format_html(
        '<time datetime="{}" data-age title="{}, {} UTC">{}</time>{}',
        when.isoformat(),
        age_of(when, now),
        when.strftime("%Y-%m-%d %H:%M"),
        short_age_of(when, now),
        mark,
    )


def moment(when: datetime | None) -> SafeString:
    """Date and time in UTC; the script shows it in the reader's zone."""
    if when is None:
        return unknown()
    return format_html(
        '<time datetime="{}" data-moment title="{} UTC">{} UTC</time>',
        when.isoformat(),
        when.strftime("%Y-%m-%d %H:%M"),
        when.strftime("%Y-%m-%d %H:%M"),
    )


def state(code: str) -> SafeString:
    """The state of a criterion by its shape and its word."""
    shape, word = STATES[code]
    # Nothing here comes from outside.
    return mark_safe(f'<span class="state {code}"><span aria-hidden="true">{shape}</span> {word}</span>')  # noqa: S308


def answered(finding: Mapping[str, Any]) -> SafeString:
    """What a finding is shown as: its state or, of facts that are too old, what it was and when."""
    if not finding["stale"]:
        return state(finding["state"])
    shape, _word = STATES[STALE]
    return format_html(
        '<span class="state {}"><span aria-hidden="true">{}</span> {}</span>',
        STALE,
        shape,
        answered_ago(finding),
    )


def answer_value(criterion: Criterion, finding: Mapping[str, Any]) -> SafeString:
    """The figure of a finding, or both its ends; a dash where the answer is not known; nothing where the
    answer has no figure, or another figure decided it."""
    if finding["state"] == State.UNKNOWN:
        return mark_safe("") if criterion.unit == "score" else unknown()
    if not decides(criterion, finding):
        return mark_safe("")
    value, low = figure(finding["value"], criterion.unit), lower_end(finding)
    return value if low is None else format_html("{} – {}", figure(low, criterion.unit), value)


def grade_badge(grade: str) -> SafeString:
    """The letter, or that the asset is not rated ("")."""
    if not grade:
        return format_html('<span class="grade grade-none" title="{}">{}</span>', NOT_RATED_WHY, NOT_RATED)
    return format_html('<span class="grade grade-{}" title="{}">{}</span>', grade, _("Grade"), grade)


def score_bar(score: float | None, low: float | None = None, high: float | None = None) -> SafeString:
    """A score of 0–100 over its bar; where an interval is given, it stands there in words too.

    One that is not rated has an interval alone.
    """
    if low is None or high is None:
        if score is None:
            return unknown()
        low = high = score
    ends = decimals(low, 0), decimals(high, 0)
    interval = "" if ends[0] == ends[1] else f' <span class="hint">{"–".join(ends)}</span>'
    bar = _bar(score, low, high, css="bar")
    shown = NOT_RATED if score is None else decimals(score, 0)
    # Numbers and a text of our own: nothing here comes from outside.
    return mark_safe(f'<span class="score">{shown}{interval}</span>{bar}')  # noqa: S308


def interval_bar(score: float | None, low: float, high: float) -> SafeString:
    """The total on its way from 0 to 100."""
    return mark_safe(_bar(score, low, high, css="bar wide"))  # noqa: S308 - numbers only


def _bar(score: float | None, low: float, high: float, *, css: str) -> str:
    """Filled to the lower bound, paler to the upper one; a tick where the score stands between them."""
    tick = (
        ""
        if low == high or score is None
        else f'<rect class="tick" x="{min(max(score - 0.5, 0), 99):.1f}" width="1" height="10"/>'
    )
    return (
        f'<svg class="{css}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" y="1" width="100" height="8"/>'
        f'<rect class="fill" y="1" width="{low:.1f}" height="8"/>'
        f'<rect class="span" x="{low:.1f}" y="1" width="{high - low:.1f}" height="8"/>{tick}</svg>'
    )
