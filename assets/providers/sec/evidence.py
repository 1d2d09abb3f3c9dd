"""Evidence tags: XBRL concepts that are no figure of ours and prove one that is not tagged.

https://xbrl.fasb.org/us-gaap and https://www.ifrs.org/issued-standards/ifrs-taxonomy.
"""

from dataclasses import dataclass
from typing import Final

from assets.providers.sec.concepts import IFRS, US_GAAP


@dataclass(frozen=True, slots=True)
class Evidence:
    """Tags by which a taxonomy tells what proves something else."""

    income: frozenset[str]
    """Any of these, told of the year, means that there may be revenue."""

    expenses: tuple[str, ...]
    """Totals of what the operations cost."""

    expense_lines: tuple[tuple[str, ...], ...]
    """What operations cost, line by line: of each group the first that is given."""

    borrowing: frozenset[str]
    equity: tuple[str, ...]
    minorities: tuple[str, ...]
    redeemable: tuple[str, ...]
    other_current: frozenset[str]
    """Current liabilities that are no debt."""

    other_later: frozenset[str]
    other_assets: frozenset[str] = frozenset()
    """Current assets that are neither cash nor securities nor receivables."""

    @property
    def flows(self) -> frozenset[str]:
        lines = (tag for group in self.expense_lines for tag in group)
        return frozenset((*self.income, *self.expenses, *lines, *self.borrowing))

    @property
    def balances(self) -> frozenset[str]:
        whole = (*self.equity, *self.minorities, *self.redeemable)
        return frozenset((*whole, *self.other_current, *self.other_later, *self.other_assets))


