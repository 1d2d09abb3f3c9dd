"""Addresses stored before each had one writing: rewritten, and the assets merged that two writings had made.

`manage.py rewrite_addresses` does it once; after it nothing is left to do.
"""

from dataclasses import dataclass, field
from typing import Final

import structlog
from django.db import transaction
from django.utils import timezone

from assets.identity.chains import address_on, known_chain
from assets.models import Asset, AssetIdentifier
from assets.services.storing.end_names import CONTRACTS
from assets.services.storing.mark_lookalikes import mark_lookalikes
from assets.services.storing.merge_assets import known_assets, merge_into
from assets.sourcing.rows import Identifier

log = structlog.get_logger(__name__)

HOUSE: Final = "assay"


@dataclass(slots=True)
class Rewritten:
    """How many names and chains were written anew; which assets were merged, by id of the one that is gone;
    which were not, because they contradict each other."""

    names: int = 0
    chains: int = 0
    merged: dict[int, int] = field(default_factory=dict)
    apart: list[tuple[int, int]] = field(default_factory=list)


@transaction.atomic
def rewrite_addresses() -> Rewritten:
    """Give each stored contract and chain the one writing that all doors use."""
    done = Rewritten()
    for row in AssetIdentifier.objects.filter(namespace__startswith=CONTRACTS).order_by("pk"):
        written = _written(row)
        if written == (row.namespace, row.value):
            continue
        done.names += 1
        other = _other(written, row)
        if other is None:
            row.namespace, row.value = written
            row.save(update_fields=["namespace", "value"])
        elif other.asset_id == row.asset_id:
            row.delete()
        else:
            _join(row, other, done)
    for chain in Asset.objects.order_by().values_list("chain", flat=True).distinct():
        ours = known_chain(chain) if chain else ""
        if ours not in {"", chain}:
            done.chains += Asset.objects.filter(chain=chain).update(chain=ours)
    mark_lookalikes([*done.merged.values()])
    return done


def _written(row: AssetIdentifier) -> Identifier:
    """As it is written now; what can't be read stays as it is."""
    try:
        return address_on(row.namespace.removeprefix(CONTRACTS), row.value)
    except ValueError:
        return row.namespace, row.value


def _other(name: Identifier, row: AssetIdentifier) -> AssetIdentifier | None:
    """Who has this name already, where both are valid."""
    if row.valid_until is not None:
        return None
    valid = AssetIdentifier.objects.valid().exclude(pk=row.pk)
    return valid.filter(namespace=name[0], value=name[1]).first()


def _join(row: AssetIdentifier, other: AssetIdentifier, done: Rewritten) -> None:
    """Two assets of one contract are one, the younger is merged into the older; unless other names differ."""
    gone, stays = max(row.asset_id, other.asset_id), min(row.asset_id, other.asset_id)
    known = known_assets([gone, stays])
    of_contract = {(row.namespace, row.value), (other.namespace, other.value)}
    first, second = (dict(known[each].identifiers - of_contract) for each in (gone, stays))
    differ = [
        namespace for namespace in first.keys() & second.keys() if first[namespace] != second[namespace]
    ]
    if differ or known[gone].kind != known[stays].kind or known[gone].fictional != known[stays].fictional:
        log.warning("identity_contradicted", asset=stays, other=gone, identifier=":".join(_written(other)))
        row.valid_until = timezone.now()
        row.save(update_fields=["valid_until"])
        done.apart.append((gone, stays))
        return
    row.delete()
    merge_into({gone: stays}, provider=HOUSE, known_at=timezone.now())
    done.merged[gone] = stays
