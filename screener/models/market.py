"""Market history: how groups of assets did on each day, and how many of which size there were."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MarketDay(models.Model):
    """One open day of one kind of asset and size group (`assets.metrics.market_history`).

    `log_return` is None where fewer than five members have one, `above_share` where fewer have a 50-day mean.
    `newest_candle` is the newest bar that was stored when it was worked out: once there are many more, it is
    worked out anew. `fictional`: of the sandbox market, never mixed with real assets.
    """

    kind = models.CharField(_("kind"), max_length=8)
    size = models.CharField(_("size group"), max_length=8)
    day = models.DateField(_("day"))
    fictional = models.BooleanField(_("fictional"), default=False)
    members = models.PositiveIntegerField(_("members with a return"))
    log_return = models.FloatField(_("log return"), null=True)
    breadth_members = models.PositiveIntegerField(_("members with a 50-day mean"))
    above_share = models.FloatField(_("share above the 50-day mean"), null=True)
    newest_candle = models.PositiveBigIntegerField(_("newest candle"), default=0)
    known_at = models.DateTimeField(_("known at"))

    class Meta:
        ordering = ("-day", "kind", "size")
        verbose_name = _("day of the market")
        verbose_name_plural = _("days of the market")
        constraints = (
            models.UniqueConstraint(fields=("kind", "size", "day"), name="one_market_day_a_group"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.size} on {self.day}"


class MarketCensus(models.Model):
    """How many assets of a kind, tier and sector there were on a day, and their market cap together.

    `sector` "" stands for all sectors, `tier` "" for assets whose size is not known. `market_cap_usd` is that
    of the `capitalised` assets of which it is known, None where it is of none.
    """

    kind = models.CharField(_("kind"), max_length=8)
    tier = models.CharField(_("market-cap tier"), max_length=8, blank=True)
    sector = models.CharField(_("sector"), max_length=64, blank=True)
    day = models.DateField(_("day"))
    fictional = models.BooleanField(_("fictional"), default=False)
    assets = models.PositiveIntegerField(_("assets"))
    capitalised = models.PositiveIntegerField(_("assets of known market cap"))
    market_cap_usd = models.FloatField(_("market cap in USD"), null=True)
    known_at = models.DateTimeField(_("known at"))

    class Meta:
        ordering = ("-day", "kind", "tier", "sector")
        verbose_name = _("market census")
        verbose_name_plural = _("market censuses")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "sector", "tier", "day"), name="one_market_census_a_group"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.tier or 'of unknown size'} {self.sector or 'of all sectors'} on {self.day}"
