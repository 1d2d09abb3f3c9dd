"""Labelling of the cases that are due: the newest facts against what the scorecard knew."""

import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from django.conf import settings
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from assets.metrics import families
from assets.metrics.facts import Facts
from assets.metrics.measure import measure
from assets.metrics.unit_changes import UnitChanges, days_since_epoch
from assets.metrics.venues import SUSPENDED
from assets.models import VenueSnapshot
from assets.services.reading.facts import facts_of
from screener.checklist.staleness import LIMITS
from screener.models import Case
from screener.models.packing import known_figures
from screener.validation.outcomes import NO_PRICE_AT_SCAN, Outcome, Sight, outcomes
from screener.validation.statistics import Column, Mask

Moments = npt.NDArray[np.datetime64]

BATCH: Final = 1_000
TRY_FOR: Final = timedelta(days=14)
"""So long after its day a case waits for facts; then it is closed as not known."""
UNKNOWN: Final = "unknown"
"""The first of a case's events when it was closed without an outcome; the reasons follow."""

FIGURES_THEN: Final = ("scorecard__figures", "scorecard__baseline__figures")
FIGURES: Final = (
    "price_usd",
    "liquidity_usd",
    "filings_late_24m",
    "filings_missing_24m",
    "venue_level",
)
"""What is read of a scorecard's figures."""
HALTS: Final = Q(suspended_24m=True) | Q(halt_code=SUSPENDED) | Q(tier="caveat_emptor")


class Cursor(NamedTuple):
    """How far the labelling has come: everything due until then, up to this case, was looked at."""

    due_at: datetime
    case: int


FIRST: Final = Cursor(datetime(1970, 1, 1, tzinfo=UTC), 0)


def label_cases(
    *, now: datetime | None = None, after: Cursor = FIRST, seconds: float = float("inf")
) -> Cursor | None:
    """Label what is due after this cursor for so long. Returns where to go on, None when all was seen."""
    moment, ends_at, cursor = now or timezone.now(), time.monotonic() + seconds, after
    while cases := _batch_after(cursor, now=moment):
        _label(pd.DataFrame.from_records(cases), now=moment)
        cursor = Cursor(cases[-1]["due_at"], cases[-1]["pk"])
        if time.monotonic() >= ends_at:
            return cursor
    return None


def _batch_after(cursor: Cursor, *, now: datetime) -> list[dict[str, Any]]:
    """The next cases that are due without a label; all of one UTC day, so that they share their facts."""
    is_after = Q(due_at__gt=cursor.due_at) | Q(due_at=cursor.due_at, pk__gt=cursor.case)
    due = Case.objects.filter(is_after, labelled_at=None, due_at__gte=cursor.due_at, due_at__lte=now)
    rows = due.order_by("due_at", "pk").values(
        "pk", "asset_id", "scanned_at", "due_at", "events", *FIGURES_THEN
    )
    batch = list(rows[:BATCH])
    return [each for each in batch if each["due_at"].date() == batch[0]["due_at"].date()]


def _label(cases: pd.DataFrame, *, now: datetime) -> None:
    """A server that was down for months still labels by what was known in the days after each was due."""
    day_ends = cases["due_at"].iloc[0].normalize() + timedelta(days=1)
    known_by = min(now, (day_ends + TRY_FOR).to_pydatetime())
    _store(cases, outcomes(_sight_then(cases, known_by), _sight_now(cases, known_by)), now=now)


def _sight_then(cases: pd.DataFrame, known_by: datetime) -> Sight:
    known = [known_figures(*each) for each in zip(*(cases[name] for name in FIGURES_THEN), strict=True)]
    figure = {name: _floats(pd.Series([each.get(name) for each in known])) for name in FIGURES}
    was_halted = np.where(_first_halts(cases, known_by) <= _moments(cases["scanned_at"]), 1.0, 0.0)
    return Sight(
        price_usd=figure["price_usd"],
        liquidity_usd=figure["liquidity_usd"],
        late_reports=figure["filings_late_24m"] + figure["filings_missing_24m"],
        is_halted=np.where(np.isnan(figure["venue_level"]), np.nan, was_halted),
    )


