"""Validity of what was said under a name: whether it is still said of the asset in question.

A provider that knows assets by their contracts only speaks of the contract it was asked about. Once another
contract speaks for the asset (it moved, or its home turned out to be elsewhere), what was said before is
another token's. Pools and books end by rows of their own (`storing.end_places`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

import orjson
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, F

from assets.identity.home import Contract, speaks_since
from assets.models import AssetIdentifier
from assets.providers import PROVIDERS
from assets.services.reading.rows import Among

ADDRESS: Final = "address:"

Since = Mapping[int, datetime]
"""By asset since when the contract that speaks for it has done so; only of those that had another before."""


def still_said_sql(
    connection: BaseDatabaseWrapper, since: Since, asset: str, provider: str, known_at: str
) -> tuple[str, list[Any]]:
    """Whether a row of these columns is about no contract that no longer speaks for its asset."""
    by_contract = list(asked_by_contract())
    moments = [connection.ops.adapt_datetimefield_value(each) for each in since.values()]
    if connection.vendor == "sqlite":
        pairs = orjson.dumps([list(each) for each in zip(since, moments, strict=True)]).decode()
        outdated = (
            f"{provider} IN (SELECT value FROM json_each(%s)) AND EXISTS"  # noqa: S608 - our own names
            f" (SELECT 1 FROM json_each(%s) o WHERE json_extract(o.value, '$[0]') = {asset}"
            f" AND {known_at} < json_extract(o.value, '$[1]'))"
        )
        return f"NOT ({outdated})", [orjson.dumps(by_contract).decode(), pairs]
    outdated = (
        f"{provider} = ANY(%s::text[]) AND EXISTS (SELECT 1 FROM"  # noqa: S608 - our own names
        f" unnest(%s::bigint[], %s::timestamptz[]) o(asset, moment)"
        f" WHERE o.asset = {asset} AND {known_at} < o.moment)"
    )
    return f"NOT ({outdated})", [by_contract, list(since), moments]


@cache
def asked_by_contract() -> tuple[str, ...]:
    """The providers that know assets by nothing but their contracts."""
    return tuple(
        each.name
        for each in PROVIDERS
        if each.namespaces and all(namespace.startswith(ADDRESS) for namespace in each.namespaces)
    )


def contracts_since(asset_ids: Sequence[int], moment: datetime) -> Since:
    """Of these assets those whose contract was another one before."""
    every = AssetIdentifier.objects.filter(Among(F("asset_id"), asset_ids), namespace__startswith=ADDRESS)
    several = every.values("asset").alias(contracts=Count("pk")).filter(contracts__gt=1)
    names = every.filter(asset__in=several)
    contracts: dict[int, list[Contract]] = defaultdict(list)
    fields = ("namespace", "value", "valid_from", "valid_until", "home_since", "alone_until")
    for asset_id, namespace, value, valid_from, valid_until, home_since, alone_until in names.order_by(
        "pk"
    ).values_list("asset_id", *fields):
        contracts[asset_id].append(
            Contract(
                chain=namespace.removeprefix(ADDRESS),
                address=value,
                valid_from=valid_from,
                valid_until=valid_until,
                home_since=home_since,
                alone_until=alone_until,
            )
        )
    found = {asset_id: speaks_since(each, moment=moment) for asset_id, each in contracts.items()}
    return {asset_id: since for asset_id, since in found.items() if since is not None}
