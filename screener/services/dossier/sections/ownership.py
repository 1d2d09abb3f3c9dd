"""Ownership reports: what insiders and large holders of shares filed."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.metrics import families
from assets.models import OwnershipReport
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipSection:
    reports: Sequence[OwnershipReport]


def read_ownership(facts: DossierFacts) -> OwnershipSection:
    return OwnershipSection(reports=facts.events(families.OWNERSHIP))
