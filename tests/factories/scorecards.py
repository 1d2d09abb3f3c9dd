"""Assets, scorecards and findings as rows of the database, made without scoring anything."""

from datetime import UTC, datetime

from assets.models import Asset
from screener.checklist import CHECKLIST_VERSION, DIMENSIONS
from screener.models import Scorecard
from screener.screens.table import GATE_IDS
from tests.factories.market import NOW as MARKET_NOW

NOW = datetime(2026, 1, 2, tzinfo=UTC)
GATE = GATE_IDS[0]
FIRST_CRITERION = DIMENSIONS[0].criteria[0]
POINTS = {"pass": 1.0, "caution": 0.5, "fail": 0.0}


def make_asset(name, **changes):
    return Asset.objects.create(
        **{"kind": "token", "slug": name.lower(), "name": name, "symbol": name[:3].upper(), "chain": "base"}
        | changes
    )


def rename(asset, name):
    asset.name = name
    asset.save()
    return asset


def make_card(asset, total=50.0, **changes):
    fields = {
        "checklist_version": "1",
        "scored_at": NOW,
        "total": total,
        "total_low": 10,
        "total_high": 90,
        "coverage": 0.5,
        "grade": "C",
        "tier": "micro",
        "figures": {"market_cap_usd": 1e6},
        "dimensions": {"utility": {"score": 0.25, "low": 0, "high": 1, "coverage": 1}},
        "gates_open": [GATE],
    }
    return Scorecard.objects.create(asset=asset, **fields | changes)


def make_answered_card(asset, *findings, total=50.0, **changes):
    """A scorecard under today's checklist of which everything is known."""
    fields = {
        "checklist_version": CHECKLIST_VERSION,
        "scored_at": MARKET_NOW,
        "total": total,
        "total_low": total,
        "total_high": total,
        "coverage": 1.0,
        "grade": "C",
        "figures": {"position_usd": 5_000.0},
        "context": {"kind": "token"},
        "findings": list(findings),
    }
    return Scorecard.objects.create(asset=asset, **fields | changes)


def make_unrated_card(asset, *findings, low=0.0, high=90.0, coverage=0.25, **changes):
    """A scorecard under today's checklist of an asset of which too little is known."""
    unrated = {"grade": "", "total_low": low, "total_high": high, "coverage": coverage}
    return make_answered_card(asset, *findings, total=None, **unrated | changes)


def make_finding(criterion=FIRST_CRITERION.id, state="pass", value=1.0, **changes):
    """A finding as a scorecard keeps it; what is unknown or was not asked has no value."""
    is_known = state in POINTS
    finding = {"criterion": criterion, "state": state, "points": POINTS.get(state)}
    finding["value"] = value if is_known else None
    return {**finding, "values": {}, "stale": False, "as_of": None, "observations": [1], **changes}
