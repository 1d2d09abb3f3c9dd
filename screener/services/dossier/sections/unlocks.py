"""Unlock schedule: what comes free, when, what it is worth, and what it would do to the market cap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assets.metrics import families
from assets.models import UnlockSchedule
from screener.charts import Chart, Release, unlock_chart
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.market_sources import MarketSources, market_sources
from screener.services.dossier.unlock_values import UnlockValue, unit_of, unlock_values
from screener.services.dossier.unlock_what_if import UnlockWhatIf, unlock_what_if


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlocksSection:
    """`is_unit_known`: whether the schedule's amounts could be put into the units of today."""

    figures: Mapping[str, float]
    schedule: UnlockSchedule | None
    unlocks: Sequence[UnlockValue]
    questions: Sequence[Mapping[str, Any]]
    is_unit_known: bool = True
    what_if: UnlockWhatIf | None = None
    sources: MarketSources | None = None
    chart: Chart | None = None


def read_unlocks(facts: DossierFacts) -> UnlocksSection:
    events, questions, figures = facts.rows.unlock_events, facts.questions_of("unlocks"), facts.figures
    unit = unit_of(events, figures=figures, changes=facts.unit_changes) if events else 1.0
    unlocks = unlock_values(events, figures=figures, now=facts.now, unit=unit, questioned=bool(questions))
    shown = {
        "figures": figures,
        "schedule": facts.rows.row(families.UNLOCKS),
        "unlocks": unlocks,
        "questions": questions,
    }
    if questions or unit != unit:
        return UnlocksSection(**shown, is_unit_known=unit == unit)
    what_if = unlock_what_if(unlocks, facts.asked_unlock, figures=figures, now=facts.now)
    return UnlocksSection(
        **shown,
        what_if=what_if,
        sources=market_sources(facts) if what_if and what_if.cases else None,
        chart=_chart(unlocks, figures=figures, now=facts.now),
    )


def _chart(unlocks: Sequence[UnlockValue], *, figures: Mapping[str, float], now: datetime) -> Chart | None:
    circulating = figures.get("circulating_supply")
    releases = [
        Release(at=each.unlock_at, ends_at=each.ends_at, amount=each.amount, category=each.category)
        for each in unlocks
    ]
    return unlock_chart(now, releases, circulating) if circulating else None
