"""Drawdown and volatility: day by day, beside what the asset's peers have today."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from assets.metrics.columns import Column
from assets.metrics.families import EQUITY
from assets.metrics.swings import swings
from screener.charts import Chart, drawdown_chart, volatility_chart
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.peers import DRAWDOWN, VOLATILITY, PeerFigure
from screener.services.dossier.sections.price import EPOCH

SHOWN_DAYS: Final = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """One of the two over time. `figure` is None while the asset is not scored; its `median` is of the peers,
    None where they are too few."""

    figure: PeerFigure | None
    chart: Chart | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SwingsSection:
    drawdown: Swing
    volatility: Swing


def read_swings(facts: DossierFacts) -> SwingsSection:
    found = swings(facts.closed_bars, is_equity=facts.asset.kind == EQUITY, days=SHOWN_DAYS)
    figures = {each.key: each for each in facts.peer_group.figures} if facts.peer_group else {}
    days = [EPOCH + timedelta(days=day) for day in found.day.tolist()]

    def swing(key: str, values: Column, chart: Callable[..., Chart | None]) -> Swing:
        pairs = zip(days, values.tolist(), strict=True)
        known = [(day, value) for day, value in pairs if not math.isnan(value)]
        figure = figures.get(key)
        peers = figure.median if figure else None
        drawn = chart(known, span=(days[0], days[-1]), peers=peers) if known else None
        return Swing(figure=figure, chart=drawn)

    return SwingsSection(
        drawdown=swing(DRAWDOWN, found.drawdown, drawdown_chart),
        volatility=swing(VOLATILITY, found.volatility, volatility_chart),
    )
