"""Sheets that a person imports, each stored as a worker does it."""

from assets.models import RefreshRun, RefreshStep
from assets.services.importing import keep_upload, order_import, run_import
from assets.sheets.conventions import UNSAID

EVIDENCE = "https://example.org/evidence"


def import_sheet(body, sheet, user, *, now, check="", choices=UNSAID) -> RefreshRun:
    run = order_import(
        sha256=keep_upload(body),
        sheet=sheet,
        evidence_url=EVIDENCE,
        user=user,
        choices=choices,
        check=check,
        now=now,
    )
    return work_off(run, now=now)


def work_off(run, *, now=None) -> RefreshRun:
    """As a worker does."""
    run_import(step_id=RefreshStep.objects.get(run=run).pk, now=now)
    run.refresh_from_db()
    return run
