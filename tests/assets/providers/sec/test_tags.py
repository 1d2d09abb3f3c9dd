import pytest

from assets.providers.sec.concepts import IFRS, US_GAAP
from assets.providers.sec.tags import balance_tags, never_negative, period_tags, sheet_tags, tags_of

BOTH = pytest.mark.parametrize("taxonomy", [US_GAAP, IFRS])


@BOTH
def test_profits_may_be_negative_and_amounts_not(taxonomy):
    assert "ProfitLoss" in tags_of(taxonomy) - never_negative(taxonomy)
    assert {"Assets", "Liabilities"} <= never_negative(taxonomy)


@BOTH
def test_a_report_is_known_by_its_main_figures(taxonomy):
    assert balance_tags(taxonomy) == {"Assets"} < period_tags(taxonomy) < tags_of(taxonomy)


@BOTH
def test_a_balance_sheet_is_proven_by_tags_that_are_read(taxonomy):
    whole = sheet_tags(taxonomy)
    assert (whole.assets, whole.liabilities) == ({"Assets"}, {"Liabilities"})
    assert whole.apart
    assert whole.assets | whole.liabilities | whole.apart <= tags_of(taxonomy)


def test_debt_and_cash_are_read_by_all_their_tags():
    assert {"NotesPayableRelatedPartiesClassifiedCurrent", "MarketableSecuritiesCurrent"} <= tags_of(US_GAAP)
    assert {"Borrowings", "CurrentInvestments"} <= tags_of(IFRS)


def test_cash_flow_before_tax_is_not_taken_for_operating_cash_flow():
    assert "CashFlowsFromUsedInOperations" not in tags_of(IFRS)
