"""Invented scorecards of the usual weight: figures drawn as columns, findings written once for many."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np
import orjson

from assets.metrics.exit_costs import EXIT_SIZES_USD
from assets.metrics.families import KINDS
from assets.metrics.market import tiers
from assets.services.storing.append import Written
from screener.checklist import CHECKLIST_VERSION, CRITERIA, DIMENSIONS
from screener.checklist.labels import LABELS
from screener.checklist.scoring import DECIMALS, RATED_COVERAGE, UNRATED
from screener.checklist.states import FAIL, LETTERS, NOT_APPLICABLE, PASS, POINTS, STATES, UNKNOWN
from screener.checklist.types import Criterion
from screener.screens.columns import COLUMNS

Draw = Callable[[np.random.Generator, int], Any]
Figures = dict[str, Any]

NOW: Final = datetime(2026, 1, 2, tzinfo=UTC)
KNOWN: Final = 0.67
"""The share of the figures that is known."""

STATE_ODDS: Final = (0.5, 0.2, 0.1, 0.15, 0.05)
"""Of a criterion, in the order of `STATES`."""
GATE_ODDS: Final = (0.75, 0.1, 0.03, 0.07, 0.05)
"""Of one that can say stop: three of four assets pass them all."""
WRITTEN: Final = 200
"""Sheets of findings a kind: an asset has one of them."""


def log_normal(middle: float, spread: float) -> Draw:
    """`exp` of a normal number, as sizes of markets are spread; half lie below `middle`."""
    return lambda dice, size: dice.lognormal(np.log(middle), spread, size)


def some(middle: float) -> Draw:
    """A whole number."""
    return lambda dice, size: np.floor(dice.lognormal(np.log(middle), 1.0, size))


def even(low: float, high: float) -> Draw:
    return lambda dice, size: dice.uniform(low, high, size)


def normal(spread: float) -> Draw:
    return lambda dice, size: dice.normal(0, spread, size)


BY_UNIT: Final[Mapping[str, Draw]] = {
    "usd": log_normal(500_000, 2.5),
    "share": even(0, 1),
    "change": normal(0.1),
    "days": log_normal(1, 2),
    "hours": log_normal(2, 1),
    "months": log_normal(9, 1),
    "count": some(200),
    "score": even(0, 100),
    "ratio": log_normal(1, 1),
    "index": normal(2),
}
BY_SOURCE: Final[Mapping[str, Draw]] = {
    "price_usd": log_normal(1, 3),
    "market_cap_usd": log_normal(9e6, 2),
    "fully_diluted_usd": log_normal(24e6, 2),
    "circulating_supply": log_normal(9e6, 3),
    "volume_24h_usd": log_normal(60_000, 2),
    "liquidity_usd": log_normal(160_000, 2),
    "spread_share": even(0, 0.05),
    "round_trip_cost_share": even(0, 0.2),
    "unlock_30d_share": even(0, 0.2),
}
OF_CARD: Final = frozenset({"total", "coverage", "as_of", "created_at", *(each.id for each in DIMENSIONS)})
FIGURES: Final = tuple(each for each in COLUMNS if each.source not in OF_CARD)
"""The registered columns whose values stand among a card's figures."""


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What a checklist was answered with, written as a scorecard keeps it."""

    states: str
    findings: Written
    gates_open: Written
    gates_unverified: Written


def answer_sheets(kind: str) -> tuple[AnswerSheet, ...]:
    """The same at every call."""
    dice = np.random.default_rng(KINDS.index(kind))
    criteria = [each for each in CRITERIA.values() if kind in each.kinds]
    return tuple(_sheet(criteria, dice) for _place in range(WRITTEN))


def card_rows(
    ids: Sequence[int],
    kinds: Sequence[str],
    sheets: Mapping[str, Sequence[AnswerSheet]],
    *,
    dice: np.random.Generator,
    fixed: Mapping[str, float] | None = None,
) -> Iterator[tuple[Any, ...]]:
    """The values of `OF_A_CARD` for each asset; `fixed` are figures that are the same for all."""
    size = len(ids)
    figures = [each | dict(fixed or {}) for each in _figures(kinds, dice)]
    totals = dice.uniform(5, 95, size)
    intervals = (totals - dice.uniform(0, 30, size), totals + dice.uniform(0, 30, size))
    bounded = (np.clip(each, 5, 100) for each in (totals, *intervals))
    caps = (np.array([each.get(name, np.nan) for each in figures]) for name in BASES)
    rows = zip(
        ids,
        kinds,
        figures,
        _dimensions(size, dice),
        zip(*(each.round(DECIMALS).tolist() for each in (*bounded, dice.uniform(0.2, 1, size))), strict=True),
        tiers(kinds, *caps).tolist(),
        dice.integers(0, (WRITTEN, len(LABELS), HOURS_OLD), (size, 3)).tolist(),
        strict=True,
    )
    for asset_id, kind, known, dimensions, scores, tier, (place, named, hours) in rows:
        sheet, label, as_of = sheets[kind][place], LABELS[named], NOW - timedelta(hours=hours)
        total, low, high, coverage = scores
        is_rated = coverage >= RATED_COVERAGE
        yield (
            *(asset_id, CHECKLIST_VERSION, as_of, as_of, NOW),
            *(total if is_rated else None, low, high, coverage),
            *(
                "EDCBA"[int(total // 20)] if is_rated else UNRATED,
                tier,
                label.id if label.kind == kind else "",
            ),
            *(sheet.states, sheet.gates_open, sheet.gates_unverified, sheet.findings),
            *(_written(dimensions), _written(known), OBSERVATIONS, CONTEXT_OF[kind], _questioned(known)),
            _exit_costs(known),
            f"{asset_id:032x}{dice.bit_generator.random_raw():032x}",
        )


def _questioned(known: Mapping[str, float]) -> Written:
    """The market cap, where only the price is known: other figures contradict it."""
    is_asked = "market_cap_usd" not in known and "price_usd" in known
    return _written({"figures": {"market_cap_usd": known["price_usd"]}, "facts": []} if is_asked else {})


def _exit_costs(known: Mapping[str, float]) -> Written:
    """Rising with the size from what the figure says of the usual one."""
    cost = known.get("round_trip_cost_share")
    rising = [] if cost is None else [min(cost * (size / 5_000) ** 0.5, 1.0) for size in EXIT_SIZES_USD]
    return _written([round(each, DECIMALS) for each in rising])


OF_A_CARD: Final = (
    *("asset_id", "checklist_version", "as_of", "known_at", "scored_at"),
    *("total", "total_low", "total_high", "coverage"),
    *("grade", "tier", "label"),
    *("states", "gates_open", "gates_unverified", "findings"),
    *("dimensions", "figures", "observations", "context", "questioned"),
    "exit_costs",
    "digest",
)
HOURS_OLD: Final = 720
BASES: Final = ("market_cap_usd", "fully_diluted_usd", "public_float_usd")


def _written(value: object) -> Written:
    return Written(orjson.dumps(value).decode())


OBSERVATIONS: Final = _written(list(range(1_000_000, 1_000_012)))
CONTEXT_OF: Final = {kind: _written({"kind": kind, "sector": "", "tags": ""}) for kind in KINDS}


def _sheet(criteria: Sequence[Criterion], dice: np.random.Generator) -> AnswerSheet:
    codes = [int(dice.choice(len(STATES), p=GATE_ODDS if each.is_gate else STATE_ODDS)) for each in criteria]
    coded = list(zip(criteria, codes, strict=True))
    return AnswerSheet(
        states="".join(LETTERS[STATES[code].value] for code in codes),
        findings=_written([_finding(each, code, dice) for each, code in coded]),
        gates_open=_written([each.id for each, code in coded if each.is_gate and code == FAIL]),
        gates_unverified=_written([each.id for each, code in coded if each.is_gate and code == UNKNOWN]),
    )


def _finding(criterion: Criterion, code: int, dice: np.random.Generator) -> dict[str, Any]:
    is_known = PASS <= code <= FAIL
    return {
        "criterion": criterion.id,
        "state": STATES[code].value,
        "points": float(POINTS[code]) if is_known else None,
        "value": dice.random() if is_known else None,
        "values": {name: dice.random() for name in criterion.measures if is_known},
        "stale": False,
        "as_of": None if code == NOT_APPLICABLE else NOW.isoformat(),
        "observations": [] if code == NOT_APPLICABLE else dice.integers(1, 10_000_000, 2).tolist(),
    }


def _figures(kinds: Sequence[str], dice: np.random.Generator) -> list[Figures]:
    """By asset what is known of the figures that its kind can have."""
    size = len(kinds)
    figures: list[Figures] = [{"position_usd": 5_000.0} for _asset in kinds]
    is_kind = {kind: np.array([each == kind for each in kinds]) for kind in KINDS} | {
        "": np.ones(size, dtype=bool)
    }
    for column in FIGURES:
        draw = BY_SOURCE.get(column.source) or BY_UNIT[column.unit]
        values, name = draw(dice, size).tolist(), column.source
        for place in np.flatnonzero(is_kind[column.kind] & (dice.random(size) < KNOWN)).tolist():
            figures[place][name] = values[place]
    return figures


def _dimensions(size: int, dice: np.random.Generator) -> Iterator[Mapping[str, Mapping[str, float]]]:
    scores = dice.random((size, len(DIMENSIONS))).round(DECIMALS).tolist()
    for row in scores:
        yield {
            each.id: {"score": score, "low": 0.5 * score, "high": 0.5 + 0.5 * score, "coverage": KNOWN}
            for each, score in zip(DIMENSIONS, row, strict=True)
        }
