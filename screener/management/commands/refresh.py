"""`manage.py refresh`: ask providers for facts through the real jobs, and watch them arrive."""

import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from assets.metrics.families import FAMILY_NAMES
from assets.models import Asset, RefreshRun
from assets.providers import PROVIDERS
from assets.services.refreshing.runs import RefreshRefusedError, start_run
from assets.sourcing.rows import Identifier
from screener.supervisor import local_services
from screener.words.runs import run_failed, run_progress, run_state, run_title

POLL_S = 0.5


class Command(BaseCommand):
    help = "Refresh facts: of one provider (all its families, or one), of one family at all, or --all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--provider", help="one of: " + ", ".join(each.name for each in PROVIDERS))
        parser.add_argument("--family", help="one of: " + ", ".join(FAMILY_NAMES))
        parser.add_argument("--all", action="store_true", help="all families at all providers")
        parser.add_argument("--asset", metavar="SLUG", help="only this asset")
        parser.add_argument("--limit", type=_positive, help="at most this many assets")
        parser.add_argument("--wait", action="store_true", help="show progress until the facts are scored")

    def handle(self, **options: Any) -> None:
        wanted = list(_wanted(options["provider"], options["family"], everything=options["all"]))
        identifiers = _identifiers(options["asset"]) if options["asset"] else None
        outcomes = []
        with local_services() if options["wait"] else nullcontext():
            # What walks bring is asked about asset by asset, and what is filed is read; all side by side.
            for phase in sorted({_phase(*each) for each in wanted}):
                runs = [
                    self._start(provider, family, identifiers, options["limit"])
                    for provider, family in wanted
                    if _phase(provider, family) == phase
                ]
                started = [run for run in runs if run is not None]
                # That a provider can't be asked is an error only where it was asked for by name.
                outcomes += [options["all"]] * (len(runs) - len(started))
                outcomes += [self._watch(run) if options["wait"] else True for run in started]
        if not all(outcomes):
            raise CommandError("Not everything was refreshed; the lines above and the Data page say what.")

    def _start(
        self, provider: str, family: str, identifiers: tuple[Identifier, ...] | None, limit: int | None
    ) -> RefreshRun | None:
        try:
            run = start_run(provider=provider, family=family, identifiers=identifiers, limit=limit)
        except RefreshRefusedError as refusal:
            self.stderr.write(f"{provider} {family}: {refusal}")
            return None
        self.stdout.write(f"Run {run.pk}: {run_title(run)} from {run.base_url}")
        return run

    def _watch(self, run: RefreshRun) -> bool:
        """Follow the run until it is over; says how it ended."""
        with tqdm(total=run.steps_total, unit="call", desc=run_title(run)) as bar:
            while True:
                run.refresh_from_db()
                bar.total = run.steps_total
                bar.set_postfix(rows=run.rows_stored, scored=run.assets_scored, failed=run.steps_failed)
                bar.update(run.steps_ended - bar.n)
                if run.is_over:
                    break
                time.sleep(POLL_S)
        calls = ", ".join(filter(None, (run_progress(run), run_failed(run))))
        self.stdout.write(
            f"Run {run.pk} {run_state(run)}: {calls}, "
            f"{run.rows_stored:,} rows, {run.rows_rejected:,} rejected, {run.assets_scored:,} scores."
        )
        if run.problem:
            self.stderr.write(run.problem)
        return run.state == RefreshRun.State.DONE


def _wanted(provider: str | None, family: str | None, *, everything: bool) -> Iterable[tuple[str, str]]:
    """The pairs that the options name, families in the order in which they build on each other."""
    if everything == bool(provider or family):
        raise CommandError("Say what to refresh: --provider NAME, --family NAME, both, or --all.")
    names = [each.name for each in PROVIDERS]
    if provider and provider not in names:
        raise CommandError(f"There is no provider {provider!r}; there are: {', '.join(names)}.")
    if family and family not in FAMILY_NAMES:
        raise CommandError(f"There is no family {family!r}; there are: {', '.join(FAMILY_NAMES)}.")
    pairs = [
        (each.name, known)
        for each in PROVIDERS
        for known in FAMILY_NAMES
        if known in each.families and provider in (None, each.name) and family in (None, known)
    ]
    if not pairs:
        has = ", ".join(next(each.families for each in PROVIDERS if each.name == provider))
        raise CommandError(f"{provider} has no {family}; it has: {has}.")
    return pairs


def _phase(provider: str, family: str) -> int:
    """0: the provider's universe; 1: what is asked asset by asset; 2: what is read from filed documents."""
    vendor = next(each for each in PROVIDERS if each.name == provider)
    return (family in vendor.per_asset) + (family in vendor.reads_documents)


def _identifiers(slug: str) -> tuple[Identifier, ...]:
    asset = Asset.objects.at_address(slug).first()
    if asset is None:
        raise CommandError(f"There is no asset {slug!r}; its name is the last part of its page's address.")
    return asset.names


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
