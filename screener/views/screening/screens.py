"""Saved screens: mine, saving one, opening it, and the one that is shared."""

import uuid
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlsplit

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from screener.forms.screens import ScreenForm, ScreenNameForm
from screener.models import SavedScreen
from screener.models.owned import NameTakenError
from screener.screens.order import BY_NAME
from screener.screens.problems import Problem
from screener.screens.screen import Screen, read_screen
from screener.services.desk.chosen import chosen_assets
from screener.services.screening import screens as service
from screener.services.screening.match_screens import open_screen, statuses_of
from screener.services.screening.run_screen import run_screen
from screener.views.access import HtmxRequest, PersonalRequest, logged_in, page_before
from screener.views.chosen_assets import chosen_ids
from screener.views.desk.undo import delete_named, restore_named
from screener.views.paging import page_of
from screener.views.readers_position import own_position, tiers_of_reader
from screener.views.row_ids import row_id
from screener.views.screening.column_sets import labels_of
from screener.views.screening.screen_table import address_of, headings, marks_of, rows
from screener.views.screening.tray import tray_context
from screener.words.problems import in_words

SCREENS_A_PAGE: Final = 20
"""Each of them asks the whole universe."""


# Mine -------------------------------------------------------------------------------


@require_GET
@logged_in
def screens(request: PersonalRequest) -> HttpResponse:
    """My screens, each with how many assets match now and what is new since I opened it."""
    page = page_of(request, SavedScreen.objects.of(request.user), size=SCREENS_A_PAGE)
    context = {
        "page": page,
        "statuses": statuses_of(page, user=request.user),
        "site": f"{request.scheme}://{request.get_host()}",
    }
    return render(request, "screening/screens/page.html", context)


@require_http_methods(["GET", "POST"])
@logged_in
def new_screen(request: PersonalRequest) -> HttpResponse:
    """Save the screen of the address under a name. One that has the name is replaced when that is meant."""
    if request.method == "GET":
        return _form_page(request, _form_of_address(request))
    form, is_taken = ScreenForm(request.POST), False
    if form.is_valid():
        try:
            made = service.save_screen(
                user=request.user,
                name=form.cleaned_data["name"],
                description=form.cleaned_data["description"],
                screen=form.screen,
                replace="replace" in request.POST,
            )
        except NameTakenError as refusal:
            form.add_error("name", str(refusal))
            is_taken = True
        else:
            if request.htmx:
                return redirect(_page_of(request, made))
            messages.success(request, _("“%(name)s” is saved.") % {"name": made.name})
            return redirect(made)
    if request.htmx:
        return _refused(request, form, is_taken=is_taken)
    return _form_page(request, form, is_taken=is_taken)


def _form_of_address(request: PersonalRequest) -> ScreenForm:
    """The words of the address in a form, with the name of the saved screen that they came from."""
    params = dict(request.GET.lists())
    screen, problems = read_screen(params)
    initial = {"q": request.GET.get("q", "")} if service.lacks_its_question(problems) else {}
    came_from = row_id(request.GET.get("screen", ""))
    if came_from and (saved := SavedScreen.objects.of(request.user).filter(pk=came_from).first()):
        initial |= {"name": saved.name, "description": saved.description}
    for problem in problems:
        messages.warning(request, in_words(problem))
    return ScreenForm(screen=screen, initial=initial)


@require_GET
@logged_in
def saved_screen(request: PersonalRequest, pk: int) -> HttpResponse:
    """Open a screen: the screener with its words. A question that can't be read any more is for editing."""
    opened = get_object_or_404(SavedScreen.objects.of(request.user), pk=pk)
    _screen, problems = service.read_saved(opened)
    if service.lacks_its_question(problems):
        return redirect("screen_edit", pk=opened.pk)
    open_screen(opened, user=request.user)
    return redirect(_screener(opened, screen=str(opened.pk)))


@require_http_methods(["GET", "POST"])
@logged_in
def edit_screen(request: PersonalRequest, pk: int) -> HttpResponse:
    edited = get_object_or_404(SavedScreen.objects.of(request.user), pk=pk)
    if request.method == "GET":
        return _form_page(request, _form_of_saved(edited), edited)
    form = ScreenForm(request.POST)
    if form.is_valid():
        try:
            service.edit_screen(
                saved=edited,
                name=form.cleaned_data["name"],
                description=form.cleaned_data["description"],
                screen=form.screen,
            )
        except NameTakenError as refusal:
            form.add_error("name", str(refusal))
            edited.refresh_from_db()
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": edited.name})
            return redirect("screens")
    return _form_page(request, form, edited)


def _form_of_saved(saved: SavedScreen) -> ScreenForm:
    """What no longer makes sense in it is said at once."""
    named = {"name": saved.name, "description": saved.description}
    screen, problems = service.read_saved(saved)
    if problems:
        return ScreenForm(named | dict(service.words_of(saved)))
    return ScreenForm(screen=screen, initial=named)


def _form_page(
    request: PersonalRequest, form: ScreenForm, edited: SavedScreen | None = None, *, is_taken: bool = False
) -> HttpResponse:
    is_refused = bool(form.errors) and request.method == "POST"  # Reading the errors reads the screen.
    shown = form.screen
    context = {
        "form": form,
        "screen": edited,
        "is_taken": is_taken,
        "order": _order(shown),
        "columns": labels_of(shown.columns),
        "back": address_of(shown),
    }
    return render(request, "screening/screens/edit.html", context, status=422 if is_refused else 200)


