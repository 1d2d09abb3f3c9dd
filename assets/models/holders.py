"""Holders: who holds an asset, and what type of holder each one is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.metrics import families
from assets.models.observation import AMOUNT, FactRow
from assets.models.whole_json import WholeJSONField
from assets.sourcing import rows


class HolderSnapshot(FactRow):
    """One holder list: how many there are and the largest positions, typed."""

    family = families.HOLDERS
    row = rows.HolderRow

    holder_count = models.PositiveBigIntegerField(_("holders"), null=True, blank=True)
    top_ten_share = models.FloatField(_("reported top-10 share"), null=True, blank=True)
    buckets = WholeJSONField(_("shares by rank"), default=dict, blank=True)
    supply = models.DecimalField(_("supply they are shares of"), **AMOUNT)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("holder snapshot")
        verbose_name_plural = _("holder snapshots")


class HolderPosition(models.Model):
    """One position. `share` is of total supply; `holder_type` is one of `metrics.holders.HOLDER_TYPES`."""

    snapshot = models.ForeignKey(HolderSnapshot, on_delete=models.CASCADE, related_name="positions")
    address = models.CharField(_("address"), max_length=128, blank=True)
    label = models.CharField(_("label"), max_length=160, blank=True)
    holder_type = models.CharField(_("type"), max_length=16)
    balance = models.DecimalField(_("balance"), **AMOUNT)
    share = models.FloatField(_("share of supply"))

    class Meta:
        ordering = ("-share", "id")
        verbose_name = _("holder position")
        verbose_name_plural = _("holder positions")

    def __str__(self) -> str:
        return f"{self.label or self.address}: {self.share:.4f}"
