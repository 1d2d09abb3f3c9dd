"""What is usual in a sector, so that an asset can be held against its peers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SectorMedian(models.Model):
    """Append-only: the median of one figure over a sector, as worked out at one moment."""

    kind = models.CharField(_("kind"), max_length=8)
    sector = models.CharField(_("sector"), max_length=64)
    figure = models.CharField(_("figure"), max_length=48)
    value = models.FloatField(_("median"))
    assets = models.PositiveIntegerField(_("assets"), help_text=_("How many have the figure."))
    known_at = models.DateTimeField(_("known at"))

    class Meta:
        ordering = ("-known_at", "-id")
        verbose_name = _("sector median")
        verbose_name_plural = _("sector medians")
        indexes = (models.Index(fields=("kind", "sector", "figure", "-known_at"), name="sector_latest"),)

    def __str__(self) -> str:
        return f"{self.figure} of {self.sector}: {self.value:g}"
