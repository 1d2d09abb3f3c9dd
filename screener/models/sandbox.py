"""Removal of the sandbox market: who asked for it, and whether it is over. Meanwhile nobody fills it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SandboxRemoval(models.Model):
    """`kept_in` is the file with what people had written about invented assets, "" without any."""

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
    kept_in = models.CharField(_("kept in"), max_length=400, blank=True)
    assets = models.PositiveIntegerField(_("assets"), default=0)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("removal of the sandbox")
        verbose_name_plural = _("removals of the sandbox")

    def __str__(self) -> str:
        return f"removal of {self.assets} assets"
