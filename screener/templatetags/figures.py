"""Figures as people read them: short, with their unit, the exact value a hover away; unknown is no zero."""

import math
from datetime import datetime
from typing import Any, Final

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

register = template.Library()

THIN: Final = "\u202f"
MINUS: Final = "\u2212"
STEPS: Final = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))
DIGITS: Final = 3
"""Significant digits of a short form."""

LEVELS: Final = (gettext_lazy("none"), gettext_lazy("partial"), gettext_lazy("full"))
FOREVER_DAYS: Final = 36_500
NEVER_DAYS: Final = 9_999
SELF_FUNDED_MONTHS: Final = 1_200


def decimals(number: float, places: int) -> str:
    """With the reader's decimal sign and a true minus."""
    text = f"{number:.{places}f}"
    if not float(text):
        text = text.lstrip("-")
    return text.replace("-", MINUS).replace(".", formats.get_format("DECIMAL_SEPARATOR"))


def significant(number: float) -> str:
    """Three significant digits, never fewer than the whole part has: 1.23, 12.3, 123, 1234."""
    if not number:
        return "0"
    rounded = float(f"{number:.{DIGITS - 1}e}")  # 0.9997 has the digits of 1.00
    return decimals(rounded, max(0, DIGITS - 1 - math.floor(math.log10(abs(rounded)))))


def abbreviated(number: float) -> str:
    """25.0 M, 4.20 K, 123."""
    for step, letter in STEPS:
        if abs(number) >= step * 0.9995:
            return f"{significant(number / step)}{THIN}{letter}"
    if float(number).is_integer():
        return decimals(number, 0)
    return significant(number)


def usd(number: float) -> str:
    sign, size = (MINUS if number < 0 else ""), abs(number)
    if size >= 999.5:
        return f"{sign}${abbreviated(size)}"
    if size >= 1 or not size:
        return f"{sign}${decimals(size, 2)}"
    if size >= 1e-7:
        text = significant(size)
        return f"{sign}${text.rstrip('0') if len(text.rstrip('0')) >= len('0.00') else text[:4]}"
    return f"{sign}${size:.2e}".replace("e-0", "e-").replace("-", MINUS)


def share(number: float) -> str:
    percent = number * 100
    places = 0 if abs(percent) >= 99.95 else 1 if abs(percent) >= 0.095 or not percent else 2
    if abs(percent) >= 10_000:
        return f"{abbreviated(percent)}{THIN}%"
    return f"{decimals(percent, places)}{THIN}%"


def change(number: float) -> str:
    return ("+" if number > 0 else "") + share(number)


def days(number: float) -> str:
    if number >= FOREVER_DAYS:
        return _("for ever")
    if number >= NEVER_DAYS:
        return _("never")
    if 0 < number < 0.95:
        return f"{decimals(number * 24, 1 if number < 0.1 else 0)}{THIN}{_('h')}"
    return f"{decimals(number, 1 if number < 99.5 else 0)}{THIN}{_('d')}"


def months(number: float) -> str:
    if number >= SELF_FUNDED_MONTHS:
        return _("no end")
    return f"{decimals(number, 0 if number >= 10 else 1)}{THIN}{_('months')}"


def ratio(number: float) -> str:
    return f"{abbreviated(number)}{THIN}×"


def level(number: float) -> str:
    return str(LEVELS[min(int(number), 2)])


UNITS: Final = {
    "usd": usd,
    "share": share,
    "change": change,
    "bps": lambda number: f"{decimals(number, 0)}{THIN}bps",
    "days": days,
    "hours": lambda number: f"{decimals(number, 1)}{THIN}{_('h')}",
    "months": months,
    "count": abbreviated,
    "ratio": ratio,
    "score": lambda number: decimals(number, 0),
    "level": level,
}


def short(value: float, unit: str) -> str:
    return str(UNITS[unit](float(value)))


def exact(value: float, unit: str) -> str:
    """All digits, for a hover: grouped, without trailing noise."""
    number = float(value)
    if unit in {"share", "change"}:
        return f"{number * 100:.6g}{THIN}%"
    text = f"{number:,.0f}" if number.is_integer() and abs(number) < 1e15 else f"{number:,.12g}"
    return f"${text}" if unit == "usd" else text


def unknown(reason: str = "") -> SafeString:
    """An em dash that says why."""
    why = reason or _("not known")
    return format_html(
        '<span class="unknown" title="{}">—<span class="visually-hidden">{}</span></span>', why, why
    )


def is_unknown(value: Any) -> bool:
    """None, NaN, and the empty text that a template makes of a name it can't look up."""
    return value is None or value == "" or value != value


@register.simple_tag
def figure(value: Any, unit: str, reason: str = "") -> SafeString:
    """`$25.0 M` with the exact value in its title; an em dash with the reason where it is not known."""
    if is_unknown(value):
        return unknown(reason)
    number = float(value)
    # Not format_html: a screen has a thousand of these, and nothing here comes from outside.
    return mark_safe(  # noqa: S308
        f'<data value="{number!r}" title="{exact(number, unit)}">{short(number, unit)}</data>'
    )


@register.simple_tag
def plain_figure(value: Any, unit: str) -> str:
    """The short form alone, for attributes and texts."""
    return "—" if is_unknown(value) else short(float(value), unit)


AGES: Final = (
    (86_400 * 365, ngettext_lazy("%d year", "%d years")),
    (86_400, ngettext_lazy("%d day", "%d days")),
    (3_600, ngettext_lazy("%d hour", "%d hours")),
    (60, ngettext_lazy("%d minute", "%d minutes")),
)


def age_of(when: datetime, now: datetime) -> str:
    seconds = max(0.0, (now - when).total_seconds())
    for size, words in AGES:
        if seconds >= size:
            count = int(seconds // size)
            return str(words % count)
    return _("just now")


@register.simple_tag
def age(when: datetime | None) -> SafeString:
    """How long ago, with the moment in its title."""
    if when is None:
        return unknown()
    return format_html(
        '<time datetime="{}" data-age title="{} UTC">{}</time>',
        when.isoformat(),
        when.strftime("%Y-%m-%d %H:%M"),
        age_of(when, timezone.now()),
    )


@register.simple_tag
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
