"""Profiles: mine, one with what it changes, whose rank it moves, and the one that is shared."""

import uuid
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from screener.forms.profiles import ProfileForm
from screener.forms.size_tiers import SizeTiersForm
from screener.models import Profile
from screener.models.owned import NameTakenError
from screener.services.desk import profiles as service
from screener.services.desk.preferences import set_profile
from screener.services.desk.size_tiers import default_tiers, tiers_under
from screener.universe.ranking import MOST_ASSETS, TooManyAssetsError, moved_most
from screener.views.access import HtmxRequest, PersonalRequest, logged_in, page_before
from screener.views.desk.undo import delete_named, restore_named
from screener.views.fragments import fragment_or_page
from screener.views.readers_position import preference_of_reader
from screener.views.row_ids import row_id
from screener.words.findings import filled

MOST_SHOWN: Final = 50
"""Of the assets whose rank a profile moves."""


# Mine -------------------------------------------------------------------------------


@require_GET
@logged_in
def profiles(request: PersonalRequest) -> HttpResponse:
    context = {"profiles": Profile.objects.of(request.user), "chosen": preference_of_reader(request).profile}
    return render(request, "desk/profiles/page.html", context)


@require_http_methods(["GET", "POST"])
@logged_in
def new_profile(request: PersonalRequest) -> HttpResponse:
    """Starts from the checklist as it is."""
    posted = request.POST if request.method == "POST" else None
    form, tiers = ProfileForm(posted), SizeTiersForm(posted, usual=default_tiers())
    if form.is_valid() and tiers.is_valid():
        try:
            made = service.create_profile(
                user=request.user,
                name=form.cleaned_data["name"],
                description=form.cleaned_data["description"],
                changes=form.changes(),
                tiers=tiers.tiers(),
            )
        except NameTakenError as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": made.name})
            return redirect(made)
    return _form_page(request, form, tiers)


@require_GET
@logged_in
def profile(request: PersonalRequest, pk: int) -> HttpResponse:
    """What one profile changes; whose rank it moves comes as a fragment or on a page of its own."""
    shown = get_object_or_404(Profile.objects.of(request.user), pk=pk)
    context = {
        **_read(shown),
        "chosen": preference_of_reader(request).profile == shown,
        "site": f"{request.scheme}://{request.get_host()}",
    }
    return render(request, "desk/profiles/profile.html", context)


@require_GET
@logged_in
def profile_ranks(request: PersonalRequest, pk: int) -> HttpResponse:
    """The assets whose rank the profile moves most, over the whole universe."""
    shown = get_object_or_404(Profile.objects.of(request.user), pk=pk)
    context: dict[str, Any] = {"profile": shown}
    try:
        ranking = service.rank_under(shown)
    except TooManyAssetsError:
        context["most_assets"] = MOST_ASSETS
    else:
        context |= {"ranking": ranking, "moves": moved_most(ranking, most=MOST_SHOWN)}
    return fragment_or_page(request, "desk/profiles/ranks.html", context, fragment="#ranks")


@require_http_methods(["GET", "POST"])
@logged_in
def edit_profile(request: PersonalRequest, pk: int) -> HttpResponse:
    edited = get_object_or_404(Profile.objects.of(request.user), pk=pk)
    if request.method == "GET":
        named = {"name": edited.name, "description": edited.description}
        form = ProfileForm(initial=named, changes=service.checklist_of(edited).changes)
        tiers = SizeTiersForm(usual=default_tiers(), own=tiers_under(edited))
        return _form_page(request, form, tiers, edited)
    form, tiers = ProfileForm(request.POST), SizeTiersForm(request.POST, usual=default_tiers())
    if form.is_valid() and tiers.is_valid():
        try:
            service.edit_profile(
                profile=edited,
                name=form.cleaned_data["name"],
                description=form.cleaned_data["description"],
                changes=form.changes(),
                tiers=tiers.tiers(),
            )
        except NameTakenError as refusal:
            form.add_error("name", str(refusal))
            edited.refresh_from_db()
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": edited.name})
            return redirect(edited)
    return _form_page(request, form, tiers, edited)


def _form_page(
    request: PersonalRequest, form: ProfileForm, tiers: SizeTiersForm, edited: Profile | None = None
) -> HttpResponse:
    is_wrong = bool(form.errors or tiers.errors)
    context = {"form": form, "tiers": tiers, "is_wrong": is_wrong, "profile": edited}
    return render(request, "desk/profiles/edit.html", context, status=422 if is_wrong else 200)


@require_POST
@logged_in
def copy_profile(request: PersonalRequest, pk: int) -> HttpResponse:
    copied = get_object_or_404(Profile.objects.of(request.user), pk=pk)
    return _copied(request, copied)


def _copied(request: PersonalRequest, copied: Profile) -> HttpResponse:
    made = service.copy_profile(profile=copied, user=request.user)
    messages.success(request, _("“%(name)s” is a copy of your own.") % {"name": made.name})
    return redirect(made)


@require_POST
@logged_in
def delete_profile(request: PersonalRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(Profile.objects.of(request.user), pk=pk)
    delete_named(request, gone, restored_at=reverse("profile_restore", args=[gone.pk]))
    return redirect("profiles")


@require_POST
@logged_in
def restore_profile(request: PersonalRequest, pk: int) -> HttpResponse:
    restored = get_object_or_404(Profile.objects.of(request.user, with_deleted=True), pk=pk)
    restore_named(request, restored)
    return redirect(restored)


@require_POST
@logged_in
def choose_profile(request: PersonalRequest) -> HttpResponse:
    """See every asset under this profile as well; without one, under the checklist alone."""
    wanted = request.POST.get("profile", "")
    chosen = (
        get_object_or_404(Profile.objects.of(request.user), pk=row_id(wanted)) if wanted.isdecimal() else None
    )
    set_profile(user=request.user, profile=chosen)
    if chosen:
        text = _("Asset pages show the total under “%(name)s” as well.") % {"name": chosen.name}
    else:
        text = _("Asset pages show the checklist alone.")
    messages.success(request, text)
    return redirect(page_before(request, default=reverse("profiles")))


# Shared -----------------------------------------------------------------------------


@require_POST
@logged_in
def share_profile(request: PersonalRequest, pk: int) -> HttpResponse:
    """`shared=1`: an address for others; `new`: another one; without it none. The old one is dead then."""
    own = get_object_or_404(Profile.objects.of(request.user), pk=pk)
    own.change_link(request.POST.get("shared", ""))
    return redirect(own)


@require_GET
def shared_profile(request: HtmxRequest, key: uuid.UUID) -> HttpResponse:
    """Read-only, for whoever has the address."""
    shown = get_object_or_404(Profile.objects.at_link(key))
    return render(request, "desk/profiles/shared.html", _read(shown))


@require_POST
@logged_in
def copy_shared_profile(request: PersonalRequest, key: uuid.UUID) -> HttpResponse:
    return _copied(request, get_object_or_404(Profile.objects.at_link(key)))


def _read(shown: Profile) -> dict[str, Any]:
    own = service.checklist_of(shown)
    return {
        "profile": shown,
        "differences": [*service.differences(own), *service.tier_differences(shown)],
        "problems": [filled(each) for each in own.problems],
        "unknown": own.unknown,
    }
