"""Judge assets by what is known now and append a scorecard where something changed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assets.metrics.facts import Facts
from assets.models import Asset
from assets.services.reading.facts import facts_of
from screener.models import Scorecard
from screener.services.evidence.open_cases import open_cases
from screener.services.scoring.failures import each_apart, log_failure, set_aside, take_back
from screener.services.scoring.sector_medians import with_sector_medians
from screener.services.scoring.write_scorecards import Card, append_cards, cards_of, collector_paused

CLOCKS_APART: Final = timedelta(minutes=10)
"""Nobody judges for so long."""

BATCH: Final = 5_000
"""A query for each family takes as long for few as for thousands; more of them would only take memory."""


class Scored(NamedTuple):
    """A batch of judged assets: the cards, and which of them were new and are stored."""

    cards: Sequence[Card]
    written: Sequence[Card]


def score_assets(asset_ids: Iterable[int], *, now: datetime | None = None) -> int:
    """Score these assets; returns how many were judged, which may be more than changed."""
    return sum(len(scored.cards) for scored in score_batches(asset_ids, now=now))


def score_batches(asset_ids: Iterable[int], *, now: datetime | None = None) -> Iterator[Scored]:
    """Score these assets batch by batch, at one moment; each scan is a case to be labelled later.

    An asset that can't be judged is set aside with the reason and holds up no other.
    """
    moment = now or timezone.now()
    for ids in _batches(asset_ids):
        for judged_ids, scored in each_apart(
            ids, partial(_score, now=moment), failed=partial(set_aside, now=moment)
        ):
            take_back(judged_ids)
            yield scored


def _score(ids: Sequence[int], *, now: datetime) -> Scored:
    with collector_paused():
        facts = with_sector_medians(facts_of(ids, now=now))
        cards = list(cards_of(facts, position_usd=settings.ASSAY_POSITION_USD))
        written = _append_changed(cards, ids=ids, now=now)
    open_cases(ids, now=now)
    return Scored(cards, written)


def judge_as_of(asset_ids: Iterable[int], *, moment: datetime) -> Iterator[list[Scorecard]]:
    """What the checklist of today says by the facts known then; nothing is stored.

    An asset's description (kind, sector, tags) has no history: it is today's. An asset that can't be judged
    is left out, and the log says why.
    """
    for ids in _batches(asset_ids):
        for _ids, cards in each_apart(ids, partial(_judge_as_of, moment=moment), failed=log_failure):
            yield cards


def _judge_as_of(ids: Sequence[int], *, moment: datetime) -> list[Scorecard]:
    facts = with_sector_medians(facts_of(ids, now=moment, known_by=moment))
    return scorecards(facts, position_usd=settings.ASSAY_POSITION_USD)


def scorecards(facts: Facts, *, position_usd: float) -> list[Scorecard]:
    """A card for each asset of the facts, in their order, stamped and not stored."""
    cards = {card.asset_id: card for card in cards_of(facts, position_usd=position_usd)}
    return [Scorecard(**cards[asset_id]._asdict()) for asset_id in facts.asset_ids.tolist()]


def _batches(asset_ids: Iterable[int]) -> Iterator[list[int]]:
    ids = sorted(set(asset_ids))
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _append_changed(cards: Sequence[Card], *, ids: Sequence[int], now: datetime) -> list[Card]:
    """Store the cards that differ from their asset's newest one.

    Of several tasks that score an asset at once, only one at a time gets here: on PostgreSQL by the lock
    on the asset (which facts may still be added to), on SQLite by the transaction. Who was overtaken by
    a later look at the facts has nothing new to say.
    """
    with transaction.atomic():
        locked = Asset.objects.filter(pk__among=ids).order_by("pk").select_for_update(no_key=True)
        present = set(locked.values_list("pk", flat=True))
        newest = Scorecard.objects.filter(asset__pk__among=ids).latest_of_each_asset()
        known = {asset_id: told for asset_id, *told in newest.values_list("asset_id", "digest", "scored_at")}
        changed = [
            card
            for card in cards
            if card.asset_id in present and _is_news(card, *known.get(card.asset_id, (None, None)), now=now)
        ]
        append_cards(changed)
        return changed


def _is_news(card: Card, digest: str | None, scored_at: datetime | None, *, now: datetime) -> bool:
    """A card of the far future is of a clock that was ahead, and has overtaken nobody."""
    is_overtaken = scored_at is not None and now < scored_at <= now + CLOCKS_APART
    return card.digest != digest and not is_overtaken
