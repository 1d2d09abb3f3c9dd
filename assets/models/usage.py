"""Usage: who uses a project, and what they pay."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.metrics import families
from assets.models.observation import MONEY, FactRow
from assets.sourcing import rows


class UsageSnapshot(FactRow):
    family = families.USAGE
    row = rows.UsageRow

    active_addresses_30d = models.PositiveBigIntegerField(_("active addresses, 30 d"), null=True, blank=True)
    active_addresses_least_30d = models.PositiveBigIntegerField(
        _("active addresses, 30 d, at least"), null=True, blank=True
    )
    transactions_30d = models.PositiveBigIntegerField(_("transactions, 30 d"), null=True, blank=True)
    transactions_prior_60d = models.PositiveBigIntegerField(
        _("transactions in the 60 days before"), null=True, blank=True
    )
    fees_annual_usd = models.DecimalField(_("fees, annualised"), **MONEY)
    revenue_annual_usd = models.DecimalField(_("revenue, annualised"), **MONEY)
    tvl_usd = models.DecimalField(_("total value locked"), **MONEY)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("usage snapshot")
        verbose_name_plural = _("usage snapshots")
