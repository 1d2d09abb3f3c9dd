"""Number formatting: figures as people read them, short and with their unit; ages; changes with a sign."""

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, Final

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from screener.words import causes

THIN: Final = "\u202f"
"""Between a number and its unit: narrow, and never the end of a line."""
MINUS: Final = "\u2212"
SHORT_SCALE: Final = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))
LONG_SCALE: Final = {"es": ((1e12, "bill."), (1e6, "M"), (1e3, "mil"))}
"""Languages whose billion is a million millions, where "B" for 10⁹ would be read a thousand times too
high."""
DIGITS: Final = 3
"""Significant digits of a short form."""
WHOLE_BELOW: Final = 9_999.5
"""Up to here a number in full is no longer than its short form: 4,568 against 4.57 K."""
TINY_USD: Final = 1e-6
"""Below, the zeros of a price are counted, as exchanges of tokens write it: $0.0₉123 is 1.23e-10."""
SUBSCRIPTS: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
TINY_SHARE: Final = 0.000_05
HUGE_SHARE: Final = 10_000.0
"""A share beyond a million per cent is a slip of units somewhere: more digits of it say nothing."""
ENDLESS_DAYS: Final = 9_999
"""Stands for "never" where it takes time, for "always" where it lasts (`metrics.exits.FOREVER_DAYS`)."""
ENDLESS_MONTHS: Final = 120
"""The most that a cash runway is counted to."""
WHOLE_WITHIN: Final = 1e-6
"""1 / 0.005 is 200, whatever its last binary place."""
VISIBLE: Final = 0.05
"""A change that rounds to nothing has no sign."""
MINUTE_S, HOUR_S, DAY_S, YEAR_S = 60, 3_600, 86_400, 86_400 * 365


def localized(text: str) -> str:
    """A number of Python in the reader's signs: decimal comma, grouped thousands, a true minus."""
    return text.translate(_signs(get_language()))


@cache
def _signs(_language: str | None) -> dict[int, str]:
    """Looked up once for each language: a table of figures asks a thousand times."""
    signs = {",": formats.get_format("THOUSAND_SEPARATOR"), ".": formats.get_format("DECIMAL_SEPARATOR")}
    return str.maketrans({**signs, "-": MINUS})


def steps() -> tuple[tuple[float, str], ...]:
    """What large numbers are counted in, in the reader's language, the largest first."""
    return LONG_SCALE.get((get_language() or "")[:2], SHORT_SCALE)


def decimals(number: float, places: int) -> str:
    """Rounded, with thousands grouped; what rounds to zero has no minus."""
    return localized(f"{round(number, places) or 0.0:,.{places}f}")


def significant(number: float) -> str:
    """Three significant digits, never fewer than the whole part has: 1.23, 12.3, 123, 1,234."""
    if not number:
        return "0"
    rounded = float(f"{number:.{DIGITS - 1}e}")  # 0.9997 has the digits of 1.00
    return decimals(rounded, max(0, DIGITS - 1 - math.floor(math.log10(abs(rounded)))))


def abbreviated(number: float) -> str:
    """25.0 M, 42.0 K, 4,568, 123."""
    if abs(number) >= WHOLE_BELOW:
        step, letter = next(each for each in steps() if abs(number) >= each[0] * 0.9995)
        return f"{significant(number / step)}{THIN}{letter}"
    return decimals(number, 0) if number.is_integer() else significant(number)


def usd(number: float) -> str:
    sign, size = (MINUS if number < 0 else ""), abs(number)
    return f"{sign}${abbreviated(size) if size >= WHOLE_BELOW else _small_usd(size)}"


def _small_usd(size: float) -> str:
    """Cents from a dollar on; below it three significant digits, or two places where those say it all."""
    if size >= 999.5:
        return decimals(size, 0)
    if size >= 1 or not size or round(size, 2) == size:
        return decimals(size, 2)
    if size < TINY_USD:
        digits, power = f"{size:.{DIGITS - 1}e}".split("e")
        zeros = str(-int(power) - 1).translate(SUBSCRIPTS)
        return localized(f"0.0{zeros}{digits.replace('.', '')}")
    return significant(size)


def share(number: float) -> str:
    percent = number * 100
    if 0 < abs(number) < TINY_SHARE:
        return f"{'<' if number > 0 else '>'}{THIN}{decimals(math.copysign(0.01, number), 2)}{THIN}%"
    if abs(number) > HUGE_SHARE:
        return f"{'>' if number > 0 else '<'}{THIN}{share(math.copysign(HUGE_SHARE, number))}"
    if abs(percent) >= WHOLE_BELOW:
        return f"{abbreviated(percent)}{THIN}%"
    places = 0 if abs(percent) >= 99.95 or not percent else 1 if abs(percent) >= 0.095 else 2
    return f"{decimals(percent, places)}{THIN}%"


def fee(number: float) -> str:
    """Fee tiers differ in hundredths of a per cent: 1.25 %, 0.3 %, 0.05 %, 1 %."""
    if 0 < number < TINY_SHARE:
        return share(number)
    percent = f"{round(number * 100, 2) or 0.0:,.2f}".rstrip("0").rstrip(".")
    return f"{localized(percent)}{THIN}%"


def change(number: float) -> str:
    return ("+" if number > 0 else "") + share(number)


def days(number: float) -> str:
    """Down to minutes below a day: leaving can take five of them."""
    return "∞" if number >= ENDLESS_DAYS else _counted_days(number)


