"""Dated events in words: what happens, to what, by the figures that are known.

An event here is whatever has the attributes of the calendar's events: `kind`, `words`, `figures`, `days`.
"""

from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from screener.words.findings import category_name
from screener.words.numbers import short
from screener.words.registers import event_name

KIND_TITLES: Final = {
    "unlock": gettext_lazy("Unlock"),
    "lock-up": gettext_lazy("Lock-up ends"),
    "liquidity-lock": gettext_lazy("Liquidity lock ends"),
    "filing": gettext_lazy("Filing due"),
    "split": gettext_lazy("Split"),
}
KINDS_TITLES: Final = {
    "unlock": gettext_lazy("Unlocks"),
    "lock-up": gettext_lazy("Lock-ups"),
    "liquidity-lock": gettext_lazy("Liquidity locks"),
    "filing": gettext_lazy("Filings due"),
    "split": gettext_lazy("Splits"),
}
PHASE_TITLES: Final = {
    "begins": gettext_lazy("Vesting begins"),
    "ends": gettext_lazy("Vesting ends"),
}


def kind_title(kind: str) -> str:
    """One event of this kind."""
    return str(KIND_TITLES[kind])


def kinds_title(kind: str) -> str:
    """All events of this kind."""
    return str(KINDS_TITLES[kind])


def event_title(event: Any) -> str:
    """What happens, in two or three words."""
    if event.kind == "unlock" and event.words[0] in PHASE_TITLES:
        return str(PHASE_TITLES[event.words[0]])
    if event.kind == "filing":
        return _("%(form)s due") % {"form": event.words[0]}
    if event.kind == "split":
        name = _("Possible split") if event.words[0] == "possible" else event_name(event.words[0])
        ratio = event.figures["ratio"]
        return name if ratio is None else f"{name} {short(ratio, 'split')}"
    return kind_title(event.kind)


def event_sentence(event: Any) -> str:
    """How much, for whom and until when, as far as it is known; "" where there is nothing to add."""
    return SENTENCES[event.kind](event)


def _unlock_sentence(event: Any) -> str:
    units, share = event.figures["units"], event.figures["of_circulating_share"]
    phase, *categories = event.words
    amount = (
        _("amount not known") if units is None else _("%(units)s units") % {"units": short(units, "count")}
    )
    if share is not None:
        amount += " " + _("(%(share)s of circulating)") % {"share": short(share, "share")}
    parts = [amount]
    named = [category_name(each) for each in categories if each and each != "lockup"]
    if named:
        parts.append(_("for %(recipients)s") % {"recipients": ", ".join(named)})
    if phase in PHASE_TITLES:
        days = {"first": _day(event.days["from_on"]), "last": _day(event.days["until_on"])}
        parts.append(_("steadily from %(first)s to %(last)s") % days)
    return ", ".join(parts)


def _lock_sentence(event: Any) -> str:
    pair, venue = event.words
    pool = " ".join(each for each in (pair, venue) if each) or _("a pool")
    share = short(event.figures["locked_share"], "share")
    return _("%(share)s of the LP tokens of %(pool)s") % {"share": share, "pool": pool}


def _filing_sentence(event: Any) -> str:
    told = _("for the period to %(day)s") % {"day": _day(event.days["period_ends_on"])}
    filed_on = event.days["filed_on"]
    if filed_on is None:
        return told + ", " + _("last day of the slowest filers; expected from earlier reports")
    is_late = filed_on > event.on
    text = _("filed late on %(day)s") if is_late else _("filed on %(day)s")
    return f"{told}, {text % {'day': _day(filed_on)}}"


def _split_sentence(event: Any) -> str:
    since_on = event.days["since_on"]
    parts = [_("ratio not known")] if event.figures["ratio"] is None else []
    if since_on is not None:
        parts.append(_("not before %(day)s") % {"day": _day(since_on)})
    return ", ".join(parts)


SENTENCES: Final = {
    "unlock": _unlock_sentence,
    "lock-up": _unlock_sentence,
    "liquidity-lock": _lock_sentence,
    "filing": _filing_sentence,
    "split": _split_sentence,
}


def _day(day: date) -> str:
    return date_format(day, "j M Y")