EVIDENCE: Final = {
    US_GAAP: Evidence(
        income=frozenset(
            {
                "SalesRevenueGoodsNet",
                "SalesRevenueServicesNet",
                "OtherSalesRevenueNet",
                "ContractsRevenue",
                "RoyaltyRevenue",
                "LicensesRevenue",
                "FranchiseRevenue",
                "AdvertisingRevenue",
                "GrantRevenue",
                "RevenueFromRelatedParties",
                "RevenueNotFromContractWithCustomer",
                "RevenueNotFromContractWithCustomerOther",
                "RevenuesExcludingInterestAndDividends",
                "OperatingLeasesIncomeStatementLeaseRevenue",
                "OilAndGasRevenue",
                "RealEstateRevenueNet",
                "HealthCareOrganizationRevenue",
                "RegulatedAndUnregulatedOperatingRevenue",
                "InterestAndDividendIncomeOperating",
                "InterestIncomeOperating",
                "NoninterestIncome",
                "PremiumsEarnedNet",
            }
        ),
        expenses=("OperatingExpenses", "CostsAndExpenses", "OperatingCostsAndExpenses"),
        expense_lines=(
            (
                "ResearchAndDevelopmentExpense",
                "ResearchAndDevelopmentExpenseExcludingAcquiredInProcessCost",
            ),
            ("SellingGeneralAndAdministrativeExpense", "GeneralAndAdministrativeExpense"),
            ("SellingAndMarketingExpense",),
            ("ProfessionalFees",),
            ("DepreciationAndAmortization",),
            ("ResearchAndDevelopmentInProcess",),
        ),
        borrowing=frozenset(
            {
                "InterestExpense",
                "InterestExpenseDebt",
                "InterestExpenseOther",
                "InterestExpenseNonoperating",
                "InterestExpenseRelatedParty",
                "InterestAndDebtExpense",
                "InterestPaid",
                "InterestPaidNet",
                "AmortizationOfFinancingCosts",
                "AmortizationOfDebtDiscountPremium",
                "AmortizationOfFinancingCostsAndDiscounts",
                "ProceedsFromNotesPayable",
                "ProceedsFromConvertibleNotesPayable",
                "ProceedsFromRelatedPartyDebt",
                "ProceedsFromIssuanceOfLongTermDebt",
                "ProceedsFromIssuanceOfDebt",
                "ProceedsFromShortTermDebt",
                "ProceedsFromLinesOfCredit",
                "ProceedsFromLoans",
                "ProceedsFromOtherDebt",
                "RepaymentsOfNotesPayable",
                "RepaymentsOfConvertibleDebt",
                "RepaymentsOfRelatedPartyDebt",
                "RepaymentsOfLongTermDebt",
                "RepaymentsOfDebt",
                "RepaymentsOfShortTermDebt",
                "RepaymentsOfLinesOfCredit",
                "RepaymentsOfOtherDebt",
            }
        ),
        equity=("StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",),
        minorities=("MinorityInterest",),
        redeemable=(
            "TemporaryEquityCarryingAmountIncludingPortionAttributableToNoncontrollingInterests",
            "TemporaryEquityCarryingAmountAttributableToParent",
            "TemporaryEquityCarryingAmount",
            "RedeemableNoncontrollingInterestEquityCarryingAmount",
        ),
        other_current=frozenset(
            {
                "AccountsPayableCurrent",
                "AccountsPayableTradeCurrent",
                "AccountsPayableRelatedPartiesCurrent",
                "AccountsPayableAndAccruedLiabilitiesCurrent",
                "AccruedLiabilitiesCurrent",
                "OtherAccruedLiabilitiesCurrent",
                "OtherLiabilitiesCurrent",
                "AccruedIncomeTaxesCurrent",
                "TaxesPayableCurrent",
                "ContractWithCustomerLiabilityCurrent",
                "DeferredRevenueCurrent",
                "EmployeeRelatedLiabilitiesCurrent",
                "OperatingLeaseLiabilityCurrent",
            }
        ),
        other_later=frozenset(
            {
                "OperatingLeaseLiabilityNoncurrent",
                "FinanceLeaseLiabilityNoncurrent",
                "CapitalLeaseObligationsNoncurrent",
                "DeferredIncomeTaxLiabilitiesNet",
                "DeferredTaxLiabilitiesNoncurrent",
                "ContractWithCustomerLiabilityNoncurrent",
                "DeferredRevenueNoncurrent",
                "DerivativeLiabilitiesNoncurrent",
                "BusinessCombinationContingentConsiderationLiabilityNoncurrent",
                "AssetRetirementObligationsNoncurrent",
                "AccruedIncomeTaxesNoncurrent",
                "OtherAccruedLiabilitiesNoncurrent",
                "OtherLiabilitiesNoncurrent",
            }
        ),
        other_assets=frozenset(
            {
                "InventoryNet",
                "PrepaidExpenseCurrent",
                "PrepaidExpenseAndOtherAssetsCurrent",
                "OtherAssetsCurrent",
            }
        ),
    ),
    IFRS: Evidence(
        income=frozenset({"OtherRevenue", "RevenueFromSaleOfGoods", "RevenueFromRenderingOfServices"}),
        expenses=("OperatingExpense", "ExpenseByNature"),
        expense_lines=(
            ("ResearchAndDevelopmentExpense",),
            ("SellingGeneralAndAdministrativeExpense", "AdministrativeExpense"),
            ("SalesAndMarketingExpense", "DistributionCosts"),
        ),
        borrowing=frozenset(
            {
                "FinanceCosts",
                "InterestExpense",
                "InterestExpenseOnBorrowings",
                "InterestPaidClassifiedAsOperatingActivities",
                "InterestPaidClassifiedAsFinancingActivities",
                "ProceedsFromBorrowingsClassifiedAsFinancingActivities",
                "RepaymentsOfBorrowingsClassifiedAsFinancingActivities",
            }
        ),
        equity=("Equity",),
        minorities=("NoncontrollingInterests",),
        redeemable=(),
        other_current=frozenset({"TradeAndOtherCurrentPayables", "CurrentTaxLiabilitiesCurrent"}),
        other_later=frozenset(
            {
                "DeferredTaxLiabilities",
                "NoncurrentLeaseLiabilities",
                "NoncurrentProvisions",
                "NoncurrentContractLiabilities",
                "NoncurrentDerivativeFinancialLiabilities",
                "OtherNoncurrentLiabilities",
            }
        ),
    ),
}