def _sight_now(cases: pd.DataFrame, known_by: datetime) -> Sight:
    asset_ids = sorted(set(cases["asset_id"].tolist()))
    facts = facts_of(asset_ids, now=known_by, known_by=known_by)
    figures = measure(facts, position_usd=settings.ASSAY_POSITION_USD).reindex(cases["asset_id"])
    fresh = _fresh(facts, cases)
    priced_by_market = figures.index.isin(facts.market.index[facts.market["price_usd"].notna()])
    is_priced = np.where(priced_by_market, fresh[families.MARKET], fresh[families.POOLS])
    is_deep = fresh[families.POOLS] | fresh[families.BOOKS]
    late = _floats(figures["filings_late_24m"]) + _floats(figures["filings_missing_24m"])
    is_halted = ~np.isnat(_first_halts(cases, known_by))
    return Sight(
        price_usd=np.where(
            is_priced, _floats(figures["price_usd"]) * _in_units_of_scan(facts, cases), np.nan
        ),
        liquidity_usd=np.where(is_deep, _floats(figures["liquidity_usd"]), np.nan),
        late_reports=np.where(fresh[families.FILINGS], late, np.nan),
        is_halted=np.where(is_halted, 1.0, np.where(fresh[families.VENUE], 0.0, np.nan)),
    )


def _fresh(facts: Facts, cases: pd.DataFrame) -> dict[str, Mask]:
    """By family whether the facts were no older on the day a case was due than a pass may rest on."""
    newest = facts.sources.groupby(["family", "asset_id"])["as_of"].max()
    is_fresh = {}
    for family in (families.MARKET, families.POOLS, families.BOOKS, families.FILINGS, families.VENUE):
        of_family = newest.loc[family] if family in newest.index else newest.iloc[:0].droplevel("family")
        as_of = _moments(of_family.reindex(cases["asset_id"]))
        is_fresh[family] = as_of >= _moments(cases["due_at"] - LIMITS[family])
    return is_fresh


def _first_halts(cases: pd.DataFrame, known_by: datetime) -> Moments:
    """When each case's asset was first known to be suspended or warned of; NaT where it never was."""
    halts: QuerySet[VenueSnapshot, Any] = (
        VenueSnapshot.objects.filter(HALTS, asset_id__in=set(cases["asset_id"]), known_at__lte=known_by)
        .filter(observation__retraction=None)
        .order_by()
        .values_list("asset_id")
        .annotate(first=Min("known_at"))
    )
    return _moments(cases["asset_id"].map(dict(halts)))


def _in_units_of_scan(facts: Facts, cases: pd.DataFrame) -> Column:
    """Units of today for one of the scan: after a split of 10 for 1 a tenth of the price is no loss."""
    owner = facts.asset_ids.get_indexer(pd.Index(cases["asset_id"]))
    scanned = days_since_epoch(pd.to_datetime(cases["scanned_at"], utc=True))
    return UnitChanges.of(facts).factor(scanned, owner=owner)


def _moments(column: "pd.Series[Any]") -> Moments:
    return pd.to_datetime(column, utc=True).dt.tz_localize(None).to_numpy(dtype="datetime64[us]")


def _floats(column: "pd.Series[Any]") -> Column:
    return pd.to_numeric(column).to_numpy(dtype=np.float64, na_value=np.nan)


# Storing ----------------------------------------------------------------------------


def _store(cases: pd.DataFrame, found: list[Outcome], *, now: datetime) -> None:
    """One statement for all cases that end alike; what waits as it waited is left alone."""
    alike: dict[tuple[bool | None, tuple[str, ...], bool], list[int]] = defaultdict(list)
    for pk, due_at, before, outcome in zip(
        cases["pk"].tolist(), cases["due_at"], cases["events"], found, strict=True
    ):
        is_hopeless = NO_PRICE_AT_SCAN in outcome.events or now >= due_at + TRY_FOR
        is_closed = outcome.is_bad is not None or is_hopeless
        events = (UNKNOWN, *outcome.events) if is_closed and outcome.is_bad is None else outcome.events
        if is_closed or events != tuple(before):
            alike[outcome.is_bad, events, is_closed].append(pk)
    for (is_bad, events, is_closed), pks in alike.items():
        Case.objects.filter(pk__in=pks).update(
            outcome=is_bad, events=list(events), labelled_at=now if is_closed else None
        )
