"""Filing calendar of the sandbox: a company's reports, notices of late ones, news and corporate actions.

Everything depends on calendar quarters, so that a filing stays as it is while time goes on.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from assets.sandbox.invented import Invented

QUARTERS: Final = 13
DUE_REPORTS: Final = 8
"""The periodic reports of 24 months."""

ANNUAL: Final = "10-K"
QUARTERLY: Final = "10-Q"
DUE_DAYS: Final = {ANNUAL: 90, QUARTERLY: 45}
"""After the end of the period, for a small company: sec.gov/about/forms."""

FULL_TURN: Final = 8
"""Quarters after which a company's habits repeat: in any eight it is late as often as its archetype says."""

AUDITOR_TURN: Final = 6
RESTATED_TURN: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class CorporateAction:
    """A change of capital that recurs every so many quarters.

    `shares_share` is of what circulates, `amount_share` of the market value.
    """

    event: str
    form: str
    items: str = ""
    every: int
    place: int = 0
    ratio: float | None = None
    shares_share: float | None = None
    amount_share: float | None = None


CORPORATE_ACTIONS: Final[dict[str, tuple[CorporateAction, ...]]] = {
    "none": (),
    "forward split": (CorporateAction(event="split", form="8-K", items="5.03,9.01", every=12, ratio=2.0),),
    "reverse splits": (
        CorporateAction(event="reverse_split", form="8-K", items="5.03,9.01", every=4, ratio=0.05),
        CorporateAction(
            event="private_placement",
            form="8-K",
            items="1.01,3.02",
            every=4,
            place=2,
            shares_share=0.3,
            amount_share=0.2,
        ),
    ),
    "shelf": (
        CorporateAction(event="shelf", form="S-3", every=12, amount_share=1.5),
        CorporateAction(event="at_the_market", form="424B5", every=2, place=1, amount_share=0.3),
        CorporateAction(
            event="offering", form="424B5", every=4, place=2, shares_share=0.15, amount_share=0.12
        ),
    ),
    "placements": (
        CorporateAction(event="convertible", form="8-K", items="1.01,2.03,3.02", every=4, amount_share=0.15),
        CorporateAction(
            event="private_placement",
            form="8-K",
            items="3.02",
            every=4,
            place=1,
            shares_share=0.1,
            amount_share=0.07,
        ),
        CorporateAction(
            event="offering", form="424B4", every=4, place=3, shares_share=0.25, amount_share=0.2
        ),
    ),
}

