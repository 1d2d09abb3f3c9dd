"""What became of a scan: the only honest proof of a score is what happened after it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models import Asset
from assets.models.whole_json import WholeJSONField
from screener.models.scorecard import Scorecard


class Case(models.Model):
    """One scan of an asset, kept to be labelled later; `horizon_days` after `scanned_at` it is due.

    `outcome` is null until it can be told: true when something bad happened, with `events` naming what
    (liquidity_lost, price_lost, halted, filed_late). Where it can't be told, `events` says why; once
    `labelled_at` stands beside it the case is closed as not known and `events` begins with "unknown".
    """

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="cases")
    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="cases")
    scanned_at = models.DateTimeField(_("scanned at"))
    horizon_days = models.PositiveSmallIntegerField(_("horizon in days"))
    due_at = models.DateTimeField(_("due at"))
    labelled_at = models.DateTimeField(_("labelled at"), null=True, blank=True)
    outcome = models.BooleanField(_("something bad happened"), null=True, blank=True)
    events = WholeJSONField(_("events"), default=list, blank=True)

    class Meta:
        ordering = ("-scanned_at", "-id")
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = (
            models.UniqueConstraint(fields=("scorecard", "horizon_days"), name="one_case_of_a_horizon"),
        )
        indexes = (
            # What was labelled long ago does not lie in the way of what is due.
            models.Index(
                fields=("due_at", "id"), condition=models.Q(labelled_at=None), name="cases_to_label"
            ),
        )

    def __str__(self) -> str:
        return f"Asset {self.asset_id}, {self.horizon_days} days after {self.scanned_at:%Y-%m-%d}"
