"""`manage.py schedule`: what the scheduler requests next, or what keeping everything fresh would cost."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assets.metrics.family import SCREENED, WATCHED
from assets.models import Asset
from assets.providers import PROVIDERS, configured
from assets.scheduling.intervals import Allotment
from assets.services.refreshing.schedule import Interest, forecast
from assets.sourcing.contract import Provider, ProviderError
from screener.services.operation.schedule_refreshes import interest_in_assets, schedule_refreshes

TIER_NAMES = {WATCHED: "watched", SCREENED: "screened"}


class Command(BaseCommand):
    help = "Start what is due, as the scheduler does; with --dry-run tell calls a day and ages instead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="ask nobody; tell what it would cost")
        parser.add_argument("--provider", action="append", help="one of: " + ", ".join(_names()))
        parser.add_argument("--assets", type=int, help="suppose so many assets instead of those known")
        parser.add_argument("--watched", type=int, help="suppose so many on watchlists")
        parser.add_argument("--screened", type=int, help="suppose so many in saved screens")

    def handle(self, **options: Any) -> None:
        if not options["dry_run"]:
            runs = schedule_refreshes()
            self.stdout.write(
                "\n".join(
                    f"Run {run.pk}: {run.provider} {run.family}, {run.steps_total} calls" for run in runs
                )
                or "Nothing is due at " + (", ".join(settings.ASSAY_REFRESH) or "any provider") + "."
            )
            return
        interest = interest_in_assets()
        for name in options["provider"] or _names():
            self._tell(name, interest, **{key: options[key] for key in ("assets", "watched", "screened")})

    def _tell(
        self,
        name: str,
        interest: Interest,
        *,
        assets: int | None,
        watched: int | None,
        screened: int | None,
    ) -> None:
        try:
            vendor = configured(name)
        except ProviderError as error:
            raise CommandError(str(error)) from error
        if watched is None:
            watched = _known_of(vendor, interest, WATCHED)
        if screened is None:
            screened = _known_of(vendor, interest, SCREENED)
        allotments, calls = forecast(vendor, assets=assets, watched=watched, screened=screened)
        used = sum(each.calls_a_day for each in allotments)
        self.stdout.write(f"{vendor.title}: {used:,.0f} of {calls:,.0f} calls a day")
        self.stdout.write(f"  {'family':<14}{'of':<12}{'assets':>9}{'calls a day':>13}{'age':>12}")
        for each in allotments:
            self.stdout.write(_line(each, is_walk=each.demand.tier not in TIER_NAMES))
        unmet = [each for each in allotments if not each.is_met]
        self.stdout.write(
            "  It fits: every family gets what it wishes."
            if not unmet
            else "  It fits the budget. What gets less than it wishes is marked with *; what is asked on "
            "interest waits until somebody watches the asset."
        )


def _known_of(vendor: Provider, interest: Interest, tier: int) -> int:
    """How many of a tier the provider knows."""
    ids = [asset_id for asset_id, its_tier in interest.items() if its_tier == tier]
    known = Asset.objects.filter(pk__among=ids, identifiers__namespace__in=vendor.namespaces)
    return known.distinct().count()


def _line(each: Allotment, *, is_walk: bool) -> str:
    demand = each.demand
    of = "all" if is_walk and demand.assets_a_call > 1 else TIER_NAMES.get(demand.tier, "the rest")
    age = "on interest" if each.age_days is None else _age(each.age_days)
    mark = "" if each.is_met else " *"
    return f"  {demand.family:<14}{of:<12}{demand.assets:>9,}{each.calls_a_day:>13,.1f}{age:>12}{mark}"


def _age(days: float) -> str:
    return f"{days * 24:,.0f} h" if days < 2 else f"{days:,.0f} days"


def _names() -> list[str]:
    return [each.name for each in PROVIDERS]
