"""Profiles and preferences: what a person weighs otherwise than the checklist, and what they have set."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assets.models.whole_json import WholeJSONField
from screener.models.owned import LONGEST_DESCRIPTION, Owned, OwnedQuerySet, Shared, SharedQuerySet


class Profile(Shared):
    """Own weights and thresholds; only what differs from the checklist is kept.

    `dimension_weights`: {dimension: weight}. `criterion_weights`: {criterion: 0–3}.
    `thresholds`: {criterion: [{"passes": …, "cautions": …} or null, one a band]}. `size_tiers`: {kind: {tier:
    the market cap in USD below which it lies}}, of the kinds whose limits are other than the operator's.
    """

    description = models.CharField(_("description"), max_length=LONGEST_DESCRIPTION, blank=True)
    dimension_weights = WholeJSONField(_("weights of the dimensions"), default=dict, blank=True)
    criterion_weights = WholeJSONField(_("weights of the criteria"), default=dict, blank=True)
    thresholds = WholeJSONField(_("thresholds"), default=dict, blank=True)
    size_tiers = WholeJSONField(
        _("limits of the size tiers"),
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        blank=True,
    )
    edited_at = models.DateTimeField(_("edited at"), auto_now=True)

    name_taken = _("You already have a profile named “%(name)s”. Choose another name.")

    objects = SharedQuerySet["Profile"].as_manager()

    class Meta(Shared.Meta):
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def get_absolute_url(self) -> str:
        return reverse("profile", args=[self.pk])


class Preference(Owned):
    """What one person has set for themselves; without a row the defaults hold.

    The position is in US dollars, or in units of whatever asset is looked at; one of the two. `calendar` has
    the words of the filter with which the calendar opens, as its address has them.
    """

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preference"
    )
    position_usd = models.PositiveIntegerField(
        _("position"),
        null=True,
        blank=True,
        validators=(MinValueValidator(1), MaxValueValidator(1_000_000_000)),
    )
    position_units = models.FloatField(
        _("position in units"), null=True, blank=True, validators=(MinValueValidator(1e-15),)
    )
    profile = models.ForeignKey(
        Profile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("profile")
    )

    calendar = WholeJSONField(
        _("calendar"), default=dict, db_default=models.Value({}, models.JSONField()), blank=True
    )

    objects = OwnedQuerySet["Preference"].as_manager()

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return f"Preference of {self.owner_id}"
