"""`manage.py rewrite_addresses`: give stored contracts their one writing; merge what two writings made."""

from typing import Any

from django.core.management.base import BaseCommand

from assets.services.storing.rewrite_addresses import rewrite_addresses
from screener.services.scoring.score_assets import score_assets


class Command(BaseCommand):
    help = "Write the stored contracts and chains in the one way that all answers are read; merge duplicates."

    def handle(self, **_options: Any) -> None:
        done = rewrite_addresses()
        score_assets(sorted({*done.merged.values()}))
        self.stdout.write(
            f"{done.names} contracts and {done.chains} chains written anew, {len(done.merged)} assets merged."
        )
        for gone, stays in done.apart:
            self.stderr.write(
                f"Assets {gone} and {stays} have one contract and contradict each other otherwise."
            )
