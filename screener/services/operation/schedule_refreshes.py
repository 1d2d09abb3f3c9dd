"""Scheduler, its interest: what people watch and screen, and what is open of it, decides what comes next."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from assets.metrics.family import SCREENED, WATCHED
from assets.models import RefreshRun
from assets.services.refreshing import schedule
from assets.sourcing.contract import Provider
from screener.checklist import CRITERIA, State
from screener.models import Scorecard, WatchlistEntry
from screener.services.evidence.answer_sources import sources_of
from screener.services.operation.remove_sandbox import SANDBOX, is_sandbox_removed
from screener.services.screening.match_screens import screened_asset_ids


def interest_in_assets() -> dict[int, int]:
    """By asset the tier of interest: what stands on anybody's watchlist, then what saved screens find."""
    watched = WatchlistEntry.objects.order_by().values_list("asset_id", flat=True).distinct()
    return dict.fromkeys(screened_asset_ids(), SCREENED) | dict.fromkeys(watched, WATCHED)


def schedule_refreshes(*, now: datetime | None = None) -> list[RefreshRun]:
    """Start the refreshes that are due at the providers that may be asked without a person's order."""
    wanted = settings.ASSAY_REFRESH
    if is_sandbox_removed():
        wanted = [each for each in wanted if each != SANDBOX]
    names = schedule.automatic(wanted)
    return schedule.schedule_runs(
        names, interest=interest_in_assets(), now=now or timezone.now(), open_shares=open_shares
    )


def open_shares(vendor: Provider, asset_ids: Collection[int]) -> Mapping[tuple[int, str], float]:
    """Which part of the checklist each family of this provider could answer, by asset and family: what is
    unknown or stale of what was asked, by weight. An asset without a scorecard has everything open."""
    families = _families_by_criterion(vendor)
    cards = Scorecard.objects.latest_of_each_asset().filter(asset__in=asset_ids)
    findings = dict(cards.values_list("asset_id", "findings"))
    shares: dict[tuple[int, str], float] = defaultdict(float)
    for asset_id in asset_ids:
        if asset_id not in findings:
            shares |= {(asset_id, family): 1.0 for family in vendor.families}
            continue
        asked = {
            each["criterion"]: each["state"] == State.UNKNOWN or each["stale"]
            for each in findings[asset_id]
            if each["criterion"] in CRITERIA and each["state"] != State.NOT_APPLICABLE
        }
        all_weight = sum(CRITERIA[each].weight for each in asked)
        for criterion, is_open in asked.items():
            for family in families.get(criterion, ()) if is_open else ():
                shares[asset_id, family] += CRITERIA[criterion].weight / max(all_weight, 1)
    return shares


def _families_by_criterion(vendor: Provider) -> Mapping[str, frozenset[str]]:
    """By criterion the families to ask this provider for."""
    return {
        criterion.id: frozenset(source.asked_for)
        for criterion in CRITERIA.values()
        for kind in criterion.kinds
        for source in sources_of(criterion, kind)
        if source.name == vendor.name
    }
