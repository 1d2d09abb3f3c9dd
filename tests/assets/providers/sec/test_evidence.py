import pytest

from assets.providers.sec.concepts import BALANCES, FLOWS
from assets.providers.sec.debt_tags import DEBT
from assets.providers.sec.evidence import EVIDENCE


@pytest.mark.parametrize("taxonomy", EVIDENCE)
def test_evidence_is_no_figure_of_ours(taxonomy):
    """But for what operations cost line by line: such a line may be a figure too."""
    evidence = EVIDENCE[taxonomy]
    figures = {**FLOWS[taxonomy], **BALANCES[taxonomy]}
    ours = {tag for totals in figures.values() for total in totals for tag in total.tags}
    assert not ours & (evidence.income | evidence.borrowing | evidence.other_current | evidence.other_later)
    assert not DEBT[taxonomy].all_tags & evidence.balances
    assert not evidence.flows & evidence.balances
