"""Tray: the bar of the assets that a reader has ticked, and what can be done with all of them."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assets.models import Asset
from screener.forms.watchlists import WatchlistForm
from screener.models import Watchlist
from screener.models.owned import NameTakenError
from screener.services.comparison.choose_assets import FEWEST, MOST
from screener.services.desk.add_to_watchlist import Addition, ListFullError, add_assets
from screener.services.desk.chosen import assets_at, chosen_assets
from screener.services.desk.watchlists import create_watchlist, watchlists_of
from screener.views.access import HtmxRequest, PersonalRequest, logged_in, page_before
from screener.views.chosen_assets import MOST_CHOSEN, chosen_ids, keep_chosen, read_ids, written_ids
from screener.views.desk.undo import offer_undo
from screener.views.row_ids import row_id
from screener.views.screening.screen_table import EXPORTS


@require_POST
def tray(request: HtmxRequest) -> HttpResponse:
    """Add (`asset`) or take out (`remove`) assets by their slugs, `clear` all, or `restore` those of an undo.

    The answer is the bar; for who has no scripts the page before, or with `compare` that of the chosen.
    """
    before, post = chosen_ids(request), request.POST
    if "clear" in post:
        return _cleared(request, before)
    if "restore" in post:
        added = chosen_assets(read_ids(post["restore"]))
    else:
        added = assets_at(post.getlist("asset")[: 2 * MOST_CHOSEN])
    gone = {each.pk for each in assets_at(post.getlist("remove")[:MOST_CHOSEN])}
    wanted = dict.fromkeys((*(each for each in before if each not in gone), *(each.pk for each in added)))
    kept = chosen_assets([*wanted])
    problem = _beyond(kept[MOST_CHOSEN:])
    return _answer(request, kept[:MOST_CHOSEN], problem=problem, leads_to=_leads_to(request, kept))


@require_POST
@logged_in
def watch_chosen(request: PersonalRequest) -> HttpResponse:
    """Put the chosen assets on the list `list`, or on a new one of this `name`."""
    assets = chosen_assets(chosen_ids(request))
    try:
        watchlist = _list_of(request)
    except NameTakenError as refusal:
        return _answer(request, assets, problem=str(refusal))
    if watchlist is None:
        return _answer(request, assets, problem=_("A watchlist needs a name. Type one."))
    try:
        add_assets(watchlist=watchlist, additions=[Addition(asset_id=each.pk) for each in assets])
    except ListFullError as refusal:
        return _answer(request, assets, problem=str(refusal))
    text = ngettext("%(n)s asset is on “%(list)s”.", "%(n)s assets are on “%(list)s”.", len(assets))
    return _answer(request, assets, said=text % {"n": len(assets), "list": watchlist.name})


def _list_of(request: PersonalRequest) -> Watchlist | None:
    if chosen := row_id(request.POST.get("list", "")):
        return get_object_or_404(Watchlist.objects.of(request.user), pk=chosen)
    form = WatchlistForm(request.POST)
    return create_watchlist(user=request.user, name=form.cleaned_data["name"]) if form.is_valid() else None


def _cleared(request: HtmxRequest, before: Sequence[int]) -> HttpResponse:
    """Nothing is chosen any more; what was can be brought back."""
    text = ngettext("%(n)s asset is no longer chosen.", "%(n)s assets are no longer chosen.", len(before)) % {
        "n": len(before)
    }
    if not request.htmx and before:
        offer_undo(request, text, address=reverse("tray"), restore=written_ids(before))
        text = ""
    return _answer(request, [], said=text if before else "", undo=written_ids(before))


def _beyond(left_out: Sequence[Asset]) -> str:
    if not left_out:
        return ""
    text = ngettext(
        "%(names)s is not chosen: %(most)s assets at most are. Take some out first.",
        "%(names)s are not chosen: %(most)s assets at most are. Take some out first.",
        len(left_out),
    )
    return text % {"names": ", ".join(str(each) for each in left_out[:5]), "most": MOST_CHOSEN}


def _leads_to(request: HtmxRequest, assets: Sequence[Asset]) -> str:
    return _compare_address(assets) if "compare" in request.POST else ""


def _compare_address(assets: Sequence[Asset]) -> str:
    return f"{reverse('compare')}?{urlencode([('asset', each.slug) for each in assets])}"


def _answer(
    request: HtmxRequest,
    assets: Sequence[Asset],
    *,
    said: str = "",
    problem: str = "",
    undo: str = "",
    leads_to: str = "",
) -> HttpResponse:
    here = page_before(request, default=reverse("screener"))
    if request.htmx:
        context = {"tray": tray_context(request, assets, said=said, problem=problem, undo=undo), "here": here}
        response = render(request, "screening/tray/_tray.html", context)
    else:
        if said:
            messages.success(request, said)
        if problem:
            messages.warning(request, problem)
        response = redirect(leads_to or here)
    keep_chosen(response, request, [each.pk for each in assets])
    return response


def tray_context(
    request: HtmxRequest,
    assets: Sequence[Asset],
    *,
    words: Sequence[tuple[str, str]] = (),
    said: str = "",
    problem: str = "",
    undo: str = "",
) -> dict[str, Any]:
    """What the bar shows; `words` are those of the screen in whose columns and order it exports."""
    named = [("asset", each.slug) for each in assets]
    view = [pair for pair in words if pair[0] in {"sort", "columns", "position"}]
    return {
        "assets": assets,
        "most": MOST_CHOSEN,
        "compare": _compare_address(assets) if FEWEST <= len(assets) <= MOST else "",
        "fetch": f"{reverse('missing')}?{urlencode(named)}",
        "lists": watchlists_of(request.user) if assets and request.user.is_authenticated else (),
        "exports": [
            (name, f"{reverse('export')}?{urlencode([('format', key), ('chosen', 'yes'), *view])}")
            for key, name in EXPORTS
        ],
        "said": said,
        "problem": problem,
        "undo": undo,
    }
