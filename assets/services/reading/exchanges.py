"""Exchanges of an asset: those of which it has a code, and those that have taken it back lately."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from assets.identity.venues import CURRENCY
from assets.models import Asset, AssetIdentifier

LATELY: Final = timedelta(days=365)
"""What an exchange did longer ago is history (our judgement)."""


def with_exchanges(wanted: QuerySet[Asset], *, now: datetime) -> QuerySet[Any]:
    """The assets with `exchanges` and `delistings`, None for none.

    A code ends when its exchange no longer trades it: it has left the list of pairs, or none of its pairs is
    open (Binance's BREAK). A code that was only replaced by another of that exchange counts as listed.
    """
    codes = AssetIdentifier.objects.filter(asset=OuterRef("pk"), namespace__startswith=CURRENCY)
    same = AssetIdentifier.objects.valid().filter(asset=OuterRef("asset"), namespace=OuterRef("namespace"))
    ended = codes.filter(valid_until__gt=now - LATELY, valid_until__lte=now).exclude(Exists(same))
    return wanted.annotate(exchanges=_number_of(codes.valid()), delistings=_number_of(ended))


def _number_of(codes: QuerySet[AssetIdentifier]) -> Subquery:
    one_an_asset = codes.order_by().values("asset").annotate(number=Count("namespace", distinct=True))
    return Subquery(one_an_asset.values("number"))
