"""Candle: daily open, high, low, close and volume."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.metrics import families
from assets.models.observation import MONEY, FactRow
from assets.sourcing import rows


class Candle(FactRow):
    """One bar; `as_of` is its opening moment. A revised bar is a new row of a later observation."""

    family = families.CANDLES
    row = rows.CandleRow

    interval = models.CharField(_("interval"), max_length=8, default="day")
    market = models.CharField(_("market"), max_length=128, blank=True)
    open_usd = models.DecimalField(_("open"), **MONEY)
    high_usd = models.DecimalField(_("high"), **MONEY)
    low_usd = models.DecimalField(_("low"), **MONEY)
    close_usd = models.DecimalField(_("close"), **MONEY)
    volume_usd = models.DecimalField(_("volume"), **MONEY)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("candle")
        verbose_name_plural = _("candles")
