"""Visits: when a person last looked at an asset, so that they can be told what is new since."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models import Asset
from screener.models.owned import Owned, OwnedQuerySet


class AssetVisit(Owned):
    """`began_at` is when the visit began that lasts, or lasted last; `before_at` when the one before it did,
    None where it is the first."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="+")
    began_at = models.DateTimeField(_("began at"))
    before_at = models.DateTimeField(_("visit before"), null=True, blank=True)

    objects = OwnedQuerySet["AssetVisit"].as_manager()

    class Meta:
        ordering = ("-began_at", "-id")
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = (models.UniqueConstraint(fields=("owner", "asset"), name="one_visit_of_an_asset"),)

    def __str__(self) -> str:
        return f"asset {self.asset_id} at {self.began_at:%Y-%m-%d %H:%M}"
