"""HTML of figures, ages, states and scores: unknown is no zero, and nothing is said by colour alone."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from screener.checklist import Criterion
from screener.checklist.dimensions import DIMENSIONS
from screener.checklist.scoring import WEAK_DIMENSION
from screener.checklist.states import STALE, State
from screener.words.clock import read_at
from screener.words.findings import STATES, answered_ago, decides, lower_end
from screener.words.numbers import (
    MINUTE_S,
    age_of,
    decimals,
    exact,
    is_ahead,
    is_unknown,
    short,
    short_age_of,
)

NOT_RATED: Final = pgettext_lazy("in place of a grade: not rated", "NR")
NOT_RATED_WHY: Final = gettext_lazy("Not rated: too few criteria are answered")


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
    now = read_at()
    words = _("check the clock") if is_ahead(when, now) else _("stale") if stale else ""
    mark = format_html(' <span class="badge warn">{}</span>', words) if words else ""
    return format_html(
        '<time datetime="{}" data-age title="{}, {} UTC">{}</time>{}',
        when.isoformat(),
        age_of(when, now),
        when.strftime("%Y-%m-%d %H:%M"),
        short_age_of(when, now),
        mark,
    )


def ago(when: datetime) -> SafeString:
    """The same as a phrase of its own: "3 h ago", "just now"."""
    now = read_at()
    is_whole = is_ahead(when, now) or (now - when).total_seconds() < MINUTE_S
    said = age_of(when, now) if is_whole else _("%(age)s ago") % {"age": short_age_of(when, now)}
    return format_html(
        '<time datetime="{}" title="{} UTC">{}</time>',
        when.isoformat(),
        when.strftime("%Y-%m-%d %H:%M"),
        said,
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


def day(when: date | None) -> SafeString:
    """A calendar day, which is the same everywhere; the script writes it as the reader's region does."""
    if when is None:
        return unknown()
    return format_html(
        '<time datetime="{}" data-day>{}</time>', when.strftime("%Y-%m-%d"), date_format(when, "j M Y")
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


def rating(grade: str, score: float | None, low: float, high: float) -> SafeString:
    """The letter beside the score and its interval; of what is not rated the interval alone."""
    bar = score_bar(score, low, high) if grade else _interval_bar_of_none(low, high)
    return grade_badge(grade) + mark_safe(f'<span class="rating-score">{bar}</span>')  # noqa: S308


def _interval_bar_of_none(low: float, high: float) -> str:
    ends = "–".join(dict.fromkeys((decimals(low, 0), decimals(high, 0))))
    return f'<span class="score hint">{ends}</span>{_bar(None, low, high, css="bar")}'


def dimension_bars(scores: Sequence[float | None], *, kind: str) -> SafeString:
    """The scores of the dimensions, each of 0–100 or unknown, as upright bars; names and numbers as title."""
    named = [
        (_(each.title(kind)), decimals(score, 0) if score is not None else NOT_RATED)
        for each, score in zip(DIMENSIONS, scores, strict=True)
    ]
    title = escape(" · ".join(f"{name} {score}" for name, score in named))
    bars = "".join(
        f'<rect class="track" x="{11 * place}" width="9" height="20"/>'
        + ("" if score is None else _upright(score, x=11 * place))
        for place, score in enumerate(scores)
    )
    svg = f'<svg viewBox="0 0 {11 * len(scores) - 2} 20" aria-hidden="true">{bars}</svg>'
    value = " ".join("" if score is None else f"{score:.0f}" for score in scores)
    words = f'<span class="visually-hidden">{title}</span>'
    return mark_safe(  # noqa: S308 - numbers, and names of our own
        f'<data class="dimension-bars" value="{value}" title="{title}">{svg}{words}</data>'
    )


def _upright(score: float, *, x: int) -> str:
    css = "fill weak" if score < 100 * WEAK_DIMENSION else "fill"
    height = max(score / 5, 1)
    return f'<rect class="{css}" x="{x}" y="{20 - height:.1f}" width="9" height="{height:.1f}"/>'


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
