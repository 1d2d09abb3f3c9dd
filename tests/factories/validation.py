"""Validation: saved results of labelled sets, and cases with their outcomes."""

import json
from datetime import UTC, datetime

from assets.models import Asset
from screener.checklist import CHECKLIST_VERSION, CRITERIA
from screener.models import Case, Scorecard
from tests.factories.scorecards import NOW as SCORED_AT

NOW = datetime(2026, 6, 1, tzinfo=UTC)
A_CRITERION = next(iter(CRITERIA))


def make_result(name="uniswap_rugs", **changes):
    """What `manage.py validate --save` stores of a set."""
    fields = {
        "set": name,
        "rows": 18_296,
        "base_rate": 0.9,
        "auc": 0.931,
        "auc_low": 0.925,
        "auc_high": 0.937,
        "auc_age_only": 0.7,
        "auc_size_only": None,
        "auc_best_column": 0.9,
        "best_column": "trades",
        "auc_logistic": 0.969,
        "auc_boosting": 0.988,
        "grades": {
            "A": {"n": 0, "rate": None},
            "B": {"n": 20, "rate": 0.1},
            "C": {"n": 100, "rate": 0.4},
            "D": {"n": 1_000, "rate": 0.7},
            "E": {"n": 17_176, "rate": 0.95},
        },
        "criteria_fed": [{"criterion": A_CRITERION, "answered_share": 0.5}],
        "brier": 0.08,
        "reliability": [{"n": 10, "predicted": 0.2, "observed": 0.25}],
        "ablation": {"utility": 0.9, "tokenomics": None},
        "masking": {"spearman": 0.85, "moved_more_than_one_grade_share": 0.01},
        "checklist_version": CHECKLIST_VERSION,
        "limits": ["Age leaks into it."],
        "idle_facts": ["market.price_usd"],
        "position_usd": 5_000.0,
    }
    return fields | changes


def save_results(path, *results):
    path.write_text(json.dumps({each["set"]: each for each in results}))
    return path


def make_cases(outcomes, *, totals=None, horizon_days=14, grade="C", due_at=NOW, labelled_at=NOW):
    """A case of an asset of its own for each outcome."""
    start = Asset.objects.count()
    assets = Asset.objects.bulk_create(
        Asset(kind="token", slug=f"coin-{start + number}") for number in range(len(outcomes))
    )
    cards = Scorecard.objects.bulk_create(
        Scorecard(
            asset=asset,
            checklist_version=CHECKLIST_VERSION,
            scored_at=SCORED_AT,
            total=total,
            total_low=0,
            total_high=100,
            coverage=1,
            grade=grade,
        )
        for asset, total in zip(assets, totals or [50.0] * len(outcomes), strict=True)
    )
    return Case.objects.bulk_create(
        Case(
            asset=card.asset,
            scorecard=card,
            scanned_at=SCORED_AT,
            horizon_days=horizon_days,
            due_at=due_at,
            outcome=outcome,
            labelled_at=labelled_at,
        )
        for card, outcome in zip(cards, outcomes, strict=True)
    )
