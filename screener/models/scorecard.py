"""What the checklist said of an asset, once, under one version of its rules."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models import Asset


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    def latest_of_each_asset(self) -> Self:
        newest = self.order_by().values("asset_id").annotate(newest=models.Max("id")).values("newest")
        return self.filter(id__in=newest)


class Scorecard(models.Model):
    """Append-only. Scores are 0–1 for dimensions and 0–100 for the total, as in `checklist.scoring`.

    An asset that is not rated has no total and no grade (""), but the interval of what is known.

    `dimensions`: {id: {score, low, high, coverage}}. `findings`: one entry a criterion,
    as `checklist.judgements.Judgement` has it. `figures`: every known measure by name.

    It can be replayed: `observations` are the ids of all that told its facts, `context` is the
    asset's row of `Facts.assets` as it was, `scored_at` is the "now" of every age. `known_at` is when
    the newest of its facts was learnt. `label` is what the rules take the asset for. `states` has a letter
    for what each finding is shown as, in their order: what a screen asks of a million cards without reading
    their findings.

    `questioned` is {} or {figures, facts}. `facts`: what a witness contradicts, as {frame, place, field,
    value, witness, against}. `figures`: the measures that are others for that, and what they would be.

    `exit_costs` are round trips at `assets.metrics.exit_costs.EXIT_SIZES_USD`, null where not known; [] where
    none is. Figures of a reader's own size are read from them; they are no part of the judgement.
    """

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="scorecards")
    checklist_version = models.CharField(_("checklist version"), max_length=16)
    as_of = models.DateTimeField(_("as of"), null=True, help_text=_("The newest fact it rests on."))
    known_at = models.DateTimeField(_("known at"), null=True)
    scored_at = models.DateTimeField(_("scored at"))
    total = models.FloatField(_("total"), null=True)
    total_low = models.FloatField(_("lowest possible total"))
    total_high = models.FloatField(_("highest possible total"))
    coverage = models.FloatField(_("coverage"))
    grade = models.CharField(_("grade"), max_length=1, blank=True)
    tier = models.CharField(_("market-cap tier"), max_length=8, blank=True)
    gates_open = models.JSONField(_("gates that say stop"), default=list)
    gates_unverified = models.JSONField(_("unverified gates"), default=list)
    dimensions = models.JSONField(_("dimensions"), default=dict)
    findings = models.JSONField(_("findings"), default=list)
    figures = models.JSONField(_("figures"), default=dict)
    label = models.CharField(_("label"), max_length=24, blank=True)
    observations = models.JSONField(_("observations"), default=list)
    context = models.JSONField(_("context"), default=dict)
    questioned = models.JSONField(_("questioned figures"), default=dict)
    exit_costs = models.JSONField(_("cost of a round trip by size"), default=list, editable=False)
    states = models.CharField(max_length=64, blank=True, default="", editable=False)
    digest = models.CharField(max_length=64, editable=False)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        indexes = (
            models.Index(fields=("asset", "-id"), name="scorecard_latest"),
            models.Index(fields=("asset", "-scored_at", "-id"), name="scorecard_at_a_moment"),
        )

    def __str__(self) -> str:
        score = "not rated" if self.total is None else f"{self.total:.0f} ({self.grade})"
        return f"{score}, asset {self.asset_id}"

    @property
    def is_rated(self) -> bool:
        return self.total is not None
