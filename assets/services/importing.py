"""Import of an analyst's sheet: first a dry run that says what would happen, then the same bytes for good.

A sheet becomes an ordinary observation of the provider `analyst`, in a run of one step whose answer is the
kept file: a worker reads and stores it, and progress, provenance and scoring work as for every other run.
Which assets were known to the sheet is stored with it, so that reading it again gives the same rows.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from assets.models import Asset, AssetIdentifier, Observation, Payload, RefreshRun, RefreshStep
from assets.providers import configured
from assets.services.refreshing.runs import ORDERED, stop_run
from assets.services.refreshing.steps import add_steps, end_done, fail_step, waiting_step
from assets.services.watching import StoppedError, watched_as
from assets.sheets.apart import read_table_apart
from assets.sheets.columns import ASSETS, SHEETS
from assets.sheets.conventions import UNSAID, Choices
from assets.sheets.identity import SLUG, AssetsByIdentifier, from_text, to_text
from assets.sheets.parsing import parsed_sheet
from assets.sheets.reading import SheetReading, identifiers_in, read_sheet
from assets.sheets.tables import format_of
from assets.sourcing.contract import Parsed, ProviderError, RawObservation, Request
from assets.sourcing.messages import MessageError, message
from assets.sourcing.rows import AssetRef, Identifier

ANALYST: Final = "analyst"
LOOKED_UP_AT_ONCE: Final = 5_000
"""Databases take so many values in one question."""
MOST_SUBJECTS: Final = 100
READ: Final = 200
"""The status of an answer that came: a sheet is one."""

ValueT = TypeVar("ValueT")


class ImportRefusedError(MessageError):
    """An import that can't be made; the text says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An asset of which a sheet speaks; `asset` is None where the sheet would make it."""

    label: str
    asset: Asset | None
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What an import would do. `earlier` is the run that has imported this file already."""

    sha256: str
    reading: SheetReading
    subjects: tuple[Subject, ...]
    earlier: RefreshRun | None

    @property
    def new_assets(self) -> int:
        return sum(each.is_new for each in self.reading.assets)


# Dry run ------------------------------------------------------------------------------


def keep_upload(body: bytes) -> str:
    """Keep the bytes between dry run and import; returns by which name they are found."""
    return str(Payload.keep(body).pk)


def kept_upload(sha256: str) -> bytes:
    payload = Payload.objects.filter(pk=sha256).first()
    if payload is None or not payload.is_kept:
        raise ImportRefusedError("The file is no longer kept here. Choose it again.")
    return payload.body


def dry_run(
    *, body: bytes, sheet: str, author: str, choices: Choices = UNSAID, now: datetime | None = None
) -> DryRun:
    """Say what an import would do and change nothing; `ProviderError` when the file can't be read."""
    kind = SHEETS[sheet]
    table = read_table_apart(body, format_of(body), kind.wanted(choices.tab))
    known = known_assets(identifiers_in(table, kind))
    reading = read_sheet(table, kind, known=known, at=now or timezone.now(), choices=choices)
    sha256 = hashlib.sha256(body).hexdigest()
    return DryRun(
        sha256=sha256,
        reading=reading,
        subjects=tuple(_subjects(reading)),
        earlier=_earlier(sha256, sheet=sheet, author=author, known=known, choices=choices),
    )


def known_assets(identifiers: Iterable[Identifier]) -> AssetsByIdentifier:
    """The assets behind these identifiers, each with its own first one, by which facts find it."""
    found: dict[Identifier, int] = {}
    wanted = set(identifiers)
    for batch in _batches(sorted(wanted)):
        slugs = {value for namespace, value in batch if namespace == SLUG}
        for slug, asset in Asset.objects.addressed_by(slugs).items():
            found[SLUG, slug] = asset.pk
        others = AssetIdentifier.objects.valid().filter(
            namespace__in={namespace for namespace, _value in batch},
            value__in={value for _ns, value in batch},
        )
        for namespace, value, asset_id in others.values_list("namespace", "value", "asset_id"):
            if (namespace, value) in wanted:  # The query brings every namespace with every value.
                found[namespace, value] = asset_id
    refs = assets_by_id(set(found.values()))
    return {identifier: refs[asset_id] for identifier, asset_id in found.items() if asset_id in refs}


def assets_by_id(asset_ids: set[int]) -> dict[int, AssetRef]:
    """Each asset by its own first identifier."""
    refs: dict[int, AssetRef] = {}
    for batch in _batches(sorted(asset_ids)):
        rows = AssetIdentifier.objects.valid().filter(asset_id__in=batch).order_by("pk")
        for asset_id, kind, *own in rows.values_list("asset_id", "asset__kind", "namespace", "value"):
            refs.setdefault(asset_id, AssetRef(kind=kind, identifiers=((own[0], own[1]),)))
    return refs


def _batches(values: Sequence[ValueT]) -> Iterator[Sequence[ValueT]]:
    return (values[start : start + LOOKED_UP_AT_ONCE] for start in range(0, len(values), LOOKED_UP_AT_ONCE))


