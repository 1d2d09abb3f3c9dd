"""Filings: what a company files, when, and what that says."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.metrics import families
from assets.models.observation import AMOUNT, MONEY, FactRow
from assets.sourcing import rows


class FilingSnapshot(FactRow):
    """Whether the company files on time, and what its auditor says about going on."""

    family = families.FILINGS
    row = rows.FilingRow

    filings_due_24m = models.PositiveIntegerField(_("filings due in 24 months"), null=True, blank=True)
    filings_late_24m = models.PositiveIntegerField(_("filed late"), null=True, blank=True)
    filings_missing_24m = models.PositiveIntegerField(_("missing"), null=True, blank=True)
    late_notices_24m = models.PositiveIntegerField(_("late notices"), null=True, blank=True)
    grace_met_24m = models.PositiveIntegerField(_("late notices, report within grace"), null=True, blank=True)
    grace_missed_24m = models.PositiveIntegerField(_("late notices, grace missed"), null=True, blank=True)
    auditor_changes_24m = models.PositiveIntegerField(_("changes of the auditor"), null=True, blank=True)
    restatements_24m = models.PositiveIntegerField(_("restatements"), null=True, blank=True)
    last_filed_on = models.DateField(_("last filed on"), null=True, blank=True)
    figures_withdrawn = models.BooleanField(_("figures withdrawn"), null=True, blank=True)
    business_changed_on = models.DateField(_("bought or sold a business on"), null=True, blank=True)
    became_another_on = models.DateField(_("became another company on"), null=True, blank=True)
    deregistered = models.BooleanField(_("reports no more"), null=True, blank=True)
    going_concern = models.CharField(_("going-concern doubt"), max_length=16, blank=True)
    filings_url = models.URLField(_("filings"), max_length=500, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("filing snapshot")
        verbose_name_plural = _("filing snapshots")


class FiledDocument(FactRow):
    """One filing; `as_of` is when it was accepted."""

    family = families.FILINGS
    row = rows.DocumentRow

    accession = models.CharField(_("accession number"), max_length=32)
    form = models.CharField(_("form"), max_length=32)
    filed_on = models.DateField(_("filed on"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    period_ends_on = models.DateField(_("period ends on"), null=True, blank=True)
    items = models.CharField(_("items"), max_length=200, blank=True)
    document_url = models.URLField(_("document"), max_length=500, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("filed document")
        verbose_name_plural = _("filed documents")


class FilingEvent(FactRow):
    """What rules read in a filed document, with the passage that it rests on, as of the day of filing."""

    family = families.EVENTS
    row = rows.FilingEventRow

    accession = models.CharField(_("accession number"), max_length=32)
    form = models.CharField(_("form"), max_length=32)
    filed_on = models.DateField(_("filed on"))
    subject = models.CharField(_("subject"), max_length=16)
    event = models.CharField(_("event"), max_length=32)
    reasons = models.CharField(_("reasons"), max_length=200, blank=True)
    passage = models.TextField(_("passage"), blank=True)
    passage_at = models.PositiveIntegerField(_("place of the passage"), null=True, blank=True)
    happened_on = models.DateField(_("happened on"), null=True, blank=True)
    effective_on = models.DateField(_("effective on"), null=True, blank=True)
    deadline_on = models.DateField(_("deadline"), null=True, blank=True)
    ratio = models.FloatField(_("new shares for an old one"), null=True, blank=True)
    amount_usd = models.DecimalField(_("amount"), **MONEY)
    shares = models.DecimalField(_("shares"), **AMOUNT)
    shares_outstanding = models.DecimalField(_("shares outstanding"), **AMOUNT)
    price_usd = models.DecimalField(_("price"), **MONEY)
    warrants = models.DecimalField(_("warrants"), **AMOUNT)
    strike_usd = models.DecimalField(_("strike"), **MONEY)
    room_usd = models.DecimalField(_("left to be sold"), **MONEY)
    source_url = models.URLField(_("source"), max_length=500, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("filing event")
        verbose_name_plural = _("filing events")
