"""Visits of an asset: since when what is new to a person is new, and that they have looked.

A look within an hour of the beginning of a visit belongs to it: whoever loads a page again is still told what
is new since the visit before.
"""

from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db import OperationalError
from django.db.models import F, Q

from assets.models import Asset
from screener.models import AssetVisit
from screener.models.owned import Person

log = structlog.get_logger(__name__)

ONE_VISIT: Final = timedelta(hours=1)


def visit(*, user: Person, asset: Asset, now: datetime) -> datetime | None:
    """Note that this person looks at the asset; when the visit before this one began, None at the first.

    Nothing is written of a stranger. A database that can't be written to just now is no reason to show
    nothing: the page comes as it would for the first visit.
    """
    if not user.is_authenticated:
        return None
    own = AssetVisit.objects.of(user).filter(asset=asset)
    last = own.first()
    if last is not None and not _is_over(last, now):
        return last.before_at
    try:
        if last is None:
            visits = [AssetVisit(owner_id=user.pk, asset=asset, began_at=now)]
            AssetVisit.objects.bulk_create(visits, ignore_conflicts=True)
            return None
        # Of two tabs at once one begins the visit; the other finds it begun and leaves it as it is.
        over = Q(began_at__lte=now - ONE_VISIT) | Q(began_at__gt=now)
        own.filter(over).update(before_at=F("began_at"), began_at=now)
    except OperationalError:
        log.exception("a visit could not be noted", asset_id=asset.pk)
    return None if last is None else last.began_at


def _is_over(last: AssetVisit, now: datetime) -> bool:
    """Also one that a clock that was set back has left in the future."""
    return not now - ONE_VISIT < last.began_at <= now
