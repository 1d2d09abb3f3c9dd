"""First run: whether a server has nothing but invented assets yet, and what is being done about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from django.utils import timezone

from assets.sourcing.messages import localized
from screener.models import MarketFilling, MarketUndo
from screener.screens.table import DAY_S, Table
from screener.services.operation import fill_market
from screener.services.operation.fill_sandbox import sandbox_filling
from screener.services.operation.filling import filling_in_words
from screener.universe.live import UNIVERSE
from screener.words.findings import family_name
from screener.words.sources import provider_title

State = Literal[
    "empty", "sandbox", "filling sandbox", "filling market", "stopped", "undoing market", "failed"
]

NEW_FOR_DAYS: Final = 2.0
"""How long after its first real asset a server is asked whether it is still being filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRun:
    """`words` say at which step a filling is, `percent` how far; `problems` are by source. `undo` is one that
    is under way."""

    state: State
    invented: int
    real: int
    words: str = ""
    percent: int = 0
    problems: Mapping[str, str]
    undo: MarketUndo | None = None

    @property
    def is_moving(self) -> bool:
        return self.state.startswith(("filling", "undoing"))


def first_run() -> FirstRun | None:
    """None once there is a real market and nothing of it is still coming in."""
    table = UNIVERSE.table()
    invented = int(table.fictional.sum())
    real = len(table) - invented
    if real and not _is_new(table):
        return None
    filling = fill_market.newest_filling()
    if filling is not None and filling.undo is not None:
        if filling.undo.ended_at is None:
            return _undoing(filling.undo, invented=invented, real=real)
        filling = None  # It was taken back: this server is as it was before.
    problems = _problems(filling)
    if filling is not None and filling.ended_at is None:
        progress = fill_market.filling_progress(filling)
        return FirstRun(
            state="filling market",
            invented=invented,
            real=real,
            words=filling_in_words(progress) if progress else "",
            percent=round(100 * progress.done_share) if progress else 0,
            problems=problems,
        )
    if real:
        is_stopped = filling is not None and filling.stopped
        return (
            FirstRun(state="stopped", invented=invented, real=real, problems=problems) if is_stopped else None
        )
    if (progress := sandbox_filling()) is not None:
        return FirstRun(
            state="filling sandbox",
            invented=invented,
            real=0,
            words=filling_in_words(progress),
            percent=round(100 * progress.done_share),
            problems={},
        )
    state: State = "failed" if problems else "sandbox" if invented else "empty"
    return FirstRun(state=state, invented=invented, real=0, problems=problems)


def _undoing(undo: MarketUndo, *, invented: int, real: int) -> FirstRun:
    percent = round(100 * undo.removed / max(undo.assets, 1))
    return FirstRun(
        state="undoing market", invented=invented, real=real, percent=percent, problems={}, undo=undo
    )


def _problems(filling: MarketFilling | None) -> Mapping[str, str]:
    found = fill_market.problems_of(filling) if filling is not None else {}
    return {_title(key): localized(text) for key, text in found.items()}


def _title(key: str) -> str:
    """Of a source of the plan."""
    provider, _, family = key.partition(" ")
    return f"{provider_title(provider)}, {family_name(family)}"


def _is_new(table: Table) -> bool:
    """Whether the first real asset came lately: only then is the database asked on every page."""
    known_days = (timezone.now().timestamp() - table.numbers["known_days"][~table.fictional]) / DAY_S
    return bool(np.nanmax(known_days, initial=0.0) < NEW_FOR_DAYS)
