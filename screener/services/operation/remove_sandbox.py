"""Removal of the sandbox market: its assets with all their rows, its runs, its answers.

Facts are appended and never changed, but these are facts of nobody: invented assets can go as a whole. What
people hung on them is counted before and written to a file; it goes with the assets. A removal is written
down first, so that nobody fills the sandbox again and a worker that dies is followed by another one.
"""

import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.models import User
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone

from assets.models import Asset, Observation, Payload, RefreshRun, RefreshStep
from screener.models import Note, NoteRevision, Override, Plan, SandboxRemoval, Watchlist, WatchlistEntry

SANDBOX: Final = "sandbox"
ASSETS_AT_ONCE: Final = 50
ROWS_AT_ONCE: Final = 2_000

WRITTEN: Final[tuple[tuple[type[Model], str, str], ...]] = (
    (Note, "asset", "owner__username"),
    (NoteRevision, "note__asset", "note__owner__username"),
    (Override, "asset", "owner__username"),
    (Plan, "asset", "owner__username"),
    (WatchlistEntry, "asset", "watchlist__owner__username"),
)
"""What people hang on an asset: the table, the way to the asset, the way to whose it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """What goes with the sandbox: its assets, and what how many people hung on them."""

    assets: int
    notes: int
    overrides: int
    plans: int
    watchlist_rows: int
    people: int

    @property
    def is_anything(self) -> bool:
        return bool(self.notes or self.overrides or self.plans or self.watchlist_rows)


def hanging_on_sandbox() -> Hanging:
    notes = Note._default_manager.filter(asset__fictional=True)
    overrides = Override._default_manager.filter(asset__fictional=True)
    plans = Plan._default_manager.filter(asset__fictional=True)
    entries = WatchlistEntry._default_manager.filter(asset__fictional=True)
    owners = {
        *notes.values_list("owner", flat=True),
        *overrides.values_list("owner", flat=True),
        *plans.values_list("owner", flat=True),
        *entries.values_list("watchlist__owner", flat=True),
    }
    return Hanging(
        assets=Asset.objects.filter(fictional=True).count(),
        notes=notes.count(),
        overrides=overrides.count(),
        plans=plans.count(),
        watchlist_rows=entries.count(),
        people=len(owners),
    )


def is_sandbox_removed() -> bool:
    return SandboxRemoval.objects.exists()


def bring_back_sandbox() -> None:
    """Whoever fills it next finds nothing in the way."""
    SandboxRemoval.objects.filter(ended_at__isnull=False).delete()


def begin_removal(*, keep_in: Path, user: User | None = None) -> SandboxRemoval:
    """Stop what fills the sandbox and keep what people wrote; `continue_removal` does the rest."""
    unfinished = SandboxRemoval.objects.filter(ended_at=None).first()
    if unfinished is not None:
        return unfinished
    now = timezone.now()
    kept_in = _keep_written(keep_in / f"sandbox-removed-{now:%Y%m%dT%H%M%SZ}.json")
    with transaction.atomic():
        removal = SandboxRemoval.objects.create(
            asked_by=user,
            asked_at=now,
            kept_in=str(kept_in or ""),
            assets=Asset.objects.filter(fictional=True).count(),
        )
        RefreshRun.objects.filter(provider=SANDBOX, state=RefreshRun.State.RUNNING).update(
            state=RefreshRun.State.STOPPED, finished_at=now
        )
    return removal


def continue_removal(*, seconds: float = float("inf")) -> bool:
    """Remove for so long; whether it is over. Without a removal there is nothing to do."""
    removal = SandboxRemoval.objects.filter(ended_at=None).first()
    if removal is None:
        return True
    until = time.monotonic() + seconds
    answers = Observation.objects.filter(provider=SANDBOX)
    unused = Payload.objects.filter(~Exists(Observation.objects.filter(payload=OuterRef("pk"))))
    for rows, size in (
        (Asset.objects.filter(fictional=True), ASSETS_AT_ONCE),
        (RefreshStep.objects.filter(run__provider=SANDBOX), ROWS_AT_ONCE),
        (RefreshRun.objects.filter(provider=SANDBOX), ROWS_AT_ONCE),
        (answers.filter(reparse_of__isnull=False), ROWS_AT_ONCE),
        (answers, ROWS_AT_ONCE),
        (unused, ROWS_AT_ONCE),
    ):
        if not remove_in_batches(rows, size, until=until):
            return False
    removal.ended_at = timezone.now()
    removal.save(update_fields=["ended_at"])
    return True


def remove_in_batches(rows: "QuerySet[Any]", size: int, *, until: float) -> bool:
    """In batches, each of which is over by itself; whether none is left."""
    while batch := list(rows.order_by("pk").values_list("pk", flat=True)[:size]):
        if time.monotonic() > until:
            return False
        with transaction.atomic():
            rows.model._base_manager.filter(pk__in=batch).delete()
    return True


def _keep_written(path: Path) -> Path | None:
    """By person what they wrote about invented assets, with the assets' names; None where nobody did."""
    rows = list(_written())
    if not rows:
        return None
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(rows, file, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return path


def _written() -> Iterable[dict[str, Any]]:
    lists = dict(Watchlist._base_manager.values_list("pk", "name"))
    for model, asset, owner in WRITTEN:
        chosen = model._base_manager.filter(**{f"{asset}__fictional": True}).order_by("pk")
        names = chosen.values_list(owner, f"{asset}__slug", f"{asset}__name")
        for row, (person, slug, name) in zip(serializers.serialize("python", chosen), names, strict=True):
            more = {"watchlist": lists[row["fields"]["watchlist"]]} if model is WatchlistEntry else {}
            whose = {"table": model._meta.model_name, "person": person, "asset": slug, "name": name}
            yield row["fields"] | whose | more
