"""Validation run: the checklist over a labelled table, its scores held against what happened."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics.facts import Facts
from assets.metrics.measure import measure
from screener.checklist import CHECKLIST_VERSION, DIMENSIONS, Dimension, Judgement, State, judge
from screener.checklist.scoring import GRADES
from screener.validation import statistics
from screener.validation.baselines import baselines
from screener.validation.batch import Batch
from screener.validation.idle_facts import idle_facts
from screener.validation.mapping import TableMapping
from screener.validation.statistics import Column, Mask

SEED: Final = 20_240_601
MASKED_SHARE: Final = 0.3
LETTERS: Final = tuple(name for name, _limit in GRADES)
WITHOUT_ANSWER: Final = frozenset({State.UNKNOWN, State.NOT_APPLICABLE})
DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class ScoredBatch:
    """What the checklist says of a batch, a row an asset.

    Also of those that are not rated: where they would stand is what is held against the outcome.
    """

    judgements: Sequence[Judgement]
    risk: Column
    grade: npt.NDArray[np.str_]

    @classmethod
    def of(cls, measures: pd.DataFrame, facts: Facts, dimensions: Sequence[Dimension]) -> "ScoredBatch":
        judgements = judge(measures, facts, dimensions=dimensions)
        risk = np.array([100 - each.total for each in judgements])
        return cls(judgements, risk, np.array([each.grade for each in judgements]))


def validate(
    table: pd.DataFrame,
    mapping: TableMapping,
    *,
    position_usd: float,
    dimensions: Sequence[Dimension] = DIMENSIONS,
    seed: int = SEED,
) -> dict[str, Any]:
    """Everything that is found on one labelled set, ready for JSON; what can't be worked out is None."""
    batch = Batch.of(table, mapping)
    facts, bad = batch.facts(), batch.bad
    measures = measure(facts, position_usd=position_usd)
    scored = ScoredBatch.of(measures, facts, dimensions)
    hidden = batch.masked(MASKED_SHARE, seed=seed)
    masked = ScoredBatch.of(measure(hidden, position_usd=position_usd), hidden, dimensions)
    low, high = statistics.auc_interval(scored.risk, bad, seed=seed)
    chance = statistics.calibrated(scored.risk, bad, seed=seed)
    learned = baselines(batch.features, bad, seed=seed)
    best, auc_best = statistics.best_column(batch.features, bad)
    found = {
        "set": mapping.name,
        "kind": mapping.kind,
        "outcome": mapping.outcome,
        "horizon_days": mapping.horizon_days,
        "population": mapping.population.as_json() if mapping.population else None,
        "rows": int(bad.size),
        "unlabelled": batch.unlabelled,
        "base_rate": float(bad.mean()),
        "auc": statistics.auc(scored.risk, bad),
        "auc_low": low,
        "auc_high": high,
        "auc_age_only": statistics.auc_either_way(batch.age, bad),
        "auc_size_only": statistics.auc_either_way(batch.size, bad),
        "auc_best_column": auc_best,
        "best_column": best,
        **asdict(learned),
        "group_title": mapping.group_title,
        "by_group": list(statistics.by_group(scored.risk, bad, batch.group, seed=seed)),
        "grades": statistics.rates(scored.grade, bad, LETTERS),
        "rated_share": float(np.mean([each.rated for each in scored.judgements])),
        "coverage": float(np.mean([each.coverage for each in scored.judgements])),
        **_criteria(scored.judgements),
        "brier": statistics.brier(chance, bad),
        "brier_of_base_rate": statistics.brier(np.full(bad.size, bad.mean()), bad),
        "by_score": list(statistics.by_score(100 - scored.risk, bad)),
        "reliability": list(statistics.reliability(chance, bad)),
        "ablation": _ablation(measures, facts, bad, dimensions),
        "masking": _stability(scored, masked),
        "position_usd": position_usd,
        "checklist_version": CHECKLIST_VERSION,
        "limits": list(mapping.limits),
        "idle_facts": idle_facts(batch, position_usd=position_usd, dimensions=dimensions, seed=seed),
    }
    return {key: _plain(value) for key, value in found.items()}


def _criteria(judgements: Sequence[Judgement]) -> dict[str, Any]:
    """The criteria that answered at least once, each with the share of the rows that it answered."""
    answered = Counter(
        finding["criterion"]
        for each in judgements
        for finding in each.findings
        if finding["state"] not in WITHOUT_ANSWER
    )
    order = [finding["criterion"] for finding in judgements[0].findings]
    fed = [
        {"criterion": each, "answered_share": answered[each] / len(judgements)}
        for each in order
        if answered[each]
    ]
    return {"criteria_fed": fed, "criteria_asked": len(order)}


def _ablation(
    measures: pd.DataFrame, facts: Facts, bad: Mask, dimensions: Sequence[Dimension]
) -> dict[str, float]:
    """AUC without each dimension, its gates included: lower than with it means that it helps."""
    aucs = {}
    for without in dimensions:
        others = [each for each in dimensions if each.id != without.id]
        risk = ScoredBatch.of(measures, facts, others).risk if others else None
        aucs[without.id] = math.nan if risk is None else statistics.auc(risk, bad)
    return aucs


def _stability(whole: ScoredBatch, masked: ScoredBatch) -> dict[str, float]:
    places = [np.array([LETTERS.index(each) for each in scored.grade]) for scored in (whole, masked)]
    moved = np.abs(places[0] - places[1])
    return {
        "masked_share": MASKED_SHARE,
        "spearman": statistics.spearman(whole.risk, masked.risk),
        "moved_more_than_one_grade_share": float((moved > 1).mean()),
    }


def _plain(value: Any) -> Any:
    """Rounded floats; None for what is not known, which JSON has no number for."""
    match value:
        case float():
            return None if math.isnan(value) else round(value, DECIMALS)
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case _:
            return value
