"""Financial statements of the sandbox: a row for each report, with figures that add up."""

import math
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Final

from assets.sandbox.filing_calendar import accepted_at, accession, reports, units_until_now
from assets.sandbox.invented import Invented
from assets.sandbox.trading import exactly
from assets.sourcing.rows import FundamentalsRow

REPORTS: Final = 8
"""Two years, so that each of the last four has one of a year before."""

CASH_SHARE: Final = 0.12
LIABILITIES_SHARE: Final = 0.2
"""Of the market value."""

INTEREST: Final = 0.08
TAX: Final = 0.15
WORN_OFF: Final = 0.1
"""What a year takes off property."""


def fundamentals(asset: Invented, now: datetime) -> Iterator[FundamentalsRow]:
    """The newest report says what the archetype says, the earlier ones how it came to that."""
    filed = [
        each
        for each in reports(asset, now.date())
        if each.filed_on is not None and accepted_at(each.filed_on) <= now
    ]
    for each in filed[-REPORTS:]:
        if each.filed_on is not None:
            yield FundamentalsRow(
                asset=asset.ref,
                as_of=accepted_at(each.filed_on),
                period_ends_on=each.period_ends_on,
                form=each.form,
                accession=accession(asset, each.filed_on, 0),
                insider_share=asset.archetype.insider_share,
                public_float_share=asset.archetype.public_float_share,
                public_float_usd=exactly(asset.cap_usd * asset.archetype.public_float_share),
                shares_outstanding=_shares(
                    asset, filed[-1].quarter - each.quarter, units_until_now(asset, each.filed_on, now)
                ),
                **_income(asset, filed[-1].quarter - each.quarter),  # type: ignore[arg-type]
                **_balance(asset, filed[-1].quarter - each.quarter),  # type: ignore[arg-type]
            )


# Each figure is worked out from how many quarters back it is from the newest report ---------------


def _shares(asset: Invented, back: int, units: float) -> Decimal:
    """Counted in the shares of that day: `units` of today's are one of them."""
    return exactly(round(asset.circulating / (1 + asset.archetype.grown_share) ** (back / 4) / units))


def _revenue(asset: Invented, back: int) -> float:
    traits = asset.archetype
    return traits.revenue_usd / (1 + traits.revenue_growth) ** (back / 4)


def _cash(asset: Invented, back: int) -> float:
    """It goes up and down; what is burnt, investors bring."""
    wave = math.sin(back + asset.index) - math.sin(asset.index)
    return asset.cap_usd * CASH_SHARE * (1 + 0.08 * wave)


def _property(asset: Invented, back: int) -> float:
    return 0.1 * _cash(asset, back) + min(0.25 * _revenue(asset, back), 0.5 * _cash(asset, back))


def _operating_cash_flow(asset: Invented, back: int) -> float:
    """A burner burns what leaves it its runway; others bring in no more than sales can give."""
    cash, months = asset.cap_usd * CASH_SHARE, asset.archetype.runway_months
    return min(cash * 0.3, _revenue(asset, back) * 0.35) if months is None else -cash / months * 12


def _net_income(asset: Invented, back: int) -> float:
    return _operating_cash_flow(asset, back) - _property(asset, back) * WORN_OFF


def _income(asset: Invented, back: int) -> dict[str, Decimal]:
    revenue, net = _revenue(asset, back), _net_income(asset, back)
    gross = revenue * asset.draw("margin").uniform(0.45, 0.8)
    before_interest = net + max(net, 0) * TAX + _debt(asset) * INTEREST
    operating = min(before_interest, gross * 0.9)
    return {
        "revenue_ttm_usd": exactly(revenue),
        "revenue_prior_ttm_usd": exactly(_revenue(asset, back + 4)),
        "gross_profit_ttm_usd": exactly(gross),
        "operating_income_ttm_usd": exactly(operating),
        "net_income_ttm_usd": exactly(net),
        "depreciation_ttm_usd": exactly(_property(asset, back) * WORN_OFF),
        "selling_general_admin_ttm_usd": exactly((gross - operating) * 0.7),
        "operating_cash_flow_ttm_usd": exactly(_operating_cash_flow(asset, back)),
    }


def _debt(asset: Invented) -> float:
    return asset.cap_usd * LIABILITIES_SHARE * 0.3


def _balance(asset: Invented, back: int) -> dict[str, Decimal]:
    revenue, cash = _revenue(asset, back), _cash(asset, back)
    is_doubted, dice = asset.archetype.going_concern != "none", asset.draw("balance")
    bought = 0.0 if is_doubted else asset.cap_usd * dice.uniform(0.1, 0.3)
    current_share = 0.8 if is_doubted else 0.4
    current, fixed = exactly(cash + 0.2 * revenue), exactly(_property(asset, back))
    assets = current + fixed + exactly(bought)
    liabilities = exactly(asset.cap_usd * LIABILITIES_SHARE)
    return {
        "cash_usd": exactly(cash),
        "receivables_usd": exactly(0.14 * revenue),
        "current_assets_usd": current,
        "property_usd": fixed,
        "total_assets_usd": assets,
        "current_liabilities_usd": exactly(asset.cap_usd * LIABILITIES_SHARE * current_share),
        "debt_usd": exactly(_debt(asset)),
        "total_liabilities_usd": liabilities,
        "retained_earnings_usd": exactly(_retained(asset, back)),
        "equity_usd": assets - liabilities,
    }


def _retained(asset: Invented, back: int) -> float:
    """What was earned or lost so far; each quarter adds a fourth of its year's."""
    so_far = _net_income(asset, 0) * asset.draw("retained").uniform(2, 6)
    return so_far - sum(_net_income(asset, each) / 4 for each in range(back))
