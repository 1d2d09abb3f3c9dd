"""`manage.py market`: work the market history out now, instead of waiting for the task."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from screener.models import MarketDay
from screener.services.market.work_out_market import work_out_market


class Command(BaseCommand):
    help = "Work out the days of the Market page that are due; the scheduler does so every six hours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="every day of two years, not only those due")

    def handle(self, **options: Any) -> None:
        since = timezone.now()
        steps = 0
        while work_out_market(since=since, now=timezone.now(), everything=options["all"]):
            steps += 1
            self.stdout.write(
                f"{steps}: {MarketDay.objects.filter(known_at__gte=since).count():,} rows written"
            )
        self.stdout.write(f"Done: {MarketDay.objects.count():,} days of groups are stored.")
