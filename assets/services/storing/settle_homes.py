"""Home of an asset with several contracts: its chain follows the rule of `identity.home`, in any order."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import F

from assets.identity.home import Contract, home_of
from assets.models import Asset, AssetIdentifier
from assets.services.reading.rows import Among
from assets.services.storing.end_names import CONTRACTS


def settle_homes(asset_ids: Collection[int], *, homes: Mapping[int, str], known_at: datetime) -> None:
    """Set the chain of assets whose contracts have changed, or whose home a register says (`homes`)."""
    concerned = sorted({*asset_ids, *homes})
    if not concerned:
        return
    rows: dict[int, list[AssetIdentifier]] = defaultdict(list)
    contracts = AssetIdentifier.objects.valid().filter(namespace__startswith=CONTRACTS)
    for row in contracts.filter(Among(F("asset_id"), concerned)).order_by("pk"):
        rows[row.asset_id].append(row)
    changed = []
    for asset in Asset.objects.filter(pk__among=concerned):
        own = rows[asset.pk]
        _call_home(own, homes.get(asset.pk, ""), known_at)
        home = home_of([contract_of(each) for each in own], moment=known_at)
        if home and home.chain != asset.chain:
            asset.chain = home.chain
            changed.append(asset)
    Asset.objects.bulk_update(changed, ["chain"], batch_size=500)


def contract_of(row: AssetIdentifier) -> Contract:
    return Contract(
        chain=row.namespace.removeprefix(CONTRACTS),
        address=row.value,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        home_since=row.home_since,
        alone_until=row.alone_until,
    )


def _call_home(rows: Collection[AssetIdentifier], chain: str, known_at: datetime) -> None:
    """Remember that a register calls this chain the home, unless it is the last word anyway."""
    called = max((each.home_since for each in rows if each.home_since), default=None)
    for row in rows:
        is_last = row.home_since is not None and row.home_since == called
        if row.namespace == CONTRACTS + chain and not is_last:
            row.home_since = known_at
            row.save(update_fields=["home_since"])
