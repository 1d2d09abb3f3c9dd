"""Undo of a filled market: what it brought in goes again, but for what people have taken up since.

Assets that only the filling has named go with all their rows, as those of the sandbox do; what else it told
stays. Runs stay as a record of what was asked; an answer goes when nothing that is left was read from it.
"""

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, F, ForeignObjectRel, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from assets.models import Asset, AssetIdentifier, Observation, Payload, RefreshRun, RefreshStep
from assets.services.importing import ANALYST
from assets.services.storing.mark_lookalikes import mark_lookalikes
from screener.models import MarketFilling, MarketUndo, Note, NoteRevision, Override, Plan, WatchlistEntry
from screener.services.operation.remove_sandbox import ROWS_AT_ONCE, WRITTEN, remove_in_batches

ASSETS_AT_ONCE: Final = 100

NOTES, OVERRIDES, PLANS = "notes", "overrides", "plans"
WATCHLISTS, SHEETS, FETCHED = "watchlists", "sheets", "fetched"
TAKEN_UP: Final = (NOTES, OVERRIDES, PLANS, WATCHLISTS, SHEETS, FETCHED)
"""Why an asset stays, the first of them counts: somebody wrote a note on it, overrode an answer, planned a
position, watches it, gave figures of their own, or had it fetched by itself."""

BY_ITSELF: Final = {"is_walk": False, "limit": None, "started_by__isnull": False}
"""A run that a person ordered for single assets."""

