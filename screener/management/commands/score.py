"""`manage.py score`: judge assets by what is known, now or at an earlier moment."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from assets.models import Asset
from screener.checklist import State
from screener.management.moments import moment
from screener.models import Scorecard, UnscoredAsset
from screener.services.scoring.score_assets import judge_as_of, score_batches
from screener.services.scoring.write_scorecards import Card

JSON_FIELDS = (
    *("checklist_version", "total", "total_low", "total_high", "coverage", "grade", "tier", "label"),
    *("gates_open", "gates_unverified", "dimensions", "findings", "figures", "context", "observations"),
)
JSON_MOMENTS = ("scored_at", "as_of", "known_at")


class Command(BaseCommand):
    help = (
        "Score assets by what is known now; a scorecard is stored where something changed. "
        "With --as-of, show what the checklist says by what was known then; nothing is stored."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        wanted = parser.add_mutually_exclusive_group(required=True)
        wanted.add_argument("--all", action="store_true", help="every asset")
        wanted.add_argument("--asset", nargs="+", metavar="SLUG", default=[], help="only these assets")
        parser.add_argument(
            "--as-of", type=moment, metavar="T", help="a moment, like 2026-01-31 or 2026-01-31T12:00Z"
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help=(
                "one line of JSON for each asset; of one that is not rated, `total` is the least "
                "that its answers give it"
            ),
        )

    def handle(self, **options: Any) -> None:
        slugs = _slugs(options["asset"])
        show = self._show_json if options["json"] else self._show
        with tqdm(total=len(slugs), unit="asset", disable=None) as bar:
            if options["as_of"]:
                for cards in judge_as_of(slugs, moment=options["as_of"]):
                    show(cards, slugs)
                    bar.update(len(cards))
                return
            judged = written = 0
            for scored in score_batches(slugs):
                judged += len(scored.cards)
                written += len(scored.written)
                if options["json"] or options["asset"]:
                    show(scored.cards, slugs)
                bar.update(len(scored.cards))
        if not options["json"]:
            self.stdout.write(f"{judged} assets scored, {written} scorecards are new.")
        if judged < len(slugs):
            unscored = UnscoredAsset.objects.filter(asset__in=slugs).values_list("asset__slug", "reason")
            self.stderr.write("\n".join(f"{slug} could not be judged: {reason}" for slug, reason in unscored))

    def _show(self, cards: Iterable[Scorecard | Card], slugs: Mapping[int, str]) -> None:
        for card in cards:
            gates = [f"stop: {each}" for each in card.gates_open]
            gates += [f"unverified: {each}" for each in card.gates_unverified]
            interval = f"{card.total_low:.1f}–{card.total_high:.1f}"
            said = (
                f"NR, not rated ({interval})"
                if card.total is None
                else f"{card.total:.1f} ({interval}), grade {card.grade}"
            )
            self.stdout.write(
                f"{slugs[card.asset_id]}: {said}, coverage {card.coverage:.0%}"
                + "".join(f", {each}" for each in (*gates, *_unanswered(card)))
            )

    def _show_json(self, cards: Iterable[Scorecard | Card], slugs: Mapping[int, str]) -> None:
        for card in cards:
            moments = {name: getattr(card, name) for name in JSON_MOMENTS}
            result = {
                "asset": slugs[card.asset_id],
                **{name: when and when.isoformat() for name, when in moments.items()},
                **{name: getattr(card, name) for name in JSON_FIELDS},
                "rated": card.total is not None,
            }
            if card.total is None:
                result["total"] = card.total_low
            self.stdout.write(json.dumps(result, ensure_ascii=False))


def _unanswered(card: Scorecard | Card) -> list[str]:
    """Of an asset that is not rated, how many of the questions of each dimension have no answer."""
    if card.total is not None:
        return []
    states = [(each["criterion"].partition(".")[0], each["state"]) for each in card.findings]
    asked = Counter(dimension for dimension, state in states if state != State.NOT_APPLICABLE)
    unknown = Counter(dimension for dimension, state in states if state == State.UNKNOWN)
    return [f"unanswered: {name} {unknown[name]} of {asked[name]}" for name in unknown]


def _slugs(wanted: list[str]) -> dict[int, str]:
    """By id the slugs of these assets; of all where none is named."""
    assets = Asset.objects.order_by("pk")
    found = dict((assets.filter(slug__in=wanted) if wanted else assets).values_list("pk", "slug"))
    missing = sorted(set(wanted) - set(found.values()))
    if missing:
        raise CommandError(
            f"There is no asset {', '.join(missing)}; its name is the last part of its page's address."
        )
    return found
