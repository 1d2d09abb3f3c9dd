"""A company's money and its filings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models.observation import MONEY, FactRow


class FundamentalsSnapshot(FactRow):
    """Trailing twelve months and the balance sheet date's figures, in USD."""

    revenue_ttm_usd = models.DecimalField(_("revenue, 12 months"), **MONEY)
    revenue_prior_ttm_usd = models.DecimalField(_("revenue, the 12 months before"), **MONEY)
    operating_cash_flow_ttm_usd = models.DecimalField(_("operating cash flow, 12 months"), **MONEY)
    cash_usd = models.DecimalField(_("cash and short-term investments"), **MONEY)
    total_liabilities_usd = models.DecimalField(_("total liabilities"), **MONEY)
    insider_share = models.FloatField(_("held by insiders and 5 % holders"), null=True, blank=True)
    public_float_share = models.FloatField(_("free float"), null=True, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("fundamentals snapshot")
        verbose_name_plural = _("fundamentals snapshots")


class FilingSnapshot(FactRow):
    """Whether the company files on time, and what its auditor says about going on."""

    filings_due_24m = models.PositiveIntegerField(_("filings due in 24 months"), null=True, blank=True)
    filings_late_24m = models.PositiveIntegerField(_("filed late"), null=True, blank=True)
    filings_missing_24m = models.PositiveIntegerField(_("missing"), null=True, blank=True)
    last_filed_on = models.DateField(_("last filed on"), null=True, blank=True)
    going_concern = models.CharField(_("going-concern doubt"), max_length=16, blank=True)
    filings_url = models.URLField(_("filings"), max_length=500, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("filing snapshot")
        verbose_name_plural = _("filing snapshots")
