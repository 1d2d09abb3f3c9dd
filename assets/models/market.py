"""Market and supply. Market cap is derived; the reported one is kept to compare."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.metrics import families
from assets.models.observation import AMOUNT, MONEY, FactRow
from assets.sourcing import rows


class MarketSnapshot(FactRow):
    """Price and 24-hour volume; what the provider calls market cap and FDV stands beside ours."""

    family = families.MARKET
    row = rows.MarketRow

    price_usd = models.DecimalField(_("price"), **MONEY)
    volume_24h_usd = models.DecimalField(_("24 h volume"), **MONEY)
    market_cap_usd = models.DecimalField(_("reported market cap"), **MONEY)
    fully_diluted_usd = models.DecimalField(_("reported fully diluted valuation"), **MONEY)
    price_change_24h_share = models.FloatField(_("24 h price change"), null=True, blank=True)
    buys_24h = models.PositiveIntegerField(_("buys in 24 h"), null=True, blank=True)
    sells_24h = models.PositiveIntegerField(_("sells in 24 h"), null=True, blank=True)
    traders_24h = models.PositiveIntegerField(_("traders in 24 h"), null=True, blank=True)
    launch_sold_share = models.FloatField(_("sold by its launchpad"), null=True, blank=True)
    launch_completed = models.BooleanField(_("launch is completed"), null=True, blank=True)
    launch_completed_at = models.DateTimeField(_("launch completed at"), null=True, blank=True)
    launch_pool = models.CharField(
        _("pool after the launch"), max_length=128, blank=True, default="", db_default=""
    )

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("market snapshot")
        verbose_name_plural = _("market snapshots")


class SupplySnapshot(FactRow):
    """Tokens: circulating, total, max. Shares: outstanding, issued, fully diluted."""

    family = families.SUPPLY
    row = rows.SupplyRow

    circulating = models.DecimalField(_("circulating supply"), **AMOUNT)
    total = models.DecimalField(_("total supply"), **AMOUNT)
    maximum = models.DecimalField(_("max supply"), **AMOUNT)
    uncapped = models.BooleanField(_("no max supply"), null=True, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("supply snapshot")
        verbose_name_plural = _("supply snapshots")
