"""A rule, weight or threshold that changes without a new version would make old scorecards lie."""

import hashlib

from screener.checklist import CHECKLIST_VERSION, DIMENSIONS, scoring
from screener.checklist.staleness import LIMITS

SCORING = ("UNKNOWN_POINTS", "FLOOR", "GATED_TOTAL", "GRADES", "SUFFICIENT_COVERAGE")
FINGERPRINTS = {"2026.1": "bf59f90586ac89f9"}
"""Of the thresholds and weights of each version. Add a line for a new version; never change an old one."""


def fingerprint() -> str:
    criteria = [
        (each.id, each.weight, each.thresholds_text, sorted(each.kinds), sorted(each.sectors), each.families)
        for dimension in DIMENSIONS
        for each in dimension.criteria
    ]
    weights = [(each.id, each.weight) for each in DIMENSIONS]
    limits = [(family, limit.total_seconds()) for family, limit in LIMITS.items()]
    rules = [getattr(scoring, name) for name in SCORING]
    return hashlib.sha256(repr((criteria, weights, limits, rules)).encode()).hexdigest()[:16]


def test_what_changed_has_a_new_version():
    assert FINGERPRINTS.get(CHECKLIST_VERSION) == fingerprint(), (
        "The rules changed: bump CHECKLIST_VERSION and add its fingerprint here."
    )
