"""Watchlists: making, naming and deleting them, and the star that fills one from everywhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assets.models import Asset
from screener.forms.watchlists import WatchlistForm
from screener.models import Watchlist
from screener.models.owned import NameTakenError
from screener.services.desk import watchlists as service
from screener.views.access import PersonalRequest, logged_in, page_before
from screener.views.desk.undo import delete_named, offer_undo, restore_named
from screener.views.desk.watchlist_table import watchlist_page
from screener.views.fragments import fragment_or_page
from screener.views.row_ids import row_id

# Lists ----------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@logged_in
def watchlists(request: PersonalRequest) -> HttpResponse:
    """My lists; a POST makes one."""
    form = WatchlistForm(request.POST or None)
    if form.is_valid():
        try:
            made = service.create_watchlist(user=request.user, name=form.cleaned_data["name"])
        except NameTakenError as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("“%(name)s” is ready. Add assets to it.") % {"name": made.name})
            return redirect(made)
    context = {"watchlists": service.watchlists_of(request.user), "form": form}
    return render(request, "desk/watchlists/page.html", context, status=422 if form.errors else 200)


@require_POST
@logged_in
def rename_watchlist(request: PersonalRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Watchlist.objects.of(request.user), pk=pk)
    form = WatchlistForm(request.POST)
    if form.is_valid():
        try:
            service.rename_watchlist(watchlist=shown, name=form.cleaned_data["name"])
        except NameTakenError as refusal:
            form.add_error("name", str(refusal))
            shown.refresh_from_db()
        else:
            return redirect(shown)
    return watchlist_page(request, shown, form=form)


@require_POST
@logged_in
def delete_watchlist(request: PersonalRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(Watchlist.objects.of(request.user), pk=pk)
    delete_named(request, gone, restored_at=reverse("watchlist_restore", args=[gone.pk]))
    return redirect("watchlists")


@require_POST
@logged_in
def restore_watchlist(request: PersonalRequest, pk: int) -> HttpResponse:
    restored = get_object_or_404(Watchlist.objects.of(request.user, with_deleted=True), pk=pk)
    restore_named(request, restored)
    return redirect(restored)


# Assets in a list -------------------------------------------------------------------


@require_POST
@logged_in
def add_to_watchlist(request: PersonalRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Watchlist.objects.of(request.user), pk=pk)
    asset = get_object_or_404(Asset.objects.at_address(request.POST.get("asset", "")))
    service.watch(watchlist=shown, asset=asset)
    messages.success(request, _("%(asset)s is in “%(list)s”.") % {"asset": asset, "list": shown.name})
    return redirect(page_before(request, default=shown.get_absolute_url()))


@require_POST
@logged_in
def remove_from_watchlist(request: PersonalRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Watchlist.objects.of(request.user), pk=pk)
    asset = get_object_or_404(Asset.objects.at_address(request.POST.get("asset", "")))
    service.unwatch(watchlist=shown, asset=asset)
    text = _("%(asset)s is no longer in “%(list)s”.") % {"asset": asset, "list": shown.name}
    offer_undo(request, text, address=reverse("watchlist_add", args=[shown.pk]), asset=asset.slug)
    return redirect(page_before(request, default=shown.get_absolute_url()))


@require_POST
@logged_in
def star(request: PersonalRequest, slug: str) -> HttpResponse:
    """Set (`watched=1`), take away (`watched=0`) or turn round the star of an asset."""
    asset = get_object_or_404(Asset.objects.at_address(slug))
    wish = {"1": True, "0": False}.get(request.POST.get("watched", ""))
    watched = service.set_star(user=request.user, asset=asset, watched=wish)
    if request.htmx:
        return render(request, "desk/watchlists/_star.html", {"asset": asset, "watched": watched})
    return redirect(page_before(request, default=asset.get_absolute_url()))


@require_http_methods(["GET", "POST"])
@logged_in
def asset_watchlists(request: PersonalRequest, slug: str) -> HttpResponse:
    """Which of my lists an asset is in; a POST has it in exactly the chosen ones, and in a new one."""
    asset = get_object_or_404(Asset.objects.at_address(slug))
    form = WatchlistForm(request.POST if request.POST.get("name", "").strip() else None)
    chosen = [number for each in request.POST.getlist("in") if (number := row_id(each)) is not None]
    if request.method == "POST":
        try:
            if form.is_valid():
                made = service.create_watchlist(user=request.user, name=form.cleaned_data["name"])
                chosen.append(made.pk)
        except NameTakenError as refusal:
            form.add_error("name", str(refusal))
        if not form.errors:
            service.choose_watchlists(user=request.user, asset=asset, chosen=chosen)
            return _chosen(request, asset)
    context = {
        "asset": asset,
        "watchlists": service.lists_holding(user=request.user, asset=asset),
        "chosen": chosen if request.method == "POST" else None,
        "form": form,
    }
    status = 422 if form.errors else 200
    return fragment_or_page(
        request, "desk/watchlists/choose.html", context, fragment="#chooser", status=status
    )


def _chosen(request: PersonalRequest, asset: Asset) -> HttpResponse:
    if request.htmx:
        context = {
            "asset": asset,
            "watchlists": service.lists_holding(user=request.user, asset=asset),
            "form": WatchlistForm(),
            "watched": asset.pk in service.watched_asset_ids(request.user),
            "saved": True,
        }
        return render(request, "desk/watchlists/choose.html#chooser", context)
    messages.success(request, _("The watchlists of %(asset)s are saved.") % {"asset": asset})
    return redirect(asset)
