"""Ruling for one value of a questioned figure: stored as an observation of the analyst, in a run of one step.

It is undone as an import is (`undoing.undo_import`).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assets.models import Asset, RefreshRun, RefreshStep
from assets.providers import configured
from assets.services.importing import ANALYST, READ, ImportRefusedError, assets_by_id, store_at_once
from assets.sheets.identity import to_text
from assets.sheets.rulings import RULING, Ruling
from assets.sourcing.contract import RawObservation, Request

DECIDED: Final = ("field", "value", "seen", "heard")
"""What is the same in two rulings that say the same, whoever gives them and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRuling:
    """A ruling; `run` is what undoes it, `observation_id` where it stands, `taken_back_at` when that was
    done."""

    run: RefreshRun
    observation_id: int
    family: str
    field: str
    value: float
    author: str
    reason: str
    ruled_at: datetime
    taken_back_at: datetime | None = None


@transaction.atomic
def rule(*, asset: Asset, ruling: Ruling, user: User, now: datetime | None = None) -> RefreshRun:
    """Store it; scores follow. `ImportRefusedError` where the same has been ruled already."""
    now = now or timezone.now()
    Asset.objects.select_for_update().get(pk=asset.pk)  # Two presses of the button come one after the other.
    known = {ref.identifiers[0]: ref for ref in assets_by_id({asset.pk}).values()}
    if not known:
        raise ImportRefusedError("This asset has no identifier by which a ruling could name it.")
    before = next((each for each in _rulings(asset) if _is_about(each, ruling)), None)
    if before and all(before.request["context"][name] == ruling.context[name] for name in DECIDED):
        raise ImportRefusedError("The same has been ruled already. Nothing was changed.")
    # A row of the same moment and content would teach nothing; what it is ruled between may be new.
    ruling = replace(
        ruling, as_of=ruling.as_of + timedelta(microseconds=_rulings(asset, undone=True).count())
    )
    context = {
        **ruling.context,
        "author": user.get_username(),
        "assets": to_text(known),
        "asset": str(asset.pk),
        "ruled_at": now.isoformat(),
    }
    request = Request(family=ruling.family, path=f"/{RULING}", context=context)
    raw = RawObservation(
        provider=ANALYST, request=request, status_code=READ, body=ruling.body, fetched_at=now
    )
    return store_at_once(raw, configured(ANALYST).parse(raw), user=user)


def rulings_on(asset: Asset) -> list[PastRuling]:
    """Those on this asset that were not taken back, the newest first."""
    return [_past(step) for step in _rulings(asset)]


def rulings_ever_on(asset: Asset, *, most: int) -> list[PastRuling]:
    """The newest of all on this asset, those that were taken back as well."""
    steps = _rulings(asset, undone=True).select_related("observation__retraction")
    return [_past(step, with_end=True) for step in steps[:most]]


def _rulings(asset: Asset, *, undone: bool = False) -> QuerySet[RefreshStep]:
    """The steps of an asset's rulings, the newest first; on demand those that were taken back as well."""
    counting = {} if undone else {"observation__retraction": None}
    return (
        RefreshStep.objects.filter(
            run__provider=ANALYST,
            observation__request__context__sheet=RULING,
            observation__request__context__asset=str(asset.pk),
            **counting,
        )
        .select_related("run", "observation")
        .order_by("-pk")
    )


def _is_about(step: RefreshStep, ruling: Ruling) -> bool:
    return (step.run.family, step.request["context"]["field"]) == (ruling.family, ruling.field)


def _past(step: Any, *, with_end: bool = False) -> PastRuling:
    context = step.request["context"]
    retraction = getattr(step.observation, "retraction", None) if with_end else None
    return PastRuling(
        run=step.run,
        observation_id=step.observation_id,
        family=step.run.family,
        field=context["field"],
        value=float(context["value"]),
        author=context["author"],
        reason=context["reason"],
        ruled_at=step.observation.known_at,
        taken_back_at=retraction.retracted_at if retraction else None,
    )
