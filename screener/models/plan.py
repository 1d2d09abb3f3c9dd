"""Saved plan: on what terms a person would hold an asset, and what followed from them that day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models import Asset
from screener.models.owned import Deletable, DeletableQuerySet


class Plan(Deletable):
    """Kept as it was worked out: later facts change neither its size nor its orders.

    `terms` are the fields of the form as they were typed; `orders` the ladder, the highest first, as
    `[[price in USD, units], …]`. Prices are in the units of `planned_at`. `loss_usd` is what was at risk: all
    of it where a gate was open, unverified or unchecked.
    """

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="plans")
    terms = models.JSONField(_("terms"))
    size_usd = models.FloatField(_("size"))
    loss_usd = models.FloatField(_("at risk"))
    stop_usd = models.FloatField(_("stop"), null=True, blank=True)
    orders = models.JSONField(_("orders"))
    is_clear = models.BooleanField(_("all gates clear"))
    planned_at = models.DateTimeField(_("planned at"))

    objects = DeletableQuerySet["Plan"].as_manager()

    class Meta:
        ordering = ("-planned_at", "-id")
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        indexes = (models.Index(fields=("owner", "-planned_at"), name="plans_of_a_person"),)

    def __str__(self) -> str:
        return f"plan of {self.planned_at:%Y-%m-%d} for asset {self.asset_id}"