REASON_OF: Final = {
    Note: NOTES,
    NoteRevision: NOTES,
    Override: OVERRIDES,
    Plan: PLANS,
    WatchlistEntry: WATCHLISTS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoable:
    """What there is to take back: the fillings, how many assets they brought in, and how many of them stay,
    by reason."""

    fillings: tuple[MarketFilling, ...]
    assets: int
    kept: Mapping[str, int]

    @property
    def stays(self) -> int:
        return sum(self.kept.values())

    @property
    def goes(self) -> int:
        return self.assets - self.stays


def undoable() -> Undoable | None:
    """None where no filling was ordered, or all were taken back."""
    fillings = tuple(_not_undone().select_related("ordered_by").prefetch_related("runs").order_by("pk"))
    if not fillings:
        return None
    brought = _brought_in(fillings)
    return Undoable(fillings=fillings, assets=len(brought), kept=_counts(_taken_up(brought, fillings)))


def is_orderer(user: User) -> bool:
    """Whether this person ordered all that there is to take back; where nothing is, took back the last."""
    orders = set(_not_undone().values_list("ordered_by", flat=True))
    last = newest_undo()
    if not orders and last is not None:
        return last.asked_by_id == user.pk
    return bool(orders) and all(each == user.pk for each in orders)


def newest_undo() -> MarketUndo | None:
    return MarketUndo.objects.first()


def begin_undo(*, user: User | None) -> MarketUndo | None:
    """Stop what is under way and give up what waits; `continue_undo` removes. None where there is nothing."""
    under_way = MarketUndo.objects.filter(ended_at=None).first()
    if under_way is not None:
        return under_way
    now = timezone.now()
    with transaction.atomic():
        fillings = list(_not_undone().select_for_update())
        if not fillings:
            return None
        undo = MarketUndo.objects.create(asked_by=user, asked_at=now)
        chosen = MarketFilling.objects.filter(pk__in=[each.pk for each in fillings])
        chosen.filter(ended_at=None).update(stopped=True, ended_at=now)
        chosen.update(undo=undo)
        _give_up(RefreshRun.objects.filter(pk__in=_runs_of(fillings)))
    undo.assets = len(_going(fillings))
    undo.save(update_fields=["assets"])
    return undo


def continue_undo(*, seconds: float = float("inf")) -> bool:
    """Remove for so long; whether it is over. Where nothing is taken back there is nothing to do."""
    undo = MarketUndo.objects.filter(ended_at=None).first()
    if undo is None:
        return True
    until = time.monotonic() + seconds
    fillings = list(undo.fillings.all())
    if not _remove_assets(undo, fillings, until=until):
        return False
    brought = _brought_in(fillings)
    undo.kept = _counts(_taken_up(brought, fillings))
    if not _remove_answers(fillings, until=until):
        return False
    mark_lookalikes(_marked())
    undo.ended_at = timezone.now()
    undo.save(update_fields=["kept", "ended_at"])
    return True


# What came, and what of it stays ---------------------------------------------------------


def _not_undone() -> QuerySet[MarketFilling]:
    return MarketFilling.objects.filter(undo=None)


def runs_kept_for_undo() -> QuerySet[RefreshRun]:
    """Runs without whose steps nobody could tell what to take back: those of fillings that can be taken back
    or just are, and since the first of these what people had fetched by itself, which keeps its asset."""
    fillings = MarketFilling.objects.filter(Q(undo=None) | Q(undo__ended_at=None))
    since = fillings.aggregate(since=Min("ordered_at"))["since"]
    if since is None:
        return RefreshRun.objects.none()
    runs = RefreshRun.objects.filter(created_at__gte=since)
    return runs.filter(Q(pk__in=_runs_of(fillings)) | Q(**BY_ITSELF))


def _runs_of(fillings: Iterable[MarketFilling]) -> QuerySet[Any, int]:
    links = MarketFilling.runs.through._default_manager
    return links.filter(marketfilling__in=[each.pk for each in fillings]).values_list("refreshrun", flat=True)


def _answers_of(fillings: Iterable[MarketFilling]) -> QuerySet[Observation]:
    steps = RefreshStep.objects.filter(run__in=_runs_of(fillings)).exclude(observation=None)
    return Observation.objects.filter(pk__in=steps.values("observation"))


def _brought_in(fillings: Collection[MarketFilling]) -> list[int]:
    """The assets whose first name stands in an answer of these fillings, ascending."""
    if not fillings:
        return []
    answers = set(_answers_of(fillings).values_list("provider", "known_at"))
    since = min(each.ordered_at for each in fillings)
    names = AssetIdentifier.objects.filter(asset__created_at__gte=since, asset__fictional=False)
    first: dict[int, tuple[str, Any]] = {}
    for asset_id, provider, known_at in names.order_by("pk").values_list(
        "asset_id", "provider", "valid_from"
    ):
        first.setdefault(asset_id, (provider, known_at))
    return sorted(asset_id for asset_id, answer in first.items() if answer in answers)


def _taken_up(ids: Collection[int], fillings: Collection[MarketFilling]) -> dict[int, str]:
    """Which of these assets somebody has taken up, and by what: one reason each."""
    found = _ordered_of(ids, fillings)
    found.update(_written_on(ids))
    return found


def _written_on(ids: Collection[int]) -> dict[int, str]:
    reasons: dict[int, set[str]] = {}
    for model, asset, _owner in WRITTEN:
        rows = model._base_manager.filter(**{f"{asset}__pk__among": sorted(ids)})
        for asset_id in rows.values_list(f"{asset}__pk", flat=True):
            reasons.setdefault(asset_id, set()).add(REASON_OF[model])
    return {asset_id: min(found, key=TAKEN_UP.index) for asset_id, found in reasons.items()}


def _ordered_of(ids: Collection[int], fillings: Collection[MarketFilling]) -> dict[int, str]:
    """Of which somebody has imported figures, or had them fetched by themselves."""
    wanted = set(ids)
    since = min((each.ordered_at for each in fillings), default=timezone.now())
    steps = RefreshStep.objects.filter(run__created_at__gte=since).exclude(run__in=_runs_of(fillings))
    by_itself = Q(run__in=RefreshRun.objects.filter(**BY_ITSELF))
    found: dict[int, str] = {}
    for reason, rows in (
        (FETCHED, steps.filter(by_itself).exclude(run__provider=ANALYST)),
        (SHEETS, steps.filter(run__provider=ANALYST)),
    ):
        for asked, told in rows.values_list("asked_ids", "asset_ids").iterator():
            found.update(dict.fromkeys(wanted.intersection([*asked, *told]), reason))
    return found


def _going(fillings: Collection[MarketFilling]) -> list[int]:
    brought = _brought_in(fillings)
    return sorted(set(brought).difference(_taken_up(brought, fillings)))


def _counts(reasons: Mapping[int, str]) -> dict[str, int]:
    counted = dict.fromkeys(TAKEN_UP, 0)
    for reason in reasons.values():
        counted[reason] += 1
    return {reason: count for reason, count in counted.items() if count}


# Taking it back ----------------------------------------------------------------------------


def _give_up(runs: QuerySet[RefreshRun]) -> None:
    """Take no further step; what is just being fetched is not stored, for its step is gone when it comes."""
    now = timezone.now()
    runs.filter(state=RefreshRun.State.RUNNING).update(state=RefreshRun.State.STOPPED, finished_at=now)
    for run in runs:
        _, gone = run.steps.filter(state=RefreshStep.State.WAITING).delete()
        count = gone.get(RefreshStep._meta.label, 0)
        RefreshRun.objects.filter(pk=run.pk).update(steps_total=F("steps_total") - count)


def _remove_assets(undo: MarketUndo, fillings: Collection[MarketFilling], *, until: float) -> bool:
    """In batches, each of which is over by itself; whether none is left."""
    going = _going(fillings)
    for start in range(0, len(going), ASSETS_AT_ONCE):
        if time.monotonic() > until:
            return False
        batch = going[start : start + ASSETS_AT_ONCE]
        with transaction.atomic():
            locked = Asset.objects.filter(pk__in=batch).order_by("pk").select_for_update()
            present = set(locked.values_list("pk", flat=True))
            gone = present.difference(_written_on(present))  # Somebody may just have written about one.
            Asset.objects.filter(pk__in=gone).delete()
            MarketUndo.objects.filter(pk=undo.pk).update(removed=F("removed") + len(gone))
    return True


def _remove_answers(fillings: Collection[MarketFilling], *, until: float) -> bool:
    """Those from which nothing is left, with what was read of them again, and their bodies."""
    named = _named_since(fillings)
    unnamed = [
        pk
        for pk, *answer in _answers_of(fillings).values_list("pk", "provider", "known_at")
        if tuple(answer) not in named
    ]
    mine = Observation.objects.filter(pk__among=unnamed)
    unused = Payload.objects.filter(~Exists(Observation.objects.filter(payload=OuterRef("pk"))))
    return all(
        remove_in_batches(rows, ROWS_AT_ONCE, until=until)
        for rows in (
            _without_rows(Observation.objects.filter(reparse_of__in=mine.values("pk"))),
            _without_rows(mine),
            unused,
        )
    )


def _named_since(fillings: Collection[MarketFilling]) -> set[tuple[str, Any]]:
    """The answers, as provider and moment, by which names of assets that are left were learnt."""
    since = min(each.ordered_at for each in fillings)
    names = AssetIdentifier.objects.filter(valid_from__gte=since).order_by()
    return set(names.values_list("provider", "valid_from").distinct())


def _without_rows(answers: QuerySet[Observation]) -> QuerySet[Observation]:
    """Those that nothing refers to but the steps by which they came."""
    for relation in Observation._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.related_model is not RefreshStep:
            referring = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            answers = answers.filter(~Exists(referring))
    return answers


def _marked() -> list[int]:
    """Assets that were found to look like others, which may be gone."""
    alike = Asset.objects.filter(fictional=False).exclude(likeness="")
    return list(alike.values_list("pk", flat=True))
