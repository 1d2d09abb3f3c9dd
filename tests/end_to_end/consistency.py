"""Consistency of a database after kills: what is lost, what is there twice, what was not judged.

Runs within `manage.py shell`, beside the installation that was killed.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Sum
from django.utils import timezone

from assets.models import Asset, FactRow, Observation, RefreshRun, RefreshStep
from assets.services.reading.facts import facts_of
from assets.services.refreshing.reparse import kept_answers, reparse_answers
from assets.services.refreshing.runs import start_run
from screener.models import Case, Note, Scorecard, UnscoredAsset, Watchlist
from screener.services.scoring.sector_medians import with_sector_medians
from screener.services.scoring.write_scorecards import cards_of

BEGUN = datetime(2000, 1, 1, tzinfo=UTC)
STATES = RefreshStep.State


def order_everything(families: list[str]) -> list[str]:
    """Start a run of each family of the sandbox; gives the addresses of some assets."""
    for family in families:
        start_run(provider="sandbox", family=family)
    return list(Asset.objects.values_list("slug", flat=True)[:20])


def is_at_rest() -> bool:
    """Whether every run is over and everything is judged."""
    running = RefreshRun.objects.filter(state=RefreshRun.State.RUNNING)
    return not running.exists() and not RefreshStep.objects.filter(unscored=True).exists()


def waiting_problems() -> list[str]:
    """Of which providers a step waits because of something, which it says."""
    waiting = RefreshStep.objects.filter(state=STATES.WAITING).exclude(problem="")
    return sorted(set(waiting.values_list("run__provider", flat=True)))


def faults() -> dict[str, list[Any]]:
    """By kind of fault what it was found in; nothing is listed of a database that is whole."""
    found: dict[str, list[Any]] = {
        "steps that failed": list(
            RefreshStep.objects.filter(state=STATES.FAILED).values_list("pk", "problem")
        ),
        "steps without end": list(RefreshStep.objects.filter(state=STATES.WAITING).values_list("pk")),
        "steps without one answer": _without_one_answer(),
        "answers without a step": list(
            Observation.objects.exclude(pk__in=RefreshStep.objects.values("observation")).values_list("pk")
        ),
        "runs that count wrong": _runs_that_count_wrong(),
        "facts there twice": list(_twice()),
        "facts that no run stored": _uncounted_facts(),
        "facts that were lost": _lost_facts(),
        "assets not judged": list(UnscoredAsset.objects.values_list("asset_id", "reason")),
        "assets not judged by their newest facts": list(_badly_judged()),
        "cards there twice": list(_cards_twice()),
        "cases there twice": list(
            Case.objects.values("scorecard", "horizon_days").annotate(n=Count("pk")).filter(n__gt=1)
        ),
        "the database file": _damage(),
    }
    return {name: each[:5] for name, each in found.items() if each}


def newest_cards() -> list[Any]:
    """Of each asset its id, its address and its newest card."""
    cards = Scorecard.objects.all().latest_of_each_asset().order_by("asset_id")
    return list(cards.values_list("asset_id", "asset__slug", "pk"))


def newest_moments() -> list[str]:
    """When the newest answer came and when the newest card was made, in UTC."""
    moments = (Observation.objects.latest("pk").known_at, Scorecard.objects.latest("pk").scored_at)
    return [each.astimezone(UTC).isoformat() for each in moments]


def stored_text(table: str, column: str, pk: int) -> str:
    """What stands in a column, as text."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT CAST({column} AS text) FROM {table} WHERE id = %s", [pk])  # noqa: S608
        return str(cursor.fetchone()[0])


def sizes() -> dict[str, int]:
    """How much there is that could have been lost."""
    return {
        "runs": RefreshRun.objects.count(),
        "steps": RefreshStep.objects.count(),
        "facts": sum(model._default_manager.count() for model in FactRow.__subclasses__()),
        "scorecards": Scorecard.objects.count(),
    }


def kept_by_people() -> dict[str, list[Any]]:
    """What people have made, each as often as it is there."""
    return {
        "notes": list(Note.objects.values_list("body", flat=True)),
        "watchlists": list(Watchlist.objects.values_list("name", flat=True)),
        "runs": list(RefreshRun.objects.filter(started_by__isnull=False).values_list("pk", flat=True)),
    }


def _without_one_answer() -> list[Any]:
    done = RefreshStep.objects.filter(state=STATES.DONE)
    shared = done.values("observation").annotate(n=Count("pk")).filter(n__gt=1)
    return [*done.filter(observation=None).values_list("pk"), *shared.values_list("observation", "n")]


def _runs_that_count_wrong() -> list[Any]:
    wrong = []
    for run in RefreshRun.objects.all():
        ended = [run.steps.filter(state=state).count() for state in (STATES.DONE, STATES.FAILED)]
        told = [run.steps_done, run.steps_failed]
        if told != ended or run.steps_total != run.steps.count() or not run.is_over:
            wrong.append((run.pk, run.state, told, ended, run.steps_total))
    return wrong


def _twice() -> Iterable[Any]:
    """Rows of one provider that say the same of the same moment."""
    for model in FactRow.__subclasses__():
        own = {"id", "observation", "known_at"}
        plain = [each for each in model._meta.concrete_fields if each.name not in own]
        names = [each.name for each in plain if each.get_internal_type() != "JSONField"]
        twice = model._default_manager.order_by().values(*names).annotate(n=Count("pk")).filter(n__gt=1)
        yield from ((model.__name__, each["asset"], each["n"]) for each in twice)


def _uncounted_facts() -> list[Any]:
    stored = sizes()["facts"]
    counted = RefreshRun.objects.aggregate(rows=Sum("rows_stored"))["rows"] or 0
    return [] if stored == counted else [(stored, counted)]


def _lost_facts() -> list[Any]:
    """Answers whose body says something that is not stored."""
    providers = Observation.objects.order_by().values_list("provider", flat=True).distinct()
    with transaction.atomic():  # What was lost is stored by it, and shall be found again.
        read = [
            each
            for provider in list(providers)
            for each in reparse_answers(kept_answers(provider=provider, since=BEGUN), now=timezone.now())
        ]
        transaction.set_rollback(True)
    return [(each.observation.pk, each.rows, each.problem) for each in read if each.rows or each.problem]


def _badly_judged() -> Iterable[Any]:
    """Assets whose newest card does not rest on what is known of them now."""
    newest: Mapping[int, Scorecard] = {
        card.asset_id: card for card in Scorecard.objects.all().latest_of_each_asset()
    }
    facts = with_sector_medians(
        facts_of(list(Asset.objects.values_list("pk", flat=True)), now=timezone.now())
    )
    for card in cards_of(facts, position_usd=settings.ASSAY_POSITION_USD):
        found = newest.get(card.asset_id)
        if found is None or list(found.observations) != list(card.observations):
            yield card.asset_id, found and found.pk


def _cards_twice() -> Iterable[Any]:
    cards = Scorecard.objects.order_by("asset_id", "pk").values_list("asset_id", "digest", "pk")
    return ((old[2], new[2]) for old, new in pairwise(cards) if old[:2] == new[:2])


def _damage() -> list[Any]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return [row for row in cursor.fetchall() if row != ("ok",)]
