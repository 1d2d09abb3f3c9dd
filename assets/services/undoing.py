"""Undoing an import: what a person's sheet said no longer counts, and the scores follow.

Nothing is deleted: the observation is retracted, and past scorecards can still be computed again from its
rows. Names that it taught end; assets that it made stay, without facts.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assets.models import AssetIdentifier, Observation, RefreshRun, RefreshStep, Retraction
from assets.services.importing import ANALYST, ImportRefusedError
from assets.services.refreshing.steps import announce, facts_stored
from assets.sheets.columns import SHEETS
from assets.sheets.rulings import RULING
from assets.sheets.schema import phrase
from assets.sourcing.contract import Request

RULING_TITLE: Final = phrase("Ruling on one figure")
UNDONE: Final = "undoes"
"""The key in a run's context of the import that it undoes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """`run` judges the assets anew; `is_new` is False where the import had been undone already."""

    run: RefreshRun
    is_new: bool


def is_ruling(imported: Observation | None) -> bool:
    """Whether what was imported is a ruling."""
    return imported is not None and imported.request.get("context", {}).get("sheet") == RULING


def imported_by(run: RefreshRun) -> Observation | None:
    """The observation of an import; None of any other run."""
    step = RefreshStep.objects.filter(run=run).select_related("observation__retraction").first()
    return step.observation if step and run.provider == ANALYST else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastImport:
    """An import: of which sheet, why it could not be made, and, where it was taken back, when and by whom."""

    run: RefreshRun
    sheet: str
    is_made: bool
    problem: str
    retraction: Retraction | None

    @property
    def is_ruling(self) -> bool:
        """Whether it is a decision on one figure, of which there is no sheet."""
        return self.sheet == RULING

    @property
    def title(self) -> str:
        """What people call the sheet; the name itself of one that is gone."""
        if self.is_ruling:
            return RULING_TITLE
        return SHEETS[self.sheet].title if self.sheet in SHEETS else self.sheet


def import_history(most: int) -> list[PastImport]:
    """The latest imports, those under way and those that failed as well, the newest first."""
    # What undoes one is a step that is done and has read nothing.
    imports = Q(observation__isnull=False) | ~Q(state=RefreshStep.State.DONE)
    steps = (
        RefreshStep.objects.filter(imports, run__provider=ANALYST)
        .select_related("run__started_by", "observation__retraction__retracted_by")
        .order_by("-pk")[:most]
    )
    return [
        PastImport(
            run=step.run,
            sheet=step.request["context"]["sheet"],
            is_made=step.state == RefreshStep.State.DONE,
            problem=step.problem,
            retraction=getattr(step.observation, "retraction", None),
        )
        for step in steps
    ]


@transaction.atomic
def undo_import(*, run: RefreshRun, user: User, now: datetime | None = None) -> Undone:
    """Take back what this run has imported. Twice is once."""
    now = now or timezone.now()
    imported = imported_by(run)
    if imported is None:
        raise ImportRefusedError("This run has imported nothing, so there is nothing to undo.")
    # Two presses of the button come one after the other.
    Observation.objects.select_for_update().get(pk=imported.pk)
    if Retraction.objects.filter(observation=imported).exists():
        earlier = RefreshStep.objects.filter(request__context__undoes=str(run.pk)).select_related("run")
        return Undone(run=earlier.get().run, is_new=False)
    read_again = Observation.objects.filter(Q(pk=imported.pk) | Q(reparse_of=imported))
    Retraction.objects.bulk_create(
        Retraction(observation=each, retracted_by=user, retracted_at=now) for each in read_again
    )
    step = RefreshStep.objects.get(run=run)
    AssetIdentifier.objects.valid().filter(
        asset__in=step.asset_ids, provider=ANALYST, valid_from=imported.known_at
    ).update(valid_until=now)
    return Undone(run=_judged_anew(run, step.asset_ids, user=user, now=now), is_new=True)


def _judged_anew(run: RefreshRun, asset_ids: list[int], *, user: User, now: datetime) -> RefreshRun:
    """A run of one step that is done, so that its assets are judged and the history says who undid what."""
    undoing = RefreshRun.objects.create(
        provider=run.provider,
        family=run.family,
        base_url=run.base_url,
        started_by=user,
        steps_total=1,
        steps_done=1,
        created_at=now,
        progressed_at=now,
        **({} if asset_ids else {"state": RefreshRun.State.DONE, "finished_at": now}),
    )
    request = Request(family=run.family, path="/undo", context={UNDONE: str(run.pk)})
    RefreshStep.objects.create(
        run=undoing,
        key=request.key,
        request=request.to_json(),
        state=RefreshStep.State.DONE,
        attempts=1,
        asset_ids=asset_ids,
        unscored=bool(asset_ids),
    )
    announce(facts_stored)
    return undoing
