"""Filling of an empty server with the real market: who ordered it, at which step it is, what was refused."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models import RefreshRun


class MarketUndo(models.Model):
    """That fillings are taken back: of `assets` that they had brought in so many are `removed` so far.

    `kept` says at its end how many stay, by the reason (`screener.services.operation.undo_filling.TAKEN_UP`).
    """

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    assets = models.PositiveIntegerField(_("assets"), default=0)
    removed = models.PositiveIntegerField(_("removed"), default=0)
    kept = models.JSONField(_("kept"), default=dict, blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("undo of a filling")
        verbose_name_plural = _("undos of fillings")

    def __str__(self) -> str:
        return f"undo of {self.assets} assets"

    @property
    def stays(self) -> int:
        return sum(self.kept.values())


class MarketFilling(models.Model):
    """`step` sources of the plan have been started by `runs`, `run` is the latest of them. `problems` are, by
    provider and family, why a source could not be asked."""

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
    runs = models.ManyToManyField(RefreshRun, blank=True, related_name="+", verbose_name=_("runs"))
    undo = models.ForeignKey(
        MarketUndo,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="fillings",
        verbose_name=_("taken back by"),
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

    @property
    def started(self) -> list[RefreshRun]:
        """Its runs, the first one first."""
        return sorted(self.runs.all(), key=lambda each: each.pk)
