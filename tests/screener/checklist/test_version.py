"""A rule, weight or threshold that changes without a new version would make old scorecards lie."""

import hashlib

from screener.checklist import CHECKLIST_VERSION, DIMENSIONS, scoring
from screener.checklist.staleness import LIMITS, OF_SHARES

SCORING = (
    "UNKNOWN_POINTS",
    "FLOOR",
    "GATED_SHARE",
    "GRADES",
    "WEAK_DIMENSION",
    "RATED_COVERAGE",
    "UNRATED",
    "STALE_WEIGHT",
)
FINGERPRINTS = {
    "2026.1": "bf59f90586ac89f9",
    "2026.2": "b52b99d512daa3c7",
    "2026.3": "a9292c820668c2a4",
    "2027.1": "10b098fc089046af",
}
"""Of the thresholds and weights of each version. Add a line for a new version; never change an old one."""


AGED = (
    *("market", "pools", "books", "supply", "holders", "usage", "unlocks", "disclosure", "fundamentals"),
    *("filings", "trades", "candles", "contract", "venue", "capital", "ownership", "filing_events"),
)
"""Families with a limit of age, in the order in which the fingerprints take them; new ones come last."""


def fingerprint() -> str:
    criteria = [
        (
            *(each.id, each.weight, each.thresholds_text, sorted(each.kinds), sorted(each.sectors)),
            *(each.families, each.except_financial, each.listed_only, each.at_best, each.unless),
            [(band.scale, band.needed) for band in each.bands],
        )
        for dimension in DIMENSIONS
        for each in dimension.criteria
    ]
    weights = [(each.id, each.weight) for each in DIMENSIONS]
    limits = [
        (family, limit.total_seconds()) for limits in (LIMITS, OF_SHARES) for family, limit in aged(limits)
    ]
    rules = [getattr(scoring, name) for name in SCORING]
    return hashlib.sha256(repr((criteria, weights, limits, rules)).encode()).hexdigest()[:16]


def aged(limits):
    assert set(limits) == set(AGED)
    return [(family, limits[family]) for family in AGED]


def test_what_changed_has_a_new_version():
    assert FINGERPRINTS.get(CHECKLIST_VERSION) == fingerprint(), (
        "The rules changed: bump CHECKLIST_VERSION and add its fingerprint here."
    )
