"""Dead-letter list of scoring: the assets that could not be judged, each with the reason."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models import Asset


class UnscoredAsset(models.Model):
    """An asset whose newest facts could not be judged; its last scorecard stays.

    It goes when the asset is judged, which is tried whenever new facts come in.
    """

    asset = models.OneToOneField(Asset, on_delete=models.CASCADE, primary_key=True, related_name="+")
    reason = models.TextField(_("reason"))
    since = models.DateTimeField(_("since"))
    tried_at = models.DateTimeField(_("tried at"))

    class Meta:
        ordering = ("-tried_at", "asset_id")
        verbose_name = _("asset that could not be judged")
        verbose_name_plural = _("assets that could not be judged")

    def __str__(self) -> str:
        return f"Asset {self.asset_id}: {self.reason}"
