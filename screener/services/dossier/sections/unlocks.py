"""Unlock schedule: what comes free, when, what it is worth, and what it does to the market cap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assets.metrics import families
from assets.models import UnlockSchedule
from screener.charts import Chart, Release, unlock_chart
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.unlock_values import (
    AfterUnlock,
    UnlockValue,
    after_next_unlock,
    unlock_values,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlocksSection:
    figures: Mapping[str, float]
    schedule: UnlockSchedule | None
    unlocks: Sequence[UnlockValue]
    questions: Sequence[Mapping[str, Any]]
    after_unlock: AfterUnlock | None
    chart: Chart | None


def read_unlocks(facts: DossierFacts) -> UnlocksSection:
    questions = facts.questions_of("unlocks")
    unlocks = unlock_values(
        facts.rows.unlock_events, figures=facts.figures, now=facts.now, questioned=bool(questions)
    )
    return UnlocksSection(
        figures=facts.figures,
        schedule=facts.rows.row(families.UNLOCKS),
        unlocks=unlocks,
        questions=questions,
        after_unlock=None if questions else after_next_unlock(unlocks, figures=facts.figures),
        chart=None if questions else _chart(unlocks, figures=facts.figures, now=facts.now),
    )


def _chart(unlocks: Sequence[UnlockValue], *, figures: Mapping[str, float], now: datetime) -> Chart | None:
    circulating = figures.get("circulating_supply")
    releases = [Release(at=each.unlock_at, amount=each.amount, category=each.category) for each in unlocks]
    return unlock_chart(now, releases, circulating) if circulating else None
