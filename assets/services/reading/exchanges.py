"""Exchanges of an asset: those of which it has a code, and those that have taken it back lately."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, FilteredRelation, Q, QuerySet

from assets.identity.venues import CURRENCY
from assets.models import Asset
from assets.providers import listing_namespaces

LATELY: Final = timedelta(days=365)
"""What an exchange did longer ago is history (our judgement)."""


def with_exchanges(wanted: QuerySet[Asset], *, now: datetime) -> QuerySet[Any]:
    """The assets with `exchanges`, `delistings` and `listings`: by how many registers and exchanges somebody
    knows them. In one query with a join: a subquery for each asset takes PostgreSQL seconds where it has no
    statistics yet.

    A code ends when its exchange no longer trades it: it has left the list of pairs, or none of its pairs is
    open (Binance's BREAK). A code that was only replaced by another of that exchange counts as listed.
    """
    listing = Q(identifiers__namespace__in=sorted(listing_namespaces()))
    listed_by = FilteredRelation(
        "identifiers", condition=listing | Q(identifiers__namespace__startswith=CURRENCY)
    )
    is_code, is_valid = Q(listed_by__namespace__startswith=CURRENCY), Q(listed_by__valid_until__isnull=True)
    has_ended = Q(listed_by__valid_until__gt=now - LATELY, listed_by__valid_until__lte=now)
    return wanted.annotate(listed_by=listed_by).annotate(
        exchanges=_namespaces(is_code & is_valid),
        delistings=_namespaces(is_code & (is_valid | has_ended)) - _namespaces(is_code & is_valid),
        listings=_namespaces(is_valid),
    )


def _namespaces(which: Q) -> Count:
    return Count("listed_by__namespace", filter=which, distinct=True)