def _order(screen: Screen) -> str:
    label = _("Name") if screen.sort_key == BY_NAME else labels_of([screen.sort_key])[0]
    text = _("%(column)s, from high to low") if screen.is_descending else _("%(column)s, from low to high")
    return text % {"column": label}


# In place -----------------------------------------------------------------------------


@require_POST
@logged_in
def update_screen(request: PersonalRequest, pk: int) -> HttpResponse:
    """Have the saved screen ask, sort and show what the page `next` does, under its name."""
    saved = get_object_or_404(SavedScreen.objects.of(request.user), pk=pk)
    screen, problems = _screen_of_page(request)
    if problems:
        messages.warning(request, " ".join(in_words(each) for each in problems))
    else:
        service.edit_screen(saved=saved, name=saved.name, description=saved.description, screen=screen)
    return redirect(_page_of(request, saved))


@require_POST
@logged_in
def rename_screen(request: PersonalRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(SavedScreen.objects.of(request.user), pk=pk)
    form = ScreenNameForm(request.POST)
    try:
        if form.is_valid():
            service.rename_screen(saved=saved, name=form.cleaned_data["name"])
    except NameTakenError as refusal:
        form.add_error("name", str(refusal))
    if form.errors and request.htmx:
        return _refused(request, form)
    if form.errors:
        messages.warning(request, " ".join(str(each) for each in form.errors["name"]))
    return redirect(_page_of(request, saved))


def _screen_of_page(request: PersonalRequest) -> tuple[Screen, tuple[Problem, ...]]:
    """The screen that the page shows which the form stands on."""
    words = QueryDict(urlsplit(page_before(request, default="")).query)
    return read_screen(dict(words.lists()))


def _page_of(request: PersonalRequest, saved: SavedScreen) -> str:
    """The same page of the same screen, as one that came from this saved one."""
    screen, _problems = _screen_of_page(request)
    return address_of(replace(screen, saved_id=saved.pk))


def _refused(request: PersonalRequest, form: Form, *, is_taken: bool = False) -> HttpResponse:
    """Say beside the name why it is not saved, and leave the page as it is."""
    problems = [each for errors in form.errors.values() for each in errors]
    context = {"problems": problems, "is_taken": is_taken}
    response = render(request, "screening/screens/_refused.html", context, status=422)
    return reswap(retarget(response, "#saved-problem"), "innerHTML")


@require_POST
@logged_in
def delete_screen(request: PersonalRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(SavedScreen.objects.of(request.user), pk=pk)
    delete_named(request, gone, restored_at=reverse("screen_restore", args=[gone.pk]))
    return redirect("screens")


@require_POST
@logged_in
def restore_screen(request: PersonalRequest, pk: int) -> HttpResponse:
    restore_named(request, get_object_or_404(SavedScreen.objects.of(request.user, with_deleted=True), pk=pk))
    return redirect("screens")


@require_POST
@logged_in
def default_screen(request: PersonalRequest, pk: int) -> HttpResponse:
    """`chosen=1`: the screener opens with this screen; without it, with none."""
    saved = get_object_or_404(SavedScreen.objects.of(request.user), pk=pk)
    service.set_default(saved=saved, chosen=request.POST.get("chosen") == "1")
    return redirect(page_before(request, default=reverse("screens")))


@require_POST
@logged_in
def share_screen(request: PersonalRequest, pk: int) -> HttpResponse:
    """`shared=1`: an address for others; `new`: another one; without it none. The old one is dead then."""
    saved = get_object_or_404(SavedScreen.objects.of(request.user), pk=pk)
    saved.change_link(request.POST.get("shared", ""))
    return redirect(page_before(request, default=reverse("screens")))


# Shared -----------------------------------------------------------------------------


@require_GET
def shared_screen(request: HtmxRequest, token: uuid.UUID) -> HttpResponse:
    """Read-only, for whoever has the address; watchlists in it are the reader's own."""
    shown = get_object_or_404(SavedScreen.objects.at_link(token))
    (status,) = statuses_of([shown], user=request.user)
    context = {"status": status, "address": _screener(shown)}
    if status.total:
        context |= _first_rows(request, service.read_saved(shown)[0])
    return render(request, "screening/screens/shared.html", context)


def _first_rows(request: HtmxRequest, screen: Screen) -> dict[str, Any]:
    """The first page of what matches, in the order and the columns that were saved."""
    position, tiers = own_position(request), tiers_of_reader(request)
    answer = run_screen(screen, user=request.user, position=position, tiers=tiers)
    return {
        "rows": rows(answer, marks_of(request, answer)),
        "columns": [each | {"address": ""} for each in headings(screen, answer.position, answer.tiers)],
        "screen": replace(answer, pages=1),
        "here": request.get_full_path(),
        "tray": tray_context(request, chosen_assets(chosen_ids(request)), words=screen.to_params()),
    }


@require_POST
@logged_in
def copy_shared_screen(request: PersonalRequest, token: uuid.UUID) -> HttpResponse:
    shown = get_object_or_404(SavedScreen.objects.at_link(token))
    made = service.copy_screen(saved=shown, user=request.user)
    messages.success(request, _("“%(name)s” is a copy of your own.") % {"name": made.name})
    return redirect("screens")


def _screener(saved: SavedScreen, **words: str) -> str:
    return service.address_of([*service.words_of(saved), *words.items()])
