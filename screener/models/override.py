"""Overrides: where an analyst answers a criterion otherwise than the machine, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models import Asset
from screener.models.owned import Deletable, DeletableQuerySet


class Override(Deletable):
    """Stands beside the machine's answer and never replaces it; pages call throwing it away withdrawing.

    `state` is one of `checklist.State`: pass, caution, fail or n-a.
    """

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="overrides")
    criterion = models.CharField(_("criterion"), max_length=64)
    state = models.CharField(_("answer"), max_length=8)
    reason = models.TextField(_("reason"), max_length=2_000)
    evidence_url = models.URLField(_("evidence"), max_length=500, blank=True)
    expires_on = models.DateField(_("expires on"))
    created_at = models.DateTimeField(_("created at"))

    objects = DeletableQuerySet["Override"].as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        indexes = (models.Index(fields=("owner", "asset"), name="override_of_asset"),)
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "asset", "criterion"),
                condition=models.Q(deleted_at=None),
                name="one_override_of_a_criterion",
                violation_error_message=_("You already answered this criterion; withdraw that answer first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion} = {self.state} for asset {self.asset_id}"
