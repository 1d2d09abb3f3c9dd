"""Scheduler, its interest: what people watch and screen decides what is refreshed next."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from assets.metrics.family import SCREENED, WATCHED
from assets.models import RefreshRun
from assets.services.refreshing import schedule
from screener.models import WatchlistEntry
from screener.services.screening.match_screens import screened_asset_ids


def interest_in_assets() -> dict[int, int]:
    """By asset the tier of interest: what stands on anybody's watchlist, then what saved screens find."""
    watched = WatchlistEntry.objects.order_by().values_list("asset_id", flat=True).distinct()
    return dict.fromkeys(screened_asset_ids(), SCREENED) | dict.fromkeys(watched, WATCHED)


def schedule_refreshes(*, now: datetime | None = None) -> list[RefreshRun]:
    """Start the refreshes that are due at the providers that may be asked without a person's order."""
    names = schedule.automatic(settings.ASSAY_REFRESH)
    return schedule.schedule_runs(names, interest=interest_in_assets(), now=now or timezone.now())
