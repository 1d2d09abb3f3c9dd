"""Axis labels and readings of charts: what stands at a tick, and what a point says in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from math import isclose
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from screener.charts import Bar, Chart, Point, Tick, bar_values
from screener.words.findings import category_name
from screener.words.numbers import THIN, TINY_USD, decimals, short, steps

POWERS: Final = 100
"""An axis whose ends are this far apart is one of powers of ten."""


def labelled(ticks: Sequence[Tick], unit: str) -> list[tuple[float, str]]:
    """Where each tick stands and what is written there, all with the same decimals: $0.45, $0.50."""
    if unit == "time":
        return _moments(ticks)
    groups = [[tick] for tick in ticks] if _spans_powers(ticks) else [list(ticks)]
    return [each for group in groups for each in _alike(group, unit)]


def _spans_powers(ticks: Sequence[Tick]) -> bool:
    """Whether an axis goes through powers of ten, where no one count of decimals fits all."""
    values = [tick.value for tick in ticks if tick.value > 0]
    if len(values) < 2 or len(values) != len(ticks):
        return False
    is_wide = max(values) >= POWERS * min(values)
    return is_wide or all(isclose(each, 10 * before) for before, each in pairwise(values))


def _alike(ticks: Sequence[Tick], unit: str) -> list[tuple[float, str]]:
    step, letter = _step(ticks, unit)
    texts = [f"{tick.value / step:.12f}".rstrip("0") for tick in ticks]
    places = max((len(text.partition(".")[2]) for text in texts), default=0)
    if 0 < max((abs(tick.value) for tick in ticks), default=0) < TINY_USD:
        return [(tick.at, short(tick.value, unit)) for tick in ticks]
    sign = "$" if unit == "usd" else ""
    return [(tick.at, f"{sign}{decimals(tick.value / step, places)}{letter}") for tick in ticks]


def _step(ticks: Sequence[Tick], unit: str) -> tuple[float, str]:
    """What these ticks are counted in: thousands, millions, per cent."""
    if unit == "share":
        return 0.01, f"{THIN}%"
    most = max((abs(tick.value) for tick in ticks), default=0.0)
    return next(((size, f"{THIN}{letter}") for size, letter in steps() if most >= size), (1.0, ""))


def _moments(ticks: Sequence[Tick]) -> list[tuple[float, str]]:
    """Months, with the year where it begins; days where a chart spans weeks."""
    if any(tick.value.day != 1 for tick in ticks):
        return [(tick.at, date_format(tick.value, "j M")) for tick in ticks]
    return [(tick.at, date_format(tick.value, "Y" if tick.value.month == 1 else "M")) for tick in ticks]


def reading(chart: Chart, point: Point) -> str:
    """What a point says, in words."""
    return READINGS[chart.kind](point.values)


def bar_reading(bar: Bar, before: Bar | None) -> str:
    """What a bar says, and by how much its close differs from that of the bar before."""
    changed = "" if before is None else short(bar.close / before.close - 1, "change")
    return _price(bar_values(bar) | {"changed": changed})


def _price(values: Mapping[str, Any]) -> str:
    figures = {name: short(values[name], "usd") for name in ("open", "high", "low", "close")}
    if values.get("changed"):
        figures["close"] += f" ({values['changed']})"
    text = _("%(day)s: open %(open)s, high %(high)s, low %(low)s, close %(close)s") % {
        "day": _day(values["at"]),
        **figures,
    }
    if values["volume"] is None:
        return text
    return _("%(text)s, volume %(volume)s") % {"text": text, "volume": short(values["volume"], "usd")}


def _exit(values: Mapping[str, Any]) -> str:
    return _("Buying and selling %(size)s costs %(cost)s, that is %(lost)s") % {
        "size": short(values["size"], "usd"),
        "cost": short(values["cost"], "share"),
        "lost": short(values["cost"] * values["size"], "usd"),
    }


def _concentration(values: Mapping[str, Any]) -> str:
    return ngettext(
        "The largest owner holds %(share)s",
        "The %(count)s largest owners hold %(share)s",
        values["count"],
    ) % {"count": short(values["count"], "count"), "share": short(values["share"], "share")}


def _overhang(values: Mapping[str, Any]) -> str:
    share = short(values["share"], "share")
    if not values["price"]:
        return _("At any price: %(share)s more shares") % {"share": share}
    return _("At %(price)s a share: %(share)s more shares") % {
        "price": short(values["price"], "usd"),
        "share": share,
    }


def _runway(values: Mapping[str, Any]) -> str:
    return _("%(day)s: %(cash)s left") % {"day": _day(values["at"]), "cash": short(values["cash"], "usd")}


def _drawdown(values: Mapping[str, Any]) -> str:
    text = _("%(day)s: %(share)s below its 90-day high")
    return text % {"day": _day(values["at"]), "share": short(values["share"], "share")}


def _volatility(values: Mapping[str, Any]) -> str:
    text = _("%(day)s: %(share)s a day")
    return text % {"day": _day(values["at"]), "share": short(values["share"], "share")}


def _unlock(values: Mapping[str, Any]) -> str:
    text = (
        _("%(day)s: %(amount)s unlocked evenly since %(since)s (%(category)s), %(supply)s circulating")
        if values["since"]
        else _("%(day)s: %(amount)s unlock (%(category)s), %(supply)s circulating")
    )
    return text % {
        "day": _day(values["at"]),
        "since": _day(values["since"]) if values["since"] else "",
        "amount": short(values["amount"], "count"),
        "category": category_name(values["category"]),
        "supply": short(values["supply"], "count"),
    }


def _scores(values: Mapping[str, Any]) -> str:
    if values["total"] is None:
        ends = {name: short(values[name], "score") for name in ("low", "high")}
        return _("%(day)s: not rated, between %(low)s and %(high)s") % {"day": _day(values["at"]), **ends}
    figures = {name: short(values[name], "score") for name in ("total", "low", "high")}
    return _("%(day)s: %(total)s, between %(low)s and %(high)s") % {"day": _day(values["at"]), **figures}


def _lines(unit: str) -> Callable[[Mapping[str, Any]], str]:
    def reading_of(values: Mapping[str, Any]) -> str:
        told = [f"{name} {short(value, unit)}" for name, value in values["values"] if value is not None]
        return f"{_day(values['at'])}: {' · '.join(told)}"

    return reading_of


def _correlation(values: Mapping[str, Any]) -> str:
    figures = {name: short(values[name], "index") for name in ("r", "low", "high")}
    return ngettext(
        "%(day)s: %(r)s, between %(low)s and %(high)s (%(days)s common day)",
        "%(day)s: %(r)s, between %(low)s and %(high)s (%(days)s common days)",
        values["days"],
    ) % {"day": _day(values["at"]), "days": values["days"], **figures}


def _day(when: datetime) -> str:
    return date_format(when, "j M Y")


READINGS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "price": _price,
    "exit": _exit,
    "unlocks": _unlock,
    "scores": _scores,
    "overlay": _lines("count"),
    "shares": _lines("share"),
    "caps": _lines("usd"),
    "correlation": _correlation,
    "concentration": _concentration,
    "overhang": _overhang,
    "runway": _runway,
    "drawdown": _drawdown,
    "volatility": _volatility,
}
