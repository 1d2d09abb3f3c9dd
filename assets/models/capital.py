"""Capital events and venue: what changes the number of a company's shares, and where they are traded."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.metrics import families
from assets.models.observation import AMOUNT, MONEY, FactRow
from assets.sourcing import rows


class CapitalEvent(FactRow):
    """A split, a registered offering, a placement. `event` is one of `metrics.capital.CAPITAL_EVENTS`."""

    family = families.CAPITAL
    row = rows.CapitalRow

    event = models.CharField(_("event"), max_length=24)
    happened_on = models.DateField(_("happened on"))
    accession = models.CharField(_("accession number"), max_length=32, blank=True)
    ratio = models.FloatField(_("new shares for an old one"), null=True, blank=True)
    shares = models.DecimalField(_("shares"), **AMOUNT)
    amount_usd = models.DecimalField(_("amount"), **MONEY)
    source_url = models.URLField(_("source"), max_length=500, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("capital event")
        verbose_name_plural = _("capital events")


class VenueSnapshot(FactRow):
    """Where a share is traded; `tier` is one of `metrics.venues.TIERS`."""

    family = families.VENUE
    row = rows.VenueRow

    venue = models.CharField(_("venue"), max_length=64)
    tier = models.CharField(_("tier"), max_length=16, blank=True)
    suspended_24m = models.BooleanField(_("trading suspended within 24 months"), null=True, blank=True)
    enforcement_24m = models.BooleanField(
        _("enforcement release (AAER) within 24 months"), null=True, blank=True
    )
    paid_promotion = models.BooleanField(_("paid promotion"), null=True, blank=True)
    threshold_list = models.BooleanField(_("on the Reg SHO threshold list"), null=True, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("venue snapshot")
        verbose_name_plural = _("venue snapshots")
