"""Contract permissions: what a token's contract allows, and to whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.metrics import families
from assets.models.observation import FactRow
from assets.sourcing import rows


class ContractSnapshot(FactRow):
    """Tri-state: null and "" are "not known". Authorities are one of `metrics.contract.AUTHORITIES`."""

    family = families.CONTRACT
    row = rows.ContractRow

    verified_source = models.BooleanField(_("source is verified"), null=True, blank=True)
    mint_authority = models.CharField(_("who may mint"), max_length=16, blank=True)
    freeze_authority = models.CharField(_("who may freeze"), max_length=16, blank=True)
    owner_authority = models.CharField(_("who owns the contract"), max_length=16, blank=True)
    owner_address = models.CharField(_("owner"), max_length=128, blank=True)
    creator_address = models.CharField(_("creator"), max_length=128, blank=True)
    creator_share = models.FloatField(_("held by the creator"), null=True, blank=True)
    creator_earlier_tokens = models.PositiveIntegerField(
        _("the creator's earlier tokens"), null=True, blank=True
    )
    creator_rugs = models.PositiveIntegerField(
        _("the creator's tokens known as scams"), null=True, blank=True
    )
    proxy = models.BooleanField(_("can be replaced (proxy)"), null=True, blank=True)
    pausable = models.BooleanField(_("transfers can be paused"), null=True, blank=True)
    blacklist = models.BooleanField(_("holders can be blacklisted"), null=True, blank=True)
    honeypot = models.BooleanField(_("can't be sold (honeypot)"), null=True, blank=True)
    hidden_owner = models.BooleanField(_("hidden owner"), null=True, blank=True)
    balance_mutable = models.BooleanField(_("balances can be changed"), null=True, blank=True)
    tax_mutable = models.BooleanField(_("taxes can be changed"), null=True, blank=True)
    buy_tax_share = models.FloatField(_("buy tax"), null=True, blank=True)
    sell_tax_share = models.FloatField(_("sell tax"), null=True, blank=True)
    deployed_at = models.DateTimeField(_("deployed at"), null=True, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("contract snapshot")
        verbose_name_plural = _("contract snapshots")
