"""Summary of the prospective cases: how many ended how so far, by horizon and grade."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import redis
from django.db.models import Count, Min, Q
from django.utils import timezone

from screener.cache import Kept
from screener.checklist import CHECKLIST_VERSION
from screener.checklist.scoring import GRADES, UNRATED
from screener.models import Case
from screener.services.evidence.open_cases import HORIZONS_DAYS
from screener.services.evidence.read_validation import Auc, GradeRate, worsens_by_grade
from screener.validation.statistics import Column, Mask, auc, auc_interval, rates

ENOUGH: Final = 300
"""Fewer labelled assets than this prove nothing, so nothing is claimed."""
LETTERS: Final = (*(name for name, _limit in GRADES), UNRATED)
"""Those that were not rated stand last: what became of them says nothing of the grades."""
SEED: Final = 20_260_601
KEEP_S: Final = 3_600
NOTHING: Final = {"waiting": 0, "due": 0, "unknown": 0, "labelled": 0, "first_due_at": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """The cases of one horizon. `assets` are those with an outcome, each counted once."""

    horizon_days: int
    waiting: int
    due: int
    unknown: int
    labelled: int
    assets: int
    assets_of_this_version: int
    bad: int
    first_due_at: datetime | None
    grades: tuple[GradeRate, ...]
    auc: Auc

    @property
    def is_enough(self) -> bool:
        return self.assets >= ENOUGH

    @property
    def missing(self) -> int:
        return max(0, ENOUGH - self.assets)

    @property
    def bad_share(self) -> float | None:
        return self.bad / self.assets if self.assets else None

    @property
    def worsens_by_grade(self) -> bool | None:
        return worsens_by_grade(self.grades)


KEPT: Final[Kept[tuple[Prospect, ...]]] = Kept(f"prospective-cases:{CHECKLIST_VERSION}", tuple[Prospect, ...])


def prospects() -> tuple[Prospect, ...]:
    """As `summarise_cases`, at most an hour old; worked out anew where the cache does not answer."""
    try:
        kept = KEPT.read()
        if kept is None:
            kept = summarise_cases()
            KEPT.keep(kept, seconds=KEEP_S)
        return kept
    except (redis.ConnectionError, redis.TimeoutError):
        return summarise_cases()


def summarise_cases(*, now: datetime | None = None) -> tuple[Prospect, ...]:
    """One entry a horizon, from two queries."""
    moment = now or timezone.now()
    is_open = Q(labelled_at=None)
    by_horizon = (
        Case.objects.order_by()
        .values("horizon_days")
        .annotate(
            waiting=Count("pk", filter=is_open & Q(due_at__gt=moment)),
            due=Count("pk", filter=is_open & Q(due_at__lte=moment)),
            unknown=Count("pk", filter=Q(labelled_at__isnull=False, outcome=None)),
            labelled=Count("pk", filter=Q(outcome__isnull=False)),
            first_due_at=Min("due_at", filter=is_open),
        )
    )
    counted = {days: counts for days, *counts in by_horizon.values_list("horizon_days", *NOTHING)}
    outcomes = _first_outcomes()
    return tuple(
        _prospect(days, dict(zip(NOTHING, counted.get(days, NOTHING.values()), strict=True)), outcomes[days])
        for days in HORIZONS_DAYS
    )


def _first_outcomes() -> dict[int, list[tuple[Any, ...]]]:
    """By horizon the first labelled case of each asset.

    An asset has a case a week and they end alike: counted all, a few assets would look like many proofs.
    """
    firsts = (
        Case.objects.filter(outcome__isnull=False)
        .order_by()
        .values("asset_id", "horizon_days")
        .annotate(first=Min("pk"))
        .values("first")
    )
    by_horizon: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows = Case.objects.filter(pk__in=firsts).order_by("pk")
    for days, *row in rows.values_list(
        "horizon_days", "scorecard__total", "scorecard__grade", "scorecard__checklist_version", "outcome"
    ):
        by_horizon[days].append(tuple(row))
    return by_horizon


def _prospect(days: int, counted: Mapping[str, Any], outcomes: Sequence[tuple[Any, ...]]) -> Prospect:
    totals, letters, versions, bad = zip(*outcomes, strict=True) if outcomes else ((), (), (), ())
    is_bad = np.array(bad, dtype=np.bool_)
    grades = rates(np.array(letters, dtype=str), is_bad, LETTERS)
    return Prospect(
        horizon_days=days,
        assets=len(outcomes),
        assets_of_this_version=versions.count(CHECKLIST_VERSION),
        bad=int(is_bad.sum()),
        grades=tuple(GradeRate(grade=grade, **each) for grade, each in grades.items()),
        auc=_auc(*_rated(totals, is_bad)),
        **counted,
    )


def _rated(totals: Sequence[float | None], is_bad: Mask) -> tuple[Column, Mask]:
    """Without those that were not rated: they have no total that could be right or wrong."""
    known = np.array(totals, dtype=np.float64)
    return known[~np.isnan(known)], is_bad[~np.isnan(known)]


def _auc(totals: Column, is_bad: Mask) -> Auc:
    """Not given before there are enough."""
    if len(totals) < ENOUGH or is_bad.all() or not is_bad.any():
        return Auc(value=None)
    # A tenth of a point decides nothing, and the interval is drawn from distinct risks.
    risk = np.round(100 - totals, 1)
    low, high = auc_interval(risk, is_bad, seed=SEED)
    return Auc(value=auc(risk, is_bad), low=low, high=high)
