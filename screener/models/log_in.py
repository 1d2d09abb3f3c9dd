"""Failed log-ins: what slows the next attempt from the same place down."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FailedLogIns(models.Model):
    """Attempts that failed from one source. `key` is a digest: no name and no address is kept.

    Until `retry_at` the next one is not looked at; at `forget_at` the source starts anew.
    """

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(_("failures"), default=0)
    retry_at = models.DateTimeField(_("next attempt at"))
    forget_at = models.DateTimeField(_("forgotten at"), db_index=True)

    class Meta:
        verbose_name = _("failed log-ins")
        verbose_name_plural = _("failed log-ins")

    def __str__(self) -> str:
        return self.key
