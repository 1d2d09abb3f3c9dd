"""Baselines: what learning from the same columns would reach, for a readable checklist to be held against.

Learned and judged on the same table, by cross-validation. scikit-learn comes with the development
packages only.
"""

from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
import pandas as pd

from screener.validation.statistics import FOLDS, Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Baselines:
    """AUC of either model, None where it could not be learned; then `remark` says why."""

    auc_logistic: float | None = None
    auc_boosting: float | None = None
    remark: str = ""


def baselines(features: pd.DataFrame, bad: Mask, *, seed: int) -> Baselines:
    """Mean AUC over five stratified folds of a logistic regression and of gradient-boosted trees."""
    known = features.replace([np.inf, -np.inf], np.nan).dropna(axis="columns", how="all")
    if find_spec("sklearn") is None:
        return Baselines(remark="scikit-learn is not installed, so that nothing was learned.")
    if known.empty:
        return Baselines(remark="The table has no column of numbers beside the outcome.")
    if min(bad.sum(), (~bad).sum()) < FOLDS:
        return Baselines(remark=f"There are fewer than {FOLDS} rows of one outcome: too few to learn from.")
    return _learned(known, bad, seed=seed)


def _learned(features: pd.DataFrame, bad: Mask, *, seed: int) -> Baselines:
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import QuantileTransformer
    from threadpoolctl import threadpool_limits

    # Ratios have tails so long that scaling by their deviation leaves nothing to learn from: ranks do.
    ranks = QuantileTransformer(
        n_quantiles=min(1_000, len(features) // 2), output_distribution="normal", random_state=seed
    )
    logistic = make_pipeline(SimpleImputer(strategy="median"), ranks, LogisticRegression(max_iter=2_000))
    boosting = HistGradientBoostingClassifier(random_state=seed)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)

    def mean_auc(model: object) -> float:
        table = features.to_numpy(dtype=np.float64)
        return float(cross_val_score(model, table, bad, cv=folds, scoring="roc_auc").mean())

    # The trees' threads wait for each other by spinning: where others compute too, one is the fastest.
    with threadpool_limits(1):
        return Baselines(auc_logistic=mean_auc(logistic), auc_boosting=mean_auc(boosting))
