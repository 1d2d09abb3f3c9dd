"""Adding to a watchlist: many assets at once with their levels and notes, and taking all of it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from assets.models import Asset
from screener.models import Note, Watchlist, WatchlistEntry
from screener.services.desk.notes import write_note

MOST_WATCHED: Final = 2_000
"""Assets of one list: its table is sorted whole."""
SALT: Final = "watchlist"

Undo = Mapping[str, Any]
"""What was added: ids of the list, of entries and notes, and the levels that entries had before."""


class ListFullError(Exception):
    """The list would have more assets than it may; the text says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """One asset with what is set beside it; None or "" leaves what there is."""

    asset_id: int
    target_usd: Decimal | None = None
    stop_usd: Decimal | None = None
    note: str = ""


def add_assets(*, watchlist: Watchlist, additions: Sequence[Addition]) -> Undo:
    """Add them in their order, the first of them to stand first, and return what takes it back."""
    by_asset = {each.asset_id: each for each in additions}
    before = {each.asset_id: each for each in watchlist.entries.filter(asset__in=by_asset)}
    new = [asset_id for asset_id in by_asset if asset_id not in before]
    count = watchlist.entries.count() + len(new)
    if count > MOST_WATCHED:
        text = _("The list would have %(count)s assets and may have %(most)s. Start another one.")
        raise ListFullError(text % {"count": f"{count:,}", "most": f"{MOST_WATCHED:,}"})
    levels = {
        each.pk: [_text(each.target_usd), _text(each.stop_usd)]
        for each in before.values()
        if _changes(by_asset[each.asset_id], each)
    }
    with transaction.atomic():
        WatchlistEntry.objects.bulk_create(
            [WatchlistEntry(watchlist=watchlist, asset_id=each) for each in reversed(new)],
            ignore_conflicts=True,
        )
        entries = {each.asset_id: each for each in watchlist.entries.filter(asset__in=by_asset)}
        for asset_id, entry in entries.items():
            _set_levels(entry, by_asset[asset_id])
        notes = _write_notes(watchlist, by_asset)
    return {
        "list": watchlist.pk,
        "entries": [entries[each].pk for each in new if each in entries],
        "levels": levels,
        "notes": notes,
    }


def _changes(addition: Addition, entry: WatchlistEntry) -> bool:
    return any(
        wanted is not None and wanted != now
        for wanted, now in (
            (addition.target_usd, entry.target_usd),
            (addition.stop_usd, entry.stop_usd),
        )
    )


def _set_levels(entry: WatchlistEntry, addition: Addition) -> None:
    if _changes(addition, entry):
        entry.target_usd = entry.target_usd if addition.target_usd is None else addition.target_usd
        entry.stop_usd = entry.stop_usd if addition.stop_usd is None else addition.stop_usd
        entry.save(update_fields=["target_usd", "stop_usd"])


def _write_notes(watchlist: Watchlist, by_asset: Mapping[int, Addition]) -> list[int]:
    """A note that the owner has written of the asset word for word is not written again."""
    said = {each.asset_id: each.note for each in by_asset.values() if each.note}
    mine = Note.objects.of(watchlist.owner).filter(asset__in=said)
    there = set(mine.values_list("asset_id", "body"))
    assets = Asset.objects.in_bulk(list(said))
    return [
        write_note(user=watchlist.owner, asset=assets[asset_id], body=body).pk
        for asset_id, body in said.items()
        if (asset_id, body) not in there
    ]


# Undo -------------------------------------------------------------------------------------


def signed(undo: Undo) -> str:
    """As a form can carry it, so that nobody can make one."""
    return signing.dumps(dict(undo), salt=SALT, compress=True)


def take_back(*, watchlist: Watchlist, text: str) -> bool:
    """Undo what this text stands for; False where it is none of this list. Twice is as good as once."""
    try:
        undo = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return False
    if undo["list"] != watchlist.pk:
        return False
    with transaction.atomic():
        watchlist.entries.filter(pk__in=undo["entries"]).delete()
        for pk, (target, stop) in undo["levels"].items():
            watchlist.entries.filter(pk=int(pk)).update(target_usd=_price(target), stop_usd=_price(stop))
        for note in Note.objects.of(watchlist.owner).filter(pk__in=undo["notes"]):
            note.soft_delete()
    return True


def _text(price_usd: Decimal | None) -> str:
    return "" if price_usd is None else str(price_usd)


def _price(text: str) -> Decimal | None:
    return Decimal(text) if text else None
