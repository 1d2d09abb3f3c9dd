"""Where an analyst answers a criterion otherwise than the machine, and why."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models import Asset


class OverrideQuerySet(models.QuerySet["Override"]):
    def of(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """This person's own."""
        return self.filter(owner_id=user.pk) if user.is_authenticated else self.none()


class Override(models.Model):
    """Stands beside the machine's answer and never replaces it; withdrawn, not deleted.

    `state` is one of `checklist.State`: pass, caution, fail or n-a.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="overrides")
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="overrides")
    criterion = models.CharField(_("criterion"), max_length=64)
    state = models.CharField(_("answer"), max_length=8)
    reason = models.TextField(_("reason"), max_length=2_000)
    evidence_url = models.URLField(_("evidence"), max_length=500, blank=True)
    expires_on = models.DateField(_("expires on"))
    created_at = models.DateTimeField(_("created at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        indexes = (models.Index(fields=("owner", "asset"), name="override_of_asset"),)
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "asset", "criterion"),
                condition=models.Q(withdrawn_at=None),
                name="one_override_of_a_criterion",
                violation_error_message=_("You already answered this criterion; withdraw that answer first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion} = {self.state} for asset {self.asset_id}"
