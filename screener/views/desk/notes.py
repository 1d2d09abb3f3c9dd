"""Notes: on an asset, all of them, editing in place, and what an earlier text was."""

from itertools import pairwise
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assets.models import Asset
from screener.forms.notes import NoteForm
from screener.models import Note
from screener.services.desk import notes as service
from screener.services.desk.search_words import LONGEST_WORDS, MOST_WORDS, has_more_than_is_searched
from screener.views.access import PersonalRequest, logged_in, page_before
from screener.views.desk.undo import offer_undo
from screener.views.dossier.page_context import page_context
from screener.views.fragments import fragment_or_page
from screener.views.paging import page_of

NOTES_A_PAGE = 20
REVISIONS_A_PAGE = 20


# Many notes -----------------------------------------------------------------------


@require_GET
@logged_in
def notes(request: PersonalRequest) -> HttpResponse:
    """All my notes, the last edited first, or those that say these words."""
    words = request.GET.get("q", "").strip()
    found = service.notes_saying(user=request.user, words=words)
    context = {
        "words": words[:LONGEST_WORDS],
        "most_words": MOST_WORDS if has_more_than_is_searched(words) else 0,
        "page": page_of(request, found, size=NOTES_A_PAGE),
    }
    return fragment_or_page(request, "desk/notes/page.html", context, fragment="#found")


@require_http_methods(["GET", "POST"])
@logged_in
def asset_notes(request: PersonalRequest, slug: str) -> HttpResponse:
    """My notes on one asset; a POST writes one. A fragment request gets the panel of the asset page."""
    asset = get_object_or_404(Asset.objects.at_address(slug))
    form = NoteForm(request.POST or None)
    if form.is_valid():
        service.write_note(user=request.user, asset=asset, body=form.cleaned_data["body"])
        if not request.htmx:
            messages.success(request, _("The note is saved."))
            return redirect("asset_notes", asset.slug)
        form = NoteForm()
    context = {
        **page_context(request, asset, None, here="notes"),
        "notes": service.notes_on(user=request.user, asset=asset),
        "form": form,
    }
    status = 422 if form.errors else 200
    return fragment_or_page(
        request, "desk/notes/asset.html", context, fragment="desk/notes/_panel.html", status=status
    )


@require_POST
@logged_in
def preview_note(request: PersonalRequest) -> HttpResponse:
    return render(
        request, "desk/notes/_preview.html", {"body": request.POST.get("body", "")[: service.LONGEST]}
    )


# One note -------------------------------------------------------------------------


@require_GET
@logged_in
def note(request: PersonalRequest, pk: int) -> HttpResponse:
    """The note alone for a fragment request, else its place among the notes on its asset."""
    shown = get_object_or_404(service.notes_of(request.user), pk=pk)
    return _shown(request, shown)


def _shown(request: PersonalRequest, shown: Note) -> HttpResponse:
    if request.htmx:
        among_all = urlsplit(request.htmx.current_url or "").path == reverse("notes")
        return render(request, "desk/notes/_note.html", {"note": shown, "show_asset": among_all})
    return redirect(f"{page_before(request, default=_home_of(shown))}#note-{shown.pk}")


def _home_of(shown: Note) -> str:
    return reverse("asset_notes", args=[shown.asset.slug])


@require_http_methods(["GET", "POST"])
@logged_in
def edit_note(request: PersonalRequest, pk: int) -> HttpResponse:
    """Edit a note; who saves over somebody else's edit sees both texts first."""
    edited = get_object_or_404(
        Note.objects.of(request.user, with_deleted=True).select_related("asset"), pk=pk
    )
    if request.method == "GET":
        form = NoteForm(initial={"body": edited.body, "seen": service.newest_revision(edited).pk})
        return _edit_page(request, edited, form)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, edited, form)
    try:
        saved = service.edit_note(note=edited, body=form.cleaned_data["body"], seen=form.cleaned_data["seen"])
    except service.EditedMeanwhileError as conflict:
        return _conflict_page(request, conflict.theirs, form.cleaned_data["body"])
    if edited.deleted_at:
        messages.info(request, _("The note had been deleted meanwhile; saving it has brought it back."))
    return _shown(request, service.notes_of(request.user).get(pk=saved.pk))


def _conflict_page(request: PersonalRequest, theirs: Note, mine: str) -> HttpResponse:
    """Both texts, and the form over the newest: saving again is then a decision, and both are kept."""
    newest = service.newest_revision(theirs)
    form = NoteForm(initial={"body": mine, "seen": newest.pk})
    changes = service.changes(theirs.body, mine)
    return _edit_page(request, theirs, form, status=409, conflict={"theirs": newest, "changes": changes})


def _edit_page(
    request: PersonalRequest, edited: Note, form: NoteForm, *, status: int = 0, **more: object
) -> HttpResponse:
    context = {"note": edited, "asset": edited.asset, "form": form, **more}
    status = status or (422 if form.errors else 200)
    return fragment_or_page(
        request, "desk/notes/edit.html", context, fragment="desk/notes/_edit.html", status=status
    )


@require_POST
@logged_in
def delete_note(request: PersonalRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(Note.objects.of(request.user).select_related("asset"), pk=pk)
    gone.soft_delete()
    if request.htmx:
        return render(request, "desk/notes/_deleted.html", {"note": gone})
    offer_undo(request, _("The note is deleted."), address=reverse("note_restore", args=[gone.pk]))
    return redirect(page_before(request, default=_home_of(gone)))


@require_POST
@logged_in
def restore_note(request: PersonalRequest, pk: int) -> HttpResponse:
    get_object_or_404(Note.objects.of(request.user, with_deleted=True), pk=pk).restore()
    return _shown(request, service.notes_of(request.user).get(pk=pk))


@require_GET
@logged_in
def note_history(request: PersonalRequest, pk: int) -> HttpResponse:
    """Every text the note ever had, the newest first, each with what it changed."""
    shown = get_object_or_404(Note.objects.of(request.user).select_related("asset"), pk=pk)
    revisions = [*shown.revisions.all(), None]
    page = page_of(request, list(pairwise(revisions)), size=REVISIONS_A_PAGE)
    context = {
        "note": shown,
        "asset": shown.asset,
        "page": page,
        "versions": [
            (new, service.changes(old.body, new.body) if old and new else None)
            for new, old in page.object_list
        ],
    }
    return render(request, "desk/notes/history.html", context)
