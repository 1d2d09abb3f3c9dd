"""Compute past scorecards again from what they are stamped with: the same rules must say the same."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, NamedTuple

import redis
import structlog
from django.utils import timezone

from assets.metrics.facts import frame
from assets.services.reading.facts import facts_of
from screener.cache import Kept
from screener.checklist import CHECKLIST_VERSION
from screener.models import Scorecard
from screener.services.scoring.score_assets import scorecards

log = structlog.get_logger(__name__)

COMPARED: Final = (
    *("total", "total_low", "total_high", "coverage", "grade", "tier", "label"),
    *("gates_open", "gates_unverified", "dimensions", "findings", "figures"),
    *("questioned", "as_of", "known_at", "observations"),
)
"""What must come out the same, to the last binary digit."""

MOST_NAMED: Final = 20
"""So many differing scorecards are named in a report; more would not help whoever reads it."""
ABSENT: Final = "absent"


class Difference(NamedTuple):
    """What one scorecard says and what comes out now; `path` is like `figures.price_usd`."""

    path: str
    stored: Any
    replayed: Any

    def __str__(self) -> str:
        return f"{self.path}: {self.stored!r} was stored, {self.replayed!r} comes out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """One scorecard computed again. `reason` says why it can't be; then nothing was compared."""

    card: Scorecard
    differences: tuple[Difference, ...] = ()
    reason: str = ""

    @property
    def is_same(self) -> bool:
        return not self.reason and not self.differences


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a replayed sample showed; `differing` names at most `MOST_NAMED` scorecards."""

    replayed_at: datetime
    same: int
    different: int
    not_replayable: int
    differing: tuple[int, ...]

    @property
    def compared(self) -> int:
        return self.same + self.different


KEPT_REPORT: Final[Kept[Report]] = Kept("replayed-scorecards", Report)


def replay_scorecards(cards: Iterable[Scorecard]) -> Iterator[Replay]:
    """Replay these one by one: each has a moment, facts and a position of its own."""
    return map(_replay, cards)


def sample(size: int) -> list[Scorecard]:
    """At most `size` scorecards of this version: the newest half, the rest at random from all."""
    stamped = Scorecard.objects.filter(checklist_version=CHECKLIST_VERSION).with_baselines()
    stamped = stamped.exclude(context={}, packed=None)
    newest = list(stamped.order_by("-id")[: (size + 1) // 2])
    if not newest:
        return []
    first = stamped.order_by("id").values_list("id", flat=True)[:1].get()
    drawn = {first + secrets.randbelow(newest[0].pk - first + 1) for _ in range(2 * size)}
    older = stamped.filter(pk__in=drawn - {card.pk for card in newest}).order_by("?")
    return [*newest, *older[: size - len(newest)]]


def replay_sample(size: int) -> Report:
    """Replay a sample, keep the report, and log an error for each scorecard that comes out otherwise."""
    replays = []
    for each in replay_scorecards(sample(size)):
        replays.append(each)
        if each.differences:
            log.error(
                "scorecard does not replay",
                scorecard_id=each.card.pk,
                asset_id=each.card.asset_id,
                differences=[str(difference) for difference in each.differences[:MOST_NAMED]],
            )
    differing = tuple(each.card.pk for each in replays if each.differences)
    report = Report(
        replayed_at=timezone.now(),
        same=sum(each.is_same for each in replays),
        different=len(differing),
        not_replayable=sum(bool(each.reason) for each in replays),
        differing=differing[:MOST_NAMED],
    )
    KEPT_REPORT.keep(report, seconds=None)
    log.info("scorecards replayed", same=report.same, different=report.different)
    return report


def newest_report() -> Report | None:
    """The report of the last sample; None where there is none or the cache does not answer."""
    try:
        return KEPT_REPORT.read()
    except (redis.ConnectionError, redis.TimeoutError):
        return None


def _replay(card: Scorecard) -> Replay:
    if card.checklist_version != CHECKLIST_VERSION:
        return Replay(
            card=card,
            reason=f"not replayable under this version: it is of checklist {card.checklist_version}, "
            f"this is {CHECKLIST_VERSION}",
        )
    if not card.context:
        return Replay(card=card, reason="not replayable: it does not say what it rests on")
    return Replay(card=card, differences=tuple(_differences(card, recompute(card))))


def recompute(card: Scorecard) -> Scorecard:
    """The card again, not stored, from its observations, its context, its moment and its position."""
    facts = facts_of([card.asset_id], now=card.scored_at, observations=card.observations)
    described = frame("assets", [{**card.context, "asset_id": card.asset_id}])
    (again,) = scorecards(replace(facts, assets=described), position_usd=card.figures["position_usd"])
    return again


def _differences(card: Scorecard, again: Scorecard) -> Iterator[Difference]:
    for name in COMPARED:
        yield from _between(name, getattr(card, name), getattr(again, name))


def _between(path: str, stored: Any, replayed: Any) -> Iterator[Difference]:
    """Down to the first thing that differs on each branch."""
    if isinstance(stored, dict) and isinstance(replayed, dict):
        for name in sorted({*stored, *replayed}):
            yield from _between(f"{path}.{name}", stored.get(name, ABSENT), replayed.get(name, ABSENT))
    elif _are_named(stored) and _are_named(replayed):
        yield from _between(path, _by_name(stored), _by_name(replayed))
    elif stored != replayed:
        yield Difference(path, stored, replayed)


def _are_named(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) and _name_of(each) for each in value)


def _by_name(listed: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {_name_of(each): each for each in listed}


def _name_of(each: dict[str, Any]) -> str:
    """What tells a finding or a questioned figure apart from the others of its card."""
    names = (each.get(key) for key in ("criterion", "frame", "place", "field", "witness"))
    return " ".join(filter(None, names))
