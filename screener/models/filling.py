"""Filling of an empty server with the real market: who ordered it, at which step it is, what was refused."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models import RefreshRun


class MarketFilling(models.Model):
    """`step` sources of the plan have been started, `run` is the latest of them. `problems` are, by provider
    and family, why a source could not be asked."""

    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ordered by"),
    )
    ordered_at = models.DateTimeField(_("ordered at"))
    step = models.PositiveSmallIntegerField(_("step"), default=0)
    run = models.ForeignKey(
        RefreshRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("run")
    )
    problems = models.JSONField(_("problems"), default=dict, blank=True)
    stopped = models.BooleanField(_("stopped"), default=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("filling of the market")
        verbose_name_plural = _("fillings of the market")

    def __str__(self) -> str:
        return f"filling, step {self.step}"
