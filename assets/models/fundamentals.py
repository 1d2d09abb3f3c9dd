"""Fundamentals: a company's income, cash flow and balance sheet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.metrics import families
from assets.models.observation import AMOUNT, MONEY, FactRow
from assets.sourcing import rows


class FundamentalsSnapshot(FactRow):
    """Trailing twelve months and the balance sheet of one period, in USD; as of its publication."""

    family = families.FUNDAMENTALS
    row = rows.FundamentalsRow

    period_ends_on = models.DateField(_("period ends on"), null=True, blank=True)
    form = models.CharField(_("form"), max_length=16, blank=True)
    accession = models.CharField(_("accession number"), max_length=32, blank=True)
    revenue_ttm_usd = models.DecimalField(_("revenue, 12 months"), **MONEY)
    revenue_prior_ttm_usd = models.DecimalField(_("revenue, the 12 months before"), **MONEY)
    gross_profit_ttm_usd = models.DecimalField(_("gross profit, 12 months"), **MONEY)
    operating_income_ttm_usd = models.DecimalField(_("operating income, 12 months"), **MONEY)
    net_income_ttm_usd = models.DecimalField(_("net income, 12 months"), **MONEY)
    depreciation_ttm_usd = models.DecimalField(_("depreciation and amortisation, 12 months"), **MONEY)
    selling_general_admin_ttm_usd = models.DecimalField(_("overheads (SG&A), 12 months"), **MONEY)
    operating_cash_flow_ttm_usd = models.DecimalField(_("operating cash flow, 12 months"), **MONEY)
    cash_usd = models.DecimalField(_("cash and short-term investments"), **MONEY)
    receivables_usd = models.DecimalField(_("receivables"), **MONEY)
    current_assets_usd = models.DecimalField(_("current assets"), **MONEY)
    property_usd = models.DecimalField(_("property, plant and equipment"), **MONEY)
    total_assets_usd = models.DecimalField(_("total assets"), **MONEY)
    current_liabilities_usd = models.DecimalField(_("current liabilities"), **MONEY)
    debt_usd = models.DecimalField(_("debt"), **MONEY)
    total_liabilities_usd = models.DecimalField(_("total liabilities"), **MONEY)
    retained_earnings_usd = models.DecimalField(_("retained earnings"), **MONEY)
    equity_usd = models.DecimalField(_("equity"), **MONEY)
    shares_outstanding = models.DecimalField(_("shares outstanding"), **AMOUNT)
    shares_on_balance = models.DecimalField(_("shares on the balance sheet"), **AMOUNT)
    comparable_since = models.DateField(_("comparable since"), null=True, blank=True)
    rescaled_by = models.FloatField(_("multiplied by, for its scale"), null=True, blank=True)
    public_float_usd = models.DecimalField(_("public float"), **MONEY)
    insider_share = models.FloatField(_("held by insiders and 5 % holders"), null=True, blank=True)
    public_float_share = models.FloatField(_("free float"), null=True, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("fundamentals snapshot")
        verbose_name_plural = _("fundamentals snapshots")
