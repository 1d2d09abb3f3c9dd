"""What a person weighs otherwise than the checklist does, and what size of position they think in."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from screener.models.owned import OwnedQuerySet


class Profile(models.Model):
    """Own weights and thresholds; only what differs from the checklist is kept.

    `dimension_weights`: {dimension: weight}. `criterion_weights`: {criterion: 0–3}.
    `thresholds`: {criterion: [{"passes": …, "cautions": …} or null, one a band]}.
    Whoever knows `share_key` may read it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profiles")
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=500, blank=True)
    dimension_weights = models.JSONField(_("weights of the dimensions"), default=dict, blank=True)
    criterion_weights = models.JSONField(_("weights of the criteria"), default=dict, blank=True)
    thresholds = models.JSONField(_("thresholds"), default=dict, blank=True)
    share_key = models.UUIDField(_("share key"), default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    edited_at = models.DateTimeField(_("edited at"), auto_now=True)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True)

    objects = OwnedQuerySet["Profile"].as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "name"),
                condition=models.Q(deleted_at=None),
                name="one_profile_of_a_name",
                violation_error_message=_("You already have a profile of this name."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("profile", args=[self.pk])


class Preference(models.Model):
    """What one person has set for themselves; without a row the defaults hold."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preference")
    position_usd = models.PositiveIntegerField(
        _("position"),
        null=True,
        blank=True,
        validators=(MinValueValidator(1), MaxValueValidator(1_000_000_000)),
    )
    profile = models.ForeignKey(
        Profile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("profile")
    )

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return f"Preference of {self.user_id}"