def _subjects(reading: SheetReading) -> Iterator[Subject]:
    """The first assets of the sheet, the new ones before the others."""
    shown = sorted(reading.assets, key=lambda each: not each.is_new)[:MOST_SUBJECTS]
    values = {identifier[1] for each in shown for identifier in each.asset.identifiers}
    stored = AssetIdentifier.objects.valid().filter(value__in=values).select_related("asset")
    by_identifier = {(each.namespace, each.value): each.asset for each in stored}
    for each in shown:
        own = next((by_identifier[one] for one in each.asset.identifiers if one in by_identifier), None)
        asset = None if each.is_new else own
        yield Subject(label=str(asset) if asset else each.asset.name, asset=asset, lines=each.lines)


def _earlier(
    sha256: str, *, sheet: str, author: str, known: AssetsByIdentifier, choices: Choices
) -> RefreshRun | None:
    """The run that imported these bytes, read the same way, for this author; None where it was undone, or
    assets that it did not know have come since."""
    same = Observation.objects.filter(
        provider=ANALYST,
        payload_id=sha256,
        reparse_of=None,
        retraction=None,
        request__context__sheet=sheet,
        request__context__author=author,
    )
    alike = (each for each in same.order_by("-pk") if Choices.of(each.request["context"]) == choices)
    before = next(alike, None)
    if before is None:
        return None
    strangers = known.keys() - from_text(before.request["context"]["assets"]).keys()
    if strangers and sheet != ASSETS.kind:
        return None
    step = RefreshStep.objects.select_related("run").filter(observation=before).first()
    return step.run if step else None


# For good -------------------------------------------------------------------------------


def order_import(
    *,
    sha256: str,
    sheet: str,
    evidence_url: str,
    user: User,
    choices: Choices = UNSAID,
    check: str = "",
    now: datetime | None = None,
) -> RefreshRun:
    """Have a worker store what a dry run has found good. `check` names that dry run: twice is one run."""
    context = {
        "sheet": sheet,
        "author": user.get_username(),
        "evidence_url": evidence_url,
        "sha256": sha256,
        "check": check,
        **choices.said,
    }
    request = Request(family=SHEETS[sheet].family, path=f"/{sheet}", context=context)
    with transaction.atomic():
        # Two presses of the button come one after the other.
        Payload.objects.select_for_update().filter(pk=sha256).first()
        kept_upload(sha256)
        own = RefreshStep.objects.filter(run__provider=ANALYST, run__started_by=user, key=request.key)
        if ordered := own.select_related("run").first():
            return ordered.run
        run = _begun(request, user=user, now=now or timezone.now())
        add_steps(run, [(request, ())])
    return run


def run_import(*, step_id: int, now: datetime | None = None) -> None:
    """Read the kept bytes again, as the dry run does, and store what is good, all in one transaction.

    They are read before it begins: nobody else waits to write while a workbook is unpacked.
    """
    step = waiting_step(step_id)
    if step is None:
        return
    try:
        with watched_as(watch_of(step.run)):
            raw, parsed = _read_again(Request.from_json(step.request), at=now or timezone.now())
            end_done(step, raw, parsed)
    except StoppedError:
        stop_run(step.run)
    except (ImportRefusedError, ProviderError) as refusal:
        fail_step(step_id=step_id, problem=str(refusal))


def watch_of(run: RefreshRun) -> str:
    """The name under which a page asks how far the import is."""
    return f"run-{run.pk}"


def _read_again(ordered: Request, *, at: datetime) -> tuple[RawObservation, Parsed]:
    """The answer that the file is, known from now on, with the assets that are known to it."""
    context = dict(ordered.context)
    sha256, _check = context.pop("sha256"), context.pop("check")
    sheet, choices = context["sheet"], Choices.of(context)
    kind = SHEETS[sheet]
    body = kept_upload(sha256)
    table = read_table_apart(body, format_of(body), kind.wanted(choices.tab))
    known = known_assets(identifiers_in(table, kind))
    earlier = _earlier(sha256, sheet=sheet, author=context["author"], known=known, choices=choices)
    if earlier is not None:
        raise ImportRefusedError(
            "You have imported this file as this sheet already (run %(run)s). Nothing was changed.",
            run=earlier.pk,
        )
    context |= {"format": format_of(body), "assets": to_text(known)}
    parsed = parsed_sheet(table, kind, context=context, at=at)
    if not parsed.rows:
        nothing = message("No row of the file is good; there is nothing to import.")
        reasons = "\n".join((nothing, *parsed.remarks))
        raise ImportRefusedError(reasons)
    request = replace(ordered, context=context)
    raw = RawObservation(provider=ANALYST, request=request, status_code=READ, body=body, fetched_at=at)
    return raw, parsed


def store_at_once(raw: RawObservation, parsed: Parsed, *, user: User) -> RefreshRun:
    """The observation and its facts, in a run with one step that is done; judging it ends the run.

    Within the caller's transaction: no worker finds the step before it is done.
    """
    run = _begun(raw.request, user=user, now=raw.fetched_at, steps_total=1)
    step = RefreshStep.objects.create(run=run, key=raw.request.key, request=raw.request.to_json())
    end_done(step, raw, parsed)
    run.refresh_from_db()
    return run


def _begun(request: Request, *, user: User, now: datetime, steps_total: int = 0) -> RefreshRun:
    return RefreshRun.objects.create(
        provider=ANALYST,
        family=request.family,
        base_url=configured(ANALYST).base_url,
        priority=ORDERED,
        started_by=user,
        steps_total=steps_total,
        created_at=now,
        progressed_at=now,
    )
