"""Import of an analyst's sheet: choose it, see what would happen, confirm. Each step is a plain form.

The check reads the file within its request; a worker stores it, and the page of its run says how far it is.
Between the steps the file waits on the server. The browser holds nothing but a signed note of
which file it was, for whom and as what; nobody can confirm what was not checked.
"""

from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from kombu.exceptions import OperationalError as QueueError

from assets.models import RefreshRun
from assets.services import importing
from assets.services.importing import ImportRefusedError
from assets.services.undoing import import_history, imported_by, is_ruling, undo_import
from assets.services.watching import StoppedError
from assets.sheets.bad_rows import bad_rows
from assets.sheets.columns import SHEETS
from assets.sheets.conventions import CHOICE_NAMES, Choices
from assets.sheets.tables import FORMATS
from assets.sheets.templates import template
from assets.sourcing.contract import ProviderError
from assets.sourcing.messages import localized
from screener.admission import lanes
from screener.forms.imports import ImportForm
from screener.views.access import PersonalRequest, page_before, staff_only
from screener.views.data.import_progress import new_watch, watched

SALT: Final = "screener.imports"
KEPT_FOR_S: Final = 2 * 60 * 60
MOST_FAULTS: Final = 1_000
"""Shown on the page; the rest is counted."""

MOST_IMPORTS: Final = 10
"""The latest imports, each with the button that undoes it; the Data page lists them all."""

CHECKED: Final = ("sheet", "evidence_url", *CHOICE_NAMES)
"""What a file is checked as, and imported as."""

UNPROCESSABLE: Final = 422

CONTENT_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Note = dict[str, Any]
"""Which kept file it is about (`sha256`, `name`), whose, and as what it was checked."""


@require_GET
@staff_only
def imports(request: PersonalRequest) -> HttpResponse:
    chosen = request.GET.get("sheet", "")
    return _page(request, ImportForm(initial={"sheet": chosen if chosen in SHEETS else "prices"}))


@require_POST
@staff_only
def import_check(request: PersonalRequest) -> HttpResponse:
    """The dry run: every bad row, how many are good, whom they concern."""
    kept = _note(request, request.POST.get("kept", ""))
    form = ImportForm(request.POST, request.FILES, has_kept_file=kept is not None)
    is_valid = form.is_valid()
    if file := form.cleaned_data.get("file"):
        kept = _keep(request, file)
    if not is_valid or kept is None:
        return _page(request, form, kept=kept, status=UNPROCESSABLE)
    chosen = {name: form.cleaned_data[name] for name in CHECKED}
    if file:
        chosen["tab"] = ""  # It was chosen among the sheets of another file.
    note = {**kept, **chosen, "check": new_watch()}
    try:
        with watched(request):
            checked = _checked(request, note)
    except (ImportRefusedError, ProviderError) as refusal:
        form.add_error("file", localized(str(refusal)))
        return _page(request, form, kept=kept, status=UNPROCESSABLE)
    except StoppedError:
        messages.info(request, _("Stopped as you wished. Nothing was stored."))
        return redirect("imports")
    table = checked.reading.table
    if table.other_tabs:
        answered = request.POST.copy()
        answered["tab"] = table.tab
        form = ImportForm(answered, has_kept_file=True, tabs=(table.tab, *table.other_tabs))
    return _page(request, form, kept=kept, checked=checked, token=_signed(note))


@require_GET
@staff_only
def import_bad_rows(request: PersonalRequest) -> HttpResponse:
    """The bad rows of the file that was checked, to correct and import again."""
    note = _note(request, request.GET.get("token", ""))
    if note is None or "sheet" not in note:
        raise Http404
    try:
        checked = _checked(request, note)
    except (ImportRefusedError, ProviderError) as refusal:
        raise Http404(str(refusal)) from refusal
    return _download(bad_rows(checked.reading), f"assay-{note['sheet']}-bad-rows.csv", CONTENT_TYPES["csv"])


def _checked(request: PersonalRequest, note: Note) -> importing.DryRun:
    """One file at a time; `BusyError` while another is read."""
    body = importing.kept_upload(note["sha256"])
    with lanes.SHEETS.admitted():
        return importing.dry_run(
            body=body, sheet=note["sheet"], author=request.user.get_username(), choices=Choices.of(note)
        )