FILING_KINDS: Final = ("report", "notice", "auditor", "restatement", "amendment")
EVENTS_FROM: Final = 10
"""The numbers that tell a company's filings of one day apart: events come after all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicReport:
    """A periodic report that must be filed; `filed_on` is None for one that never comes."""

    quarter: int
    form: str
    period_ends_on: date
    due_on: date
    filed_on: date | None

    @property
    def is_late(self) -> bool:
        return self.filed_on is not None and self.filed_on > self.due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedFiling:
    form: str
    filed_on: date
    accession: str
    period_ends_on: date | None = None
    items: str = ""
    action: CorporateAction | None = None

    @property
    def accepted_at(self) -> datetime:
        return accepted_at(self.filed_on)


def filings_of(asset: Invented, now: datetime) -> list[InventedFiling]:
    """All that was accepted by now, the oldest first."""
    filings = [
        *_periodic(asset, now.date()),
        *_news(asset, now.date()),
        *_corporate_actions(asset, now.date()),
    ]
    return sorted((each for each in filings if each.accepted_at <= now), key=lambda each: each.accession)


def reports(asset: Invented, today: date) -> list[PeriodicReport]:
    """The reports on the quarters that have ended, the oldest first."""
    return [_report(asset, quarter) for quarter in quarters_before(today)]


def reports_due(asset: Invented, today: date) -> list[PeriodicReport]:
    return [each for each in reports(asset, today) if each.due_on <= today][-DUE_REPORTS:]


def _report(asset: Invented, quarter: int) -> PeriodicReport:
    turn, traits = (3 * quarter + asset.index) % FULL_TURN, asset.archetype
    form = ANNUAL if quarter % 4 == 3 else QUARTERLY
    due_on = ends_on(quarter) + timedelta(days=DUE_DAYS[form])
    filed_on: date | None = due_on - timedelta(days=asset.index % 5)
    if turn < traits.missing:
        filed_on = None
    elif turn < traits.missing + traits.late:
        filed_on = due_on + timedelta(days=8 + asset.index % 18)
    return PeriodicReport(
        quarter=quarter, form=form, period_ends_on=ends_on(quarter), due_on=due_on, filed_on=filed_on
    )


def _periodic(asset: Invented, today: date) -> Iterator[InventedFiling]:
    for each in reports(asset, today):
        if each.filed_on is not None:
            yield _filing(asset, each.form, each.filed_on, "report", period_ends_on=each.period_ends_on)
        if each.filed_on is None or each.is_late:
            noticed_on = each.due_on + timedelta(days=1)
            yield _filing(asset, f"NT {each.form}", noticed_on, "notice", period_ends_on=each.period_ends_on)


def _news(asset: Invented, today: date) -> Iterator[InventedFiling]:
    traits = asset.archetype
    for quarter in quarters_before(today):
        turn, ended_on = (3 * quarter + asset.index) % FULL_TURN, ends_on(quarter)
        if traits.auditor_changed and turn == AUDITOR_TURN:
            yield _filing(asset, "8-K", ended_on + timedelta(days=30), "auditor", items="4.01,9.01")
        if traits.restated and turn == RESTATED_TURN:
            form = f"{_report(asset, quarter).form}/A"
            yield _filing(asset, "8-K", ended_on + timedelta(days=110), "restatement", items="4.02")
            yield _filing(asset, form, ended_on + timedelta(days=130), "amendment", period_ends_on=ended_on)


def _corporate_actions(asset: Invented, today: date) -> Iterator[InventedFiling]:
    for number, action in enumerate(CORPORATE_ACTIONS[asset.archetype.capital]):
        for quarter in quarters_before(today):
            if (quarter + asset.index) % action.every == action.place:
                filed_on = ends_on(quarter) + timedelta(days=10 + 11 * number + asset.index % 40)
                yield InventedFiling(
                    form=action.form,
                    filed_on=filed_on,
                    accession=accession(asset, filed_on, EVENTS_FROM + number),
                    items=action.items,
                    action=action,
                )


def _filing(
    asset: Invented,
    form: str,
    filed_on: date,
    what: str,
    *,
    period_ends_on: date | None = None,
    items: str = "",
) -> InventedFiling:
    return InventedFiling(
        form=form,
        filed_on=filed_on,
        accession=accession(asset, filed_on, FILING_KINDS.index(what)),
        period_ends_on=period_ends_on,
        items=items,
    )


def units_until_now(asset: Invented, day: date, now: datetime) -> float:
    """How many shares of today one share of that day has become by splits since."""
    return math.prod(ratio for filed_on, ratio in _splits(asset, now) if filed_on > day)


def last_split_on(asset: Invented, now: datetime) -> date | None:
    return max((filed_on for filed_on, _ratio in _splits(asset, now)), default=None)


def _splits(asset: Invented, now: datetime) -> list[tuple[date, float]]:
    return [
        (each.filed_on, each.action.ratio)
        for each in filings_of(asset, now)
        if each.action is not None and each.action.ratio is not None
    ]


def accession(asset: Invented, filed_on: date, number: int) -> str:
    """Shaped like an accession number and visibly none; sorts by day within a company."""
    return f"SANDBOX-{asset.index:07}-{filed_on:%y%m%d}-{number:02}"


def url_of(asset: Invented, accession_number: str) -> str:
    return f"https://filings.example.org/{asset.index}/{accession_number}"


def accepted_at(filed_on: date) -> datetime:
    return datetime.combine(filed_on, time(21), UTC)


# Quarters, counted from the year 0 ------------------------------------------------------


def quarters_before(today: date) -> range:
    """The quarters that have ended, the last of them at the end."""
    current = today.year * 4 + (today.month - 1) // 3
    return range(current - QUARTERS, current)


def ends_on(quarter: int) -> date:
    year, place = divmod(quarter + 1, 4)
    return date(year, 3 * place + 1, 1) - timedelta(days=1)