def _counted_days(number: float) -> str:
    if not number:
        return f"0{THIN}{_('d')}"
    minutes = number * 1_440
    if 0 < minutes < 59.5:
        return f"{max(1, round(minutes))}{THIN}{_('min')}"
    if 0 < number < 0.95:
        return f"{decimals(number * 24, 0)}{THIN}{_('h')}"
    return f"{decimals(number, 1 if number < 99.5 else 0)}{THIN}{_('d')}"


def months(number: float) -> str:
    return f"{'≥' + THIN if number >= ENDLESS_MONTHS else ''}{_counted_months(number)}"


def _counted_months(number: float) -> str:
    return f"{decimals(number, 0 if number >= 10 else 1)}{THIN}{_('months')}"


def ratio(number: float) -> str:
    return f"{abbreviated(number)}{THIN}×"


def exchange_ratio(number: float) -> str:
    """New units for old ones, as a split is announced: 4 for 1, or 1 for 200 of a factor of 0.005."""
    new, old = (number, 1.0) if number >= 1 or not number else (1.0, 1 / number)
    return _("%(new)s for %(old)s") % {"new": _units(new), "old": _units(old)}


def _units(count: float) -> str:
    """Whole ones without decimals; 3 for 2 is told as a factor of 1.5, and is 1.50 for 1."""
    whole = round(count)
    return abbreviated(float(whole) if abs(count - whole) < WHOLE_WITHIN * count else count)


UNITS: Final[dict[str, Callable[[float], str]]] = {
    "usd": usd,
    "share": share,
    "change": change,
    "fee": fee,
    "bps": lambda number: f"{decimals(number, 0)}{THIN}bps",
    "days": days,
    "hours": lambda number: _counted_days(number / 24),
    "months": months,
    "count": abbreviated,
    "ratio": ratio,
    "split": exchange_ratio,
    "score": lambda number: decimals(number, 0),
    "index": lambda number: decimals(number, 2),
    "faults": causes.faults,
    "traps": causes.traps,
    "limits": causes.limits,
}

IN_PERCENT: Final = frozenset({"share", "change", "fee"})
"""Units of shares, which are read in per cent."""


def short(value: float, unit: str) -> str:
    """The short form; a text of the field, such as a grade, is its own."""
    return str(value) if unit == "text" else UNITS[unit](float(value))


def in_sentence(value: float, unit: str) -> str:
    """As `short`; but sentences say "times", and what 9,999 days and 120 months stand for, themselves."""
    counted = {"days": _counted_days, "months": _counted_months, "ratio": abbreviated}.get(unit)
    return counted(float(value)) if counted else short(value, unit)


def exact(value: float, unit: str) -> str:
    """All digits, for a hover: grouped, without the noise of binary fractions."""
    number = float(value) * 100 if unit in IN_PERCENT else float(value)
    digits = localized(f"{Decimal(f'{abs(number):.12g}'):,f}")
    sign = MINUS if number < 0 else ""
    if unit == "usd":
        return f"{sign}${digits}"
    return f"{sign}{digits}{THIN}%" if unit in IN_PERCENT else f"{sign}{digits}"


def is_unknown(value: Any) -> bool:
    """None, NaN, and the empty text that a template makes of a name it can't look up."""
    return value is None or value == "" or value != value


def plain_figure(value: Any, unit: str) -> str:
    """The short form alone, for attributes and texts."""
    return "—" if is_unknown(value) else short(value, unit)


def time_left(seconds: float | None) -> str:
    """About how long work takes on; nothing until a pace is known."""
    if seconds is None:
        return ""
    if seconds < MINUTE_S:
        return _("under a minute")
    minutes = math.ceil(seconds / MINUTE_S)
    return ngettext("about a minute", "about %(minutes)s minutes", minutes) % {"minutes": minutes}


def signed(points: float) -> str:
    """The change of a score in points: +2.3, −0.4, 0."""
    if abs(points) < VISIBLE:
        return "0"
    return ("+" if points > 0 else "") + decimals(points, 1)


AHEAD: Final = timedelta(hours=12)


def is_ahead(when: datetime, now: datetime) -> bool:
    """Whether what is said to have been lies in the future: a clock is wrong, here or at a provider. The
    close of a day that has begun may lie ahead."""
    return when - now >= AHEAD


def age_of(when: datetime, now: datetime) -> str:
    """In one unit, rounded down: "3 hours", "12 days"."""
    seconds = max(0.0, (now - when).total_seconds())
    if is_ahead(when, now):
        return _("dated in the future")
    if seconds < MINUTE_S:
        return _("just now")
    if seconds < HOUR_S:
        count = int(seconds // MINUTE_S)
        return ngettext("%d minute", "%d minutes", count) % count
    if seconds < DAY_S:
        count = int(seconds // HOUR_S)
        return ngettext("%d hour", "%d hours", count) % count
    if seconds < YEAR_S:
        count = int(seconds // DAY_S)
        return ngettext("%d day", "%d days", count) % count
    count = int(seconds // YEAR_S)
    return ngettext("%d year", "%d years", count) % count


def short_age_of(when: datetime, now: datetime) -> str:
    """For dense tables: "3 h", "12 d"."""
    seconds = max(0.0, (now - when).total_seconds())
    if is_ahead(when, now):
        return _("in the future")
    for size, unit in ((YEAR_S, _("y")), (DAY_S, _("d")), (HOUR_S, _("h"))):
        if seconds >= size:
            return f"{int(seconds // size)}{THIN}{unit}"
    return f"{int(seconds // MINUTE_S)}{THIN}{_('min')}"
