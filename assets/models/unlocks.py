"""Unlock schedule: when how many tokens are released, for whom, and how exactly that is known."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.metrics import families
from assets.models.observation import AMOUNT, FactRow
from assets.sourcing import rows


class UnlockSchedule(FactRow):
    """A schedule as one provider gives it; only one that is `complete` says that nothing else comes free."""

    family = families.UNLOCKS
    row = rows.UnlockRow

    source_url = models.URLField(_("source"), max_length=500, blank=True)
    precision = models.CharField(_("precision"), max_length=16, blank=True)
    complete = models.BooleanField(_("complete"), default=False)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("unlock schedule")
        verbose_name_plural = _("unlock schedules")


class UnlockEvent(models.Model):
    """One release, at once or evenly until `ends_at`; its category is of `metrics.unlocks`."""

    schedule = models.ForeignKey(UnlockSchedule, on_delete=models.CASCADE, related_name="events")
    unlock_at = models.DateTimeField(_("unlocks at"))
    amount = models.DecimalField(_("amount"), **{**AMOUNT, "null": False})
    category = models.CharField(_("category"), max_length=16)
    shape = models.CharField(_("shape"), max_length=8, default="cliff")
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)

    class Meta:
        ordering = ("unlock_at", "id")
        indexes = (
            models.Index(fields=("unlock_at",), name="unlock_of_a_day"),
            models.Index(
                fields=("ends_at",), condition=models.Q(ends_at__isnull=False), name="vesting_ending_on_a_day"
            ),
        )
        verbose_name = _("unlock event")
        verbose_name_plural = _("unlock events")

    def __str__(self) -> str:
        return f"{self.amount} on {self.unlock_at:%Y-%m-%d} ({self.category})"
