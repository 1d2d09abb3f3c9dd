"""Capital events and venue: what changes an asset's units or their number, and where shares are traded."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.metrics import families
from assets.metrics.unit_changes import UNIT_CHANGES
from assets.models.observation import AMOUNT, MONEY, FactRow
from assets.sourcing import rows


class CapitalEvent(FactRow):
    """A split, a registered offering, a placement. `event` is one of `metrics.capital.CAPITAL_EVENTS`.

    Where only a period is known it is from `earliest_on` to `happened_on`. `evidence` is one of
    `metrics.unit_changes.EVIDENCE`, or "" where its report is all there is to say.
    """

    family = families.CAPITAL
    row = rows.CapitalRow

    event = models.CharField(_("event"), max_length=24)
    earliest_on = models.DateField(_("happened not before"), null=True, blank=True)
    happened_on = models.DateField(_("happened on"))
    accession = models.CharField(_("accession number"), max_length=32, blank=True)
    ratio = models.FloatField(_("new shares for an old one"), null=True, blank=True)
    shares = models.DecimalField(_("shares"), **AMOUNT)
    amount_usd = models.DecimalField(_("amount"), **MONEY)
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    evidence = models.CharField(_("evidence"), max_length=16, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        indexes = (
            *FactRow.Meta.indexes,
            models.Index(
                fields=("happened_on",),
                condition=models.Q(event__in=UNIT_CHANGES),
                name="units_changed_on_a_day",
            ),
        )
        verbose_name = _("capital event")
        verbose_name_plural = _("capital events")


class CapitalReading(FactRow):
    """That somebody read an asset's papers of a period for a subject, whether anything was found or not.

    It tells "there was no split" from "nobody looked". `subject` is one of `metrics.unit_changes.SUBJECTS`.
    """

    family = families.CAPITAL
    row = rows.CapitalReadingRow

    subject = models.CharField(_("subject"), max_length=16)
    read_since = models.DateField(_("read from"), null=True, blank=True)
    read_until = models.DateField(_("read until"))

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("reading for capital events")
        verbose_name_plural = _("readings for capital events")


class VenueSnapshot(FactRow):
    """Where a share is traded; `tier` is one of `metrics.venues.TIERS`."""

    family = families.VENUE
    row = rows.VenueRow

    venue = models.CharField(_("venue"), max_length=64, blank=True)
    tier = models.CharField(_("tier"), max_length=16, blank=True)
    suspended_24m = models.BooleanField(_("trading suspended within 24 months"), null=True, blank=True)
    enforcement_24m = models.BooleanField(
        _("enforcement release (AAER) within 24 months"), null=True, blank=True
    )
    paid_promotion = models.BooleanField(_("paid promotion"), null=True, blank=True)
    threshold_list = models.BooleanField(_("on the Reg SHO threshold list"), null=True, blank=True)
    financial_status = models.CharField(_("status of the issuer"), max_length=32, blank=True)
    halt_code = models.CharField(_("code of a trading halt"), max_length=8, blank=True)
    halted_at = models.DateTimeField(_("halted at"), null=True, blank=True)
    short_interest_shares = models.DecimalField(_("shares sold short"), **AMOUNT)
    short_interest_on = models.DateField(_("sold short on"), null=True, blank=True)
    average_volume_shares = models.DecimalField(_("shares traded a day"), **AMOUNT)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("venue snapshot")
        verbose_name_plural = _("venue snapshots")
