"""Disclosure and audits: what a project publishes about itself, and who has checked it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.metrics import families
from assets.models.observation import FactRow
from assets.models.whole_json import WholeJSONField
from assets.sourcing import rows


class DisclosureSnapshot(FactRow):
    """Official channels, team, roadmap, repository. `team` is one of `metrics.disclosure.TEAM_LEVELS`.

    `audits_known` tells "the provider lists audits, there are none" from "nobody was asked".
    """

    family = families.DISCLOSURE
    row = rows.DisclosureRow

    channels = WholeJSONField(_("official channels"), default=dict, blank=True)
    channels_linked = models.BooleanField(_("channels link to each other"), null=True, blank=True)
    team = models.CharField(_("team"), max_length=16, blank=True)
    site_since = models.DateField(_("site since"), null=True, blank=True)
    roadmap_planned = models.PositiveIntegerField(_("roadmap items planned"), null=True, blank=True)
    roadmap_delivered = models.PositiveIntegerField(_("roadmap items delivered"), null=True, blank=True)
    repository = models.CharField(_("repository"), max_length=200, blank=True)
    commits_90d = models.PositiveIntegerField(_("commits in 90 days"), null=True, blank=True)
    commits_4w = models.PositiveIntegerField(_("commits in four weeks"), null=True, blank=True)
    releases_12m = models.PositiveIntegerField(_("releases in 12 months"), null=True, blank=True)
    contributors = models.PositiveIntegerField(_("contributors"), null=True, blank=True)
    hacks = WholeJSONField(_("hacks"), default=list, blank=True)
    raises = WholeJSONField(_("raises"), default=list, blank=True)
    profile_paid = models.BooleanField(_("profile was paid for"), null=True, blank=True)
    community_takeover = models.BooleanField(_("taken over by the community"), null=True, blank=True)
    paid_promotions = models.PositiveIntegerField(_("paid promotions"), null=True, blank=True)
    promotion_paid_at = models.DateTimeField(_("last promotion paid at"), null=True, blank=True)
    audits_known = models.BooleanField(_("audits are known"), default=False)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("disclosure snapshot")
        verbose_name_plural = _("disclosure snapshots")


class Audit(models.Model):
    """One audit (token: security; equity: financial statements) with its conclusion and its limits."""

    snapshot = models.ForeignKey(DisclosureSnapshot, on_delete=models.CASCADE, related_name="audits")
    firm = models.CharField(_("firm"), max_length=160)
    audited_on = models.DateField(_("audited on"), null=True, blank=True)
    scope = models.TextField(_("scope"), blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)
    limitations = models.TextField(_("limitations"), blank=True)
    matches_deployed = models.BooleanField(_("matches what is deployed"), null=True, blank=True)
    report_url = models.URLField(_("report"), max_length=500, blank=True)

    class Meta:
        ordering = ("-audited_on", "id")
        verbose_name = _("audit")
        verbose_name_plural = _("audits")

    def __str__(self) -> str:
        return f"{self.firm} {self.audited_on or ''}".strip()
