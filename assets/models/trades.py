"""Trades: who traded what, when and for how much."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.metrics import families
from assets.models.observation import AMOUNT, MONEY, FactRow
from assets.sourcing import rows


class Trade(FactRow):
    """One trade of a pool, seen from the asset's side; `as_of` is when it happened."""

    family = families.TRADES
    row = rows.TradeRow

    market = models.CharField(_("market"), max_length=128)
    reference = models.CharField(_("reference"), max_length=200)
    side = models.CharField(_("side"), max_length=4)
    amount = models.DecimalField(_("amount"), **AMOUNT)
    price_usd = models.DecimalField(_("price"), **MONEY)
    volume_usd = models.DecimalField(_("volume"), **MONEY)
    account = models.CharField(_("account"), max_length=128, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("trade")
        verbose_name_plural = _("trades")
