"""Beneish M-score: how much a company's accounts look like those of companies that dressed theirs up.

Beneish, "The Detection of Earnings Manipulation", Financial Analysts Journal 55 (1999). Each index
compares a ratio with that of the year before, and is above 1 where it moved the way it moves in
dressed-up accounts. An index whose divisor is 0 is not known.
"""

import re
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.accounts import Accounts
from assets.metrics.columns import Column, Mask, known, of_each_text, positive, ratio
from assets.metrics.discriminant import linear_score
from assets.metrics.sectors import has_financial_code

FINANCIAL_WORDS: Final = (
    "asset management",
    "asset-backed",
    "bank",
    "capital markets",
    "commodity contracts",
    "credit",
    "financ",
    "insur",
    "investment advice",
    "investment trust",
    "loan",
    "mortgage",
    "real estate investment",
    r"reits?\b",
    "savings institution",
    "security & commodity",
    "security broker",
)
"""Begin a word in the names of sectors that lend, insure or invest, as the SEC's list of SIC codes has
them (sec.gov/search-filings/standard-industrial-classification-code-list) and as people say."""

FINANCIAL: Final = re.compile(rf"\b(?:{'|'.join(FINANCIAL_WORDS)})")


def is_financial(sectors: "pd.Series[str]") -> Mask:
    """Which of these sectors are financial; one that is not known is not."""
    return of_each_text(sectors.fillna(""), _is_financial).astype(np.bool_)


@lru_cache(maxsize=4096)
def _is_financial(sector: str) -> bool:
    return FINANCIAL.search(sector.casefold()) is not None or has_financial_code(sector)


def dsri(now: Accounts, before: Accounts) -> Column:
    """Days' sales in receivables: (receivables / revenue) now / before."""
    return ratio(_receivables_share(now), _receivables_share(before))


def gmi(now: Accounts, before: Accounts) -> Column:
    """Gross margin: before / now.

    Only of margins above zero: below it the quotient would fall as the margin gets worse.
    """
    return ratio(positive(before.gross_margin_share), positive(now.gross_margin_share))


def aqi(now: Accounts, before: Accounts) -> Column:
    """Asset quality: (1 − (current assets + property) / total assets) now / before."""
    return ratio(_other_assets_share(now), _other_assets_share(before))


def sgi(now: Accounts, before: Accounts) -> Column:
    """Sales growth: revenue now / before."""
    return ratio(now.revenue_ttm_usd, before.revenue_ttm_usd)


def depi(now: Accounts, before: Accounts) -> Column:
    """Depreciation: (depreciation / (depreciation + property)) before / now.

    With amortisation, which few companies report apart.
    """
    return ratio(_depreciation_rate(before), _depreciation_rate(now))


def sgai(now: Accounts, before: Accounts) -> Column:
    """Overheads: (selling, general and administrative expenses / revenue) now / before."""
    return ratio(_overheads_share(now), _overheads_share(before))


def lvgi(now: Accounts, before: Accounts) -> Column:
    """Leverage: ((current liabilities + long-term debt) / total assets) now / before."""
    return ratio(_leverage_share(now), _leverage_share(before))


def tata(now: Accounts) -> Column:
    """Total accruals to total assets: (net income − operating cash flow) / total assets.

    The paper works the accruals out of two balance sheets; since cash flows are reported, they
    are taken from these.
    """
    return ratio(now.net_income_ttm_usd - now.operating_cash_flow_ttm_usd, now.total_assets_usd)


def beneish_m(
    *,
    dsri: Column,
    gmi: Column,
    aqi: Column,
    sgi: Column,
    depi: Column,
    sgai: Column,
    tata: Column,
    lvgi: Column,
) -> Column:
    """M = −4.84 + 0.92 DSRI + 0.528 GMI + 0.404 AQI + 0.892 SGI + 0.115 DEPI − 0.172 SGAI
    + 4.679 TATA − 0.327 LVGI, a number without a unit; NaN where one of them is not known.

    Above −1.78 it is flagged, which takes a missed case to cost 20 times a false alarm (portfolio123.com,
    BeneishMScore); below the softer limit of −2.22 it is not (eanaliza.pl/en/beneish-model).
    """
    return linear_score(
        (0.92, dsri),
        (0.528, gmi),
        (0.404, aqi),
        (0.892, sgi),
        (0.115, depi),
        (-0.172, sgai),
        (4.679, tata),
        (-0.327, lvgi),
        constant=-4.84,
    )


def m_of(now: Accounts, before: Accounts, *, sectors: "pd.Series[str]") -> Column:
    """M of two reports a year apart; NaN for financial companies, for which it was not made."""
    score = beneish_m(
        dsri=dsri(now, before),
        gmi=gmi(now, before),
        aqi=aqi(now, before),
        sgi=sgi(now, before),
        depi=depi(now, before),
        sgai=sgai(now, before),
        tata=tata(now),
        lvgi=lvgi(now, before),
    )
    return np.where(is_financial(sectors), np.nan, score)


def _receivables_share(accounts: Accounts) -> Column:
    return ratio(accounts.receivables_usd, accounts.revenue_ttm_usd)


def _other_assets_share(accounts: Accounts) -> Column:
    """Below zero where property is reported with what is no property; then nothing is known."""
    counted = ratio(accounts.current_assets_usd + accounts.property_usd, accounts.total_assets_usd)
    return known(1 - counted)


def _depreciation_rate(accounts: Accounts) -> Column:
    depreciation = accounts.depreciation_ttm_usd
    return ratio(depreciation, depreciation + accounts.property_usd)


def _overheads_share(accounts: Accounts) -> Column:
    return ratio(accounts.selling_general_admin_ttm_usd, accounts.revenue_ttm_usd)


def _leverage_share(accounts: Accounts) -> Column:
    """Of the debt what is due within a year is a current liability already: the rest is at most what
    the other liabilities are."""
    not_current = known(accounts.total_liabilities_usd - accounts.current_liabilities_usd)
    long_term_debt = np.where(
        np.isnan(not_current), accounts.debt_usd, np.minimum(accounts.debt_usd, not_current)
    )
    return ratio(accounts.current_liabilities_usd + long_term_debt, accounts.total_assets_usd)
