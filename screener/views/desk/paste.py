"""Paste into a watchlist: each line is checked and shown before and after what is clear is added."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from kombu.exceptions import OperationalError as QueueError

from assets.identity.references import read_reference
from assets.services.refreshing.runs import RefreshRefusedError
from assets.sheets.pasted import PastedText, read_pasted
from assets.sourcing.messages import localized
from screener.forms.watchlists import LevelField
from screener.models import Watchlist
from screener.services.desk.add_to_watchlist import Addition, ListFullError, add_assets, signed, take_back
from screener.services.operation.fetch_unknown import fetch_unknown
from screener.services.search.check_pasted import CheckedLine, LineOutcome, check_pasted
from screener.views.access import PersonalRequest, logged_in, staff_only
from screener.views.data.refreshes import queue_is_gone
from screener.views.desk.undo import offer_undo
from screener.views.desk.watchlist_table import own_watchlist, watchlist_page

CHOICE = "choice-"
TAKEN = frozenset({LineOutcome.FOUND, LineOutcome.LISTED})
"""What a line may be whose levels and note count."""
DONE = frozenset({LineOutcome.FOUND, LineOutcome.LISTED, LineOutcome.REPEATED})


@require_POST
@logged_in
def paste(request: PersonalRequest, pk: int) -> HttpResponse:
    """Add what the text names; with `check` only say what that is, with `fetch` ask for an asset first.

    The text stays until all of it is on the list.
    """
    shown = own_watchlist(request, pk)
    pasted = read_pasted(request.POST.get("text", ""))
    if "fetch" in request.POST:
        return _fetch(request, shown, pasted)
    checked = _checked(request, shown, pasted)
    if "check" in request.POST or request.htmx:
        return _answer(request, shown, pasted, checked)
    return _add(request, shown, pasted, checked)


@require_POST
@logged_in
def undo_paste(request: PersonalRequest, pk: int) -> HttpResponse:
    shown = own_watchlist(request, pk)
    if take_back(watchlist=shown, text=request.POST.get("undo", "")):
        messages.success(request, _("What was added is off the list again."))
    else:
        messages.warning(request, _("There is nothing to take back."))
    return redirect(shown)


def _checked(request: PersonalRequest, shown: Watchlist, pasted: PastedText) -> list[CheckedLine]:
    chosen = {
        name.removeprefix(CHOICE): request.POST[name] for name in request.POST if name.startswith(CHOICE)
    }
    watched = set(shown.entries.order_by().values_list("asset_id", flat=True))
    checked = check_pasted(pasted.lines, watched=watched, chosen=chosen)
    return [_with_levels(each, pasted) for each in checked]


def _with_levels(one: CheckedLine, pasted: PastedText) -> CheckedLine:
    """A line whose target or stop can't be read is invalid: half of it is not what was meant."""
    for level in ("target", "stop"):
        try:
            _price(getattr(one.line, level), pasted)
        except forms.ValidationError as error:
            problem = f"{getattr(one.line, level)[:40]}: {error.messages[0]}"
            return replace(one, outcome=LineOutcome.INVALID, problem=problem)
    return one


def _price(text: str, pasted: PastedText) -> Decimal | None:
    return LevelField(decimal_comma=pasted.decimal_comma).clean(text)


def _add(
    request: PersonalRequest, shown: Watchlist, pasted: PastedText, checked: list[CheckedLine]
) -> HttpResponse:
    additions = [
        Addition(
            asset_id=each.asset.asset_id,
            target_usd=_price(each.line.target, pasted),
            stop_usd=_price(each.line.stop, pasted),
            note=each.line.note,
        )
        for each in checked
        if each.asset is not None and each.outcome in TAKEN
    ]
    try:
        undo = add_assets(watchlist=shown, additions=additions)
    except ListFullError as refusal:
        return _answer(request, shown, replace(pasted, problem=str(refusal)), checked)
    if any(undo[each] for each in ("entries", "levels", "notes")):
        _say_added(request, shown, undo)
    if checked and all(each.outcome in DONE for each in checked):
        if not undo["entries"] and not undo["levels"]:
            messages.info(request, _("All of it is on the list already."))
        return redirect(shown)
    listed = [_listed(each) for each in checked]
    return _answer(request, shown, pasted, listed, is_added=True)


def _listed(one: CheckedLine) -> CheckedLine:
    return replace(one, outcome=LineOutcome.LISTED) if one.is_added else one


def _say_added(request: PersonalRequest, shown: Watchlist, undo: Any) -> None:
    count = len(undo["entries"])
    text = ngettext("%(n)s asset was added.", "%(n)s assets were added.", count) % {"n": count}
    if not count:
        text = _("Targets, stops and notes were set.")
    offer_undo(request, text, address=reverse("watchlist_paste_undo", args=[shown.pk]), undo=signed(undo))


def _answer(
    request: PersonalRequest,
    shown: Watchlist,
    pasted: PastedText,
    checked: list[CheckedLine],
    *,
    is_added: bool = False,
) -> HttpResponse:
    context = {
        "text": request.POST.get("text", ""),
        "problem": localized(pasted.problem) if pasted.problem else "",
        "is_empty": not (checked or pasted.problem),
        "lines": [(each, _problem(each), _fetch_word(each)) for each in checked],
        "left": sum(each.outcome not in DONE for each in checked),
        "ready": sum(each.outcome is LineOutcome.FOUND for each in checked),
        "is_added": is_added,
    }
    if request.htmx:
        return render(request, "desk/watchlists/_checked.html", {"pasted": context, "watchlist": shown})
    return watchlist_page(request, shown, pasted=context)


def _problem(one: CheckedLine) -> str:
    return localized(one.problem) if one.problem else ""


# Fetching ---------------------------------------------------------------------------------


def _fetch_word(one: CheckedLine) -> str:
    """What a source can be asked by: an address on a chain that is said, or the only chain it can be on."""
    identifiers = one.line.reference.identifiers
    if one.outcome is not LineOutcome.UNKNOWN or len(identifiers) != 1:
        return ""
    namespace, value = identifiers[0]
    return f"{namespace.removeprefix('address:')}:{value}" if namespace.startswith("address:") else ""


@staff_only
def _fetch(request: PersonalRequest, shown: Watchlist, pasted: PastedText) -> HttpResponse:
    """Order the asset from a source; the text stays for when it is there."""
    reference = read_reference(request.POST["fetch"])
    try:
        if len(reference.identifiers) != 1:
            raise RefreshRefusedError("No source without a key can be asked by this address.")
        run = fetch_unknown(reference.identifiers[0], user=request.user)
    except RefreshRefusedError as refusal:
        messages.error(request, localized(str(refusal)))
    except QueueError as error:
        messages.warning(request, queue_is_gone(error))
    else:
        text = _("%(address)s is asked for (run %(run)s). Press Add again in a moment.")
        messages.success(request, text % {"address": request.POST["fetch"][:80], "run": run.pk})
    return _answer(request, shown, pasted, _checked(request, shown, pasted))