@require_POST
@staff_only
def import_commit(request: PersonalRequest) -> HttpResponse:
    """Have a worker import what was checked, from the bytes that were checked."""
    note = _note(request, request.POST.get("token", ""))
    if note is None or "sheet" not in note:
        messages.error(request, _("The check is too old or not yours. Check the file again."))
        return redirect("imports")
    checked = {name: note.get(name, "") for name in ("sha256", "sheet", "evidence_url", "check")}
    try:
        run = importing.order_import(**checked, choices=Choices.of(note), user=request.user)
    except ImportRefusedError as refusal:
        messages.error(request, localized(str(refusal)))
        return redirect("imports")
    except QueueError:
        messages.warning(
            request,
            _("The file is kept. The task queue does not answer; its rows are stored when it is back."),
        )
        return redirect("imports")
    return redirect("run", run.pk)


@require_GET
@staff_only
def import_template(_request: PersonalRequest, kind: str, format: str) -> HttpResponse:
    """A sheet to fill in."""
    if kind not in SHEETS or format not in FORMATS:
        raise Http404
    body = template(SHEETS[kind], format, translate=_)
    return _download(body, f"assay-{kind}.{format}", CONTENT_TYPES[format])


def _download(body: bytes, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        body,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_POST
@staff_only
def run_undo(request: PersonalRequest, pk: int) -> HttpResponse:
    """Take back what this run has imported, or ruled."""
    run = get_object_or_404(RefreshRun, pk=pk)
    page = page_before(request, default=reverse("run", args=[pk]))
    try:
        undone = undo_import(run=run, user=request.user)
    except ImportRefusedError as refusal:
        messages.error(request, localized(str(refusal)))
        return redirect(page)
    except QueueError:
        messages.warning(
            request,
            _("It is undone. The task queue does not answer; scores follow when it is back."),
        )
        return redirect(page)
    if not undone.is_new:
        messages.info(request, _("It had been undone already. Nothing was changed."))
    elif is_ruling(imported_by(run)):
        messages.success(request, _("The ruling is undone. Its asset is scored anew without it."))
    else:
        messages.success(request, _("The import is undone. Its assets are scored anew without it."))
    return redirect(page)


# The kept file --------------------------------------------------------------------------


def _keep(request: PersonalRequest, file: UploadedFile) -> Note:
    sha256 = importing.keep_upload(file.read())
    return {"sha256": sha256, "user": request.user.pk, "name": (file.name or "")[:200]}


def _signed(note: Note) -> str:
    return signing.dumps(note, salt=SALT)


def _note(request: PersonalRequest, token: str) -> Note | None:
    """What we signed for this person lately; None for anything else."""
    try:
        note: Note = signing.loads(token, salt=SALT, max_age=KEPT_FOR_S)
    except signing.BadSignature:
        return None
    return note if note.get("user") == request.user.pk else None


# What is shown --------------------------------------------------------------------------


def _page(
    request: PersonalRequest,
    form: ImportForm,
    *,
    kept: Note | None = None,
    checked: importing.DryRun | None = None,
    token: str = "",
    status: int = 200,
) -> HttpResponse:
    history = import_history(MOST_IMPORTS)
    context = {
        "form": form,
        "kept": kept and {"name": kept["name"], "token": _signed(_file_of(kept))},
        "checked": checked,
        "token": token,
        "watch": new_watch(),
        "sheets": SHEETS.values(),
        "formats": FORMATS,
        "opened": form["sheet"].value(),
        "history": history,
        "is_moving": any(not each.run.is_over for each in history),
    }
    if checked:
        faults = checked.reading.faults
        context |= {
            "faults": [
                (each.line, each.column, localized(each.problem), each.is_cell_only)
                for each in faults[:MOST_FAULTS]
            ],
            "questions": [
                (form[choice].label, form[choice].id_for_label, columns)
                for choice, columns in checked.reading.conventions.questions.items()
            ],
            "faults_left": max(0, len(faults) - MOST_FAULTS),
            "earlier": _earlier_text(checked.earlier) if checked.earlier else "",
            "subjects_left": len(checked.reading.assets) - len(checked.subjects),
        }
    return render(request, "data/imports/page.html", context, status=status)


def _file_of(note: Note) -> Note:
    """The note without what the file was checked as: it opens no other door."""
    return {name: note[name] for name in ("sha256", "user", "name")}


def _earlier_text(run: Any) -> str:
    when = date_format(localtime(run.created_at), "DATETIME_FORMAT")
    return _("You have imported this file as this sheet already, on %(when)s. Nothing was changed.") % {
        "when": when
    }
