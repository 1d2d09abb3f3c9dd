"""The sheet of fundamentals: one row a period, in US dollars, as a company has published it."""

from typing import Final

from assets.metrics import families
from assets.sheets import cells
from assets.sheets.cells import Reader
from assets.sheets.schema import IDENTITY, SheetColumn, SheetSchema, phrase


def _figure(name: str, read: Reader, help_text: str, example: str = "") -> SheetColumn:
    return SheetColumn(name=name, read=read, help=help_text, example=example)


FIGURES: Final = (
    _figure("revenue_ttm_usd", cells.amount, phrase("revenue, 12 months"), "12500000"),
    _figure("revenue_prior_ttm_usd", cells.amount, phrase("revenue, the 12 months before"), "10000000"),
    _figure("gross_profit_ttm_usd", cells.number, phrase("gross profit, 12 months")),
    _figure("operating_income_ttm_usd", cells.number, phrase("operating income, 12 months")),
    _figure("net_income_ttm_usd", cells.number, phrase("net income, 12 months"), "-750000"),
    _figure("depreciation_ttm_usd", cells.amount, phrase("depreciation and amortisation, 12 months")),
    _figure("selling_general_admin_ttm_usd", cells.amount, phrase("overheads (SG&A), 12 months")),
    _figure("operating_cash_flow_ttm_usd", cells.number, phrase("operating cash flow, 12 months")),
    _figure("cash_usd", cells.amount, phrase("cash and short-term investments"), "3200000"),
    _figure("receivables_usd", cells.amount, phrase("receivables")),
    _figure("current_assets_usd", cells.amount, phrase("current assets")),
    _figure("property_usd", cells.amount, phrase("property, plant and equipment")),
    _figure("total_assets_usd", cells.amount, phrase("total assets"), "9400000"),
    _figure("current_liabilities_usd", cells.amount, phrase("current liabilities")),
    _figure("debt_usd", cells.amount, phrase("debt")),
    _figure("total_liabilities_usd", cells.amount, phrase("total liabilities"), "4100000"),
    _figure("retained_earnings_usd", cells.number, phrase("retained earnings")),
    _figure("equity_usd", cells.number, phrase("equity")),
    _figure("shares_outstanding", cells.amount, phrase("shares outstanding"), "18000000"),
    _figure("shares_on_balance", cells.amount, phrase("shares on the balance sheet"), "18000000"),
    _figure("public_float_usd", cells.amount, phrase("public float")),
    _figure("insider_share", cells.share, phrase("held by insiders and 5 % holders"), "31%"),
    _figure("public_float_share", cells.share, phrase("free float"), "69%"),
)
"""Named like the fields of `FundamentalsRow`."""

FUNDAMENTALS: Final = SheetSchema(
    kind="fundamentals",
    title=phrase("Fundamentals"),
    help=phrase(
        "One row a period, in US dollars, with the day on which it was published. At least one figure."
    ),
    family=families.FUNDAMENTALS,
    columns=(
        *IDENTITY,
        SheetColumn(
            name="period_ends_on",
            read=cells.day,
            help=phrase("The last day of the period."),
            example="2025-12-31",
            past=True,
            required=True,
        ),
        SheetColumn(
            name="published_on",
            read=cells.day,
            help=phrase("The day on which the figures became public: nothing is known before it."),
            example="2026-02-20",
            past=True,
            required=True,
        ),
        SheetColumn(name="form", read=cells.text(16), help=phrase("The form, like 10-K."), example="10-K"),
        SheetColumn(name="accession", read=cells.text(32), help=phrase("The accession number at the SEC.")),
        *FIGURES,
    ),
)
