"""XBRL concepts: which tags of a company's report mean which of our figures, the best first.

US companies report by us-gaap, most foreign ones by ifrs-full, the cover page of all is dei:
https://xbrl.fasb.org/us-gaap and https://www.ifrs.org/issued-standards/ifrs-taxonomy. A figure is
taken from the first total whose tags are all reported. What comes after the first one is narrower or
less usual, never something else: cash flow "from operations" of IFRS, for one, is before interest
and tax, so it doesn't stand in for operating cash flow.
"""

from dataclasses import dataclass
from typing import Final

US_GAAP: Final = "us-gaap"
IFRS: Final = "ifrs-full"
DEI: Final = "dei"


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of tags that must all be reported, and of each group in `also` the first that is."""

    tags: tuple[str, ...]
    also: tuple[tuple[str, ...], ...] = ()

    @property
    def all_tags(self) -> tuple[str, ...]:
        return (*self.tags, *(tag for group in self.also for tag in group))


def either(*tags: str) -> tuple[Total, ...]:
    return tuple(Total((tag,)) for tag in tags)


Figures = dict[str, tuple[Total, ...]]

COST: Final = "cost"
"""Not a figure of ours: what is taken off revenue where the gross profit is not reported."""

US_FLOWS: Final[Figures] = {
    "revenue_ttm_usd": either(
        "Revenues",
        "RevenueFromContractWithCustomerExcludingAssessedTax",
        "RevenueFromContractWithCustomerIncludingAssessedTax",
        "SalesRevenueNet",
        "RevenuesNetOfInterestExpense",
        "OperatingLeaseLeaseIncome",
    ),
    COST: either("CostOfRevenue", "CostOfGoodsAndServicesSold", "CostOfGoodsSold"),
    "gross_profit_ttm_usd": either("GrossProfit"),
    "operating_income_ttm_usd": either("OperatingIncomeLoss"),
    "net_income_ttm_usd": either(
        "NetIncomeLoss", "ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"
    ),
    "depreciation_ttm_usd": (
        *either(
            "DepreciationDepletionAndAmortization",
            "DepreciationAmortizationAndAccretionNet",
            "DepreciationAndAmortization",
        ),
        Total(("OtherDepreciationAndAmortization", "AmortizationOfIntangibleAssets")),
        Total(("Depreciation",), also=(("AmortizationOfIntangibleAssets",),)),
    ),
    "selling_general_admin_ttm_usd": (
        Total(("SellingGeneralAndAdministrativeExpense",)),
        Total(("GeneralAndAdministrativeExpense",), also=(("SellingAndMarketingExpense", "SellingExpense"),)),
    ),
    "operating_cash_flow_ttm_usd": either(
        "NetCashProvidedByUsedInOperatingActivities",
        "NetCashProvidedByUsedInOperatingActivitiesContinuingOperations",
    ),
}

US_BALANCES: Final[Figures] = {
    "receivables_usd": either(
        "AccountsReceivableNetCurrent", "ReceivablesNetCurrent", "AccountsReceivableNet"
    ),
    "current_assets_usd": either("AssetsCurrent"),
    "property_usd": either(
        "PropertyPlantAndEquipmentNet",
        "PropertyPlantAndEquipmentAndFinanceLeaseRightOfUseAssetAfterAccumulatedDepreciationAndAmortization",
    ),
    "total_assets_usd": either("Assets"),
    "current_liabilities_usd": either("LiabilitiesCurrent"),
    "total_liabilities_usd": (
        Total(("Liabilities",)),
        Total(("LiabilitiesCurrent", "LiabilitiesNoncurrent")),
    ),
    "retained_earnings_usd": either(
        "RetainedEarningsAccumulatedDeficit",
        "RetainedEarningsAccumulatedDeficitAndAccumulatedOtherComprehensiveIncomeLossNetOfTax",
    ),
    "equity_usd": either(
        "StockholdersEquity",
        "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
    ),
}

IFRS_FLOWS: Final[Figures] = {
    "revenue_ttm_usd": either("Revenue", "RevenueFromContractsWithCustomers"),
    COST: either("CostOfSales"),
    "gross_profit_ttm_usd": either("GrossProfit"),
    "operating_income_ttm_usd": either("ProfitLossFromOperatingActivities"),
    "net_income_ttm_usd": either("ProfitLossAttributableToOwnersOfParent", "ProfitLoss"),
    "depreciation_ttm_usd": either(
        "DepreciationAndAmortisationExpense",
        "AdjustmentsForDepreciationAndAmortisationExpense",
        "DepreciationExpense",
    ),
    "selling_general_admin_ttm_usd": (
        Total(("SellingGeneralAndAdministrativeExpense",)),
        Total(("AdministrativeExpense",), also=(("SalesAndMarketingExpense", "DistributionCosts"),)),
        Total(("GeneralAndAdministrativeExpense",)),
    ),
    "operating_cash_flow_ttm_usd": either("CashFlowsFromUsedInOperatingActivities"),
}

IFRS_BALANCES: Final[Figures] = {
    "receivables_usd": either("TradeAndOtherCurrentReceivables", "CurrentTradeReceivables"),
    "current_assets_usd": either("CurrentAssets"),
    "property_usd": either("PropertyPlantAndEquipment"),
    "total_assets_usd": either("Assets"),
    "current_liabilities_usd": either("CurrentLiabilities"),
    "total_liabilities_usd": (
        Total(("Liabilities",)),
        Total(("CurrentLiabilities", "NoncurrentLiabilities")),
    ),
    "retained_earnings_usd": either("RetainedEarnings"),
    "equity_usd": either("EquityAttributableToOwnersOfParent", "Equity"),
}

FLOWS: Final = {US_GAAP: US_FLOWS, IFRS: IFRS_FLOWS}
BALANCES: Final = {US_GAAP: US_BALANCES, IFRS: IFRS_BALANCES}

MAY_BE_NEGATIVE: Final = frozenset(
    {
        "gross_profit_ttm_usd",
        "operating_income_ttm_usd",
        "net_income_ttm_usd",
        "operating_cash_flow_ttm_usd",
        "retained_earnings_usd",
        "equity_usd",
    }
)


def _tags(*, negative: bool) -> frozenset[str]:
    figures = (each for kinds in (FLOWS, BALANCES) for by_name in kinds.values() for each in by_name.items())
    return frozenset(
        tag
        for name, totals in figures
        if (name in MAY_BE_NEGATIVE) == negative
        for total in totals
        for tag in total.all_tags
    )


SIGNED: Final = _tags(negative=True)
"""What may be below zero."""
AMOUNTS: Final = _tags(negative=False)
"""What is never less than a part of it."""

SHARES_ON_COVER: Final = "EntityCommonStockSharesOutstanding"
FLOAT_ON_COVER: Final = "EntityPublicFloat"
SHARES_ON_BALANCE: Final = {
    US_GAAP: ("CommonStockSharesOutstanding",),
    IFRS: ("NumberOfSharesOutstanding",),
}
SPLIT_RATIO: Final = "StockholdersEquityNoteStockSplitConversionRatio1"
SHARE_COUNTS: Final = {
    US_GAAP: (
        "CommonStockSharesOutstanding",
        "CommonStockSharesIssued",
        "WeightedAverageNumberOfSharesOutstandingBasic",
        "WeightedAverageNumberOfDilutedSharesOutstanding",
        "WeightedAverageNumberOfShareOutstandingBasicAndDiluted",
    ),
    IFRS: (
        "NumberOfSharesOutstanding",
        "NumberOfSharesIssued",
        "WeightedAverageShares",
        "AdjustedWeightedAverageShares",
    ),
}
"""Numbers of shares that every report counts again for the periods before it, in the units of its own day."""
