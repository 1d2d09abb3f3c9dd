"""Position in words: `$25 K`, `$5,000`, `1 M units`."""

from django.utils.translation import ngettext

from screener.screens.position import PositionSize
from screener.words.numbers import THIN, WHOLE_BELOW, localized, steps


def position_in_words(position: PositionSize) -> str:
    """All digits that were written, and no more: a position is set and not measured."""
    if position.units is None:
        return usd_exactly(float(position.usd or 0))
    count = _counted(position.units)
    return ngettext("%(count)s unit", "%(count)s units", 1 if position.units == 1 else 2) % {"count": count}


def usd_exactly(number: float) -> str:
    """An amount that somebody has set: `$2 B`, `$1.25 M`."""
    return f"${_counted(number)}"


def _counted(number: float) -> str:
    if number < WHOLE_BELOW:
        return localized(f"{number:,.10g}")
    step, letter = next(each for each in steps() if number >= each[0])
    return f"{localized(f'{number / step:,.10g}')}{THIN}{letter}"


def position_as_typed(position: PositionSize | None) -> str:
    """What the form reads back as exactly this position, in the reader's signs; empty for the default."""
    return localized(str(position)) if position else ""
