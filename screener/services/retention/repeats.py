"""Removal of repeats that earlier versions stored (`assets.services.storing.repeats`).

A scorecard is computed again from the rows of the observations that it names. So a repeat goes only when no
card of its asset names its observation; as older cards are thinned, more can go.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from django.db import transaction

from assets.models import FACT_MODELS, Asset
from assets.services.storing.repeats import Repeat, repeats_of
from screener.models import Scorecard

SETTLED: Final = timedelta(days=1)
"""What came later may be read at this moment by whoever judges, and be named by the card that is to come."""


def remove_repeats(asset_ids: Sequence[int], *, now: datetime) -> Iterator[int]:
    """How many rows of facts went in each transaction."""
    for model in FACT_MODELS:
        settled = model._default_manager.filter(known_at__lt=now - SETTLED)
        repeats = repeats_of(model, asset_ids, now=now)
        for asset_id, of_asset in groupby(repeats, key=lambda each: each.asset_id):
            with transaction.atomic():
                # Who judges appends cards under the same lock.
                list(Asset.objects.filter(pk=asset_id).select_for_update(no_key=True).values_list("pk"))
                _all, gone = settled.filter(pk__in=_unnamed(asset_id, [*of_asset])).delete()
            yield gone.get(model._meta.label, 0)


def _unnamed(asset_id: int, repeats: Sequence[Repeat]) -> list[int]:
    cards = Scorecard.objects.filter(asset=asset_id).with_baselines().iterator(chunk_size=100)
    named = {observation for card in cards for observation in card.observations}
    return [each.pk for each in repeats if each.observation_id not in named]
