"""Rulings among stored rows: what a person decided of questioned figures, as their requests say it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from assets.metrics.ruled import RuledFigure
from assets.models import Observation
from assets.sheets.rulings import RULING

ANALYST: Final = "analyst"
"""The provider that is a person: what they have looked up is not questioned by what they looked away from."""


def rulings_in(rows: pd.DataFrame) -> list[RuledFigure]:
    """The rulings among these stored rows; nothing is asked where a person has said nothing of them."""
    observations = {*rows["observation_id"][(rows["provider"] == ANALYST).to_numpy()].tolist()}
    if not observations:
        return []
    of_persons = Observation.objects.filter(pk__in=observations, request__context__sheet=RULING)
    return rulings_of(of_persons.order_by("pk").values_list("pk", "request"))


def rulings_of(requests: Iterable[tuple[int, Mapping[str, Any]]]) -> list[RuledFigure]:
    """Those among these requests, which are named by their observations."""
    contexts = ((observation_id, request.get("context", {})) for observation_id, request in requests)
    return [ruled_figure(each, context) for each, context in contexts if context.get("sheet") == RULING]


def ruled_figure(observation_id: int, context: Mapping[str, str]) -> RuledFigure:
    """What the request of a ruling holds (`assets.sheets.rulings.Ruling.context`)."""
    return RuledFigure(
        observation_id=observation_id,
        field=context["field"],
        seen=tuple(json.loads(context["seen"])),
        heard={(frame, field, witness): says for frame, field, witness, says in json.loads(context["heard"])},
    )
