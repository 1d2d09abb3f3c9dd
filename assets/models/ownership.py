"""Ownership reports of insiders and of holders of five percent or more."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.metrics import families
from assets.models.observation import AMOUNT, MONEY, FactRow
from assets.sourcing import rows


class OwnershipReport(FactRow):
    """A line of a Form 3, 4, 5 or a Schedule 13D, 13G. `role` is one of `metrics.ownership.ROLES`."""

    family = families.OWNERSHIP
    row = rows.OwnershipRow

    accession = models.CharField(_("accession number"), max_length=32)
    line = models.PositiveIntegerField(_("line"))
    form = models.CharField(_("form"), max_length=32)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    holder = models.CharField(_("holder"), max_length=200)
    holder_cik = models.CharField(_("holder's CIK"), max_length=16, blank=True)
    role = models.CharField(_("role"), max_length=24, blank=True)
    title = models.CharField(_("title"), max_length=160, blank=True)
    has_left = models.BooleanField(_("has left"), default=False)
    reported_with = models.CharField(_("reported together with"), max_length=500, blank=True)
    period_on = models.DateField(_("end of the period"), null=True, blank=True)
    happened_on = models.DateField(_("happened on"), null=True, blank=True)
    security = models.CharField(_("security"), max_length=160, blank=True)
    code = models.CharField(_("transaction code"), max_length=4, blank=True)
    change = models.DecimalField(_("change in shares"), **AMOUNT)
    price_usd = models.DecimalField(_("price"), **MONEY)
    shares = models.DecimalField(_("shares after it"), **AMOUNT)
    share = models.FloatField(_("share of the class"), null=True, blank=True)
    shared_shares = models.DecimalField(_("of these shared with others"), **AMOUNT)
    is_derivative = models.BooleanField(_("derivative"), default=False)
    is_direct = models.BooleanField(_("held directly"), null=True, blank=True)
    nature = models.CharField(_("held through"), max_length=160, blank=True)
    source_url = models.URLField(_("source"), max_length=500, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("ownership report")
        verbose_name_plural = _("ownership reports")
