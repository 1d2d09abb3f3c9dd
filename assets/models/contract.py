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

    native_coin = models.BooleanField(_("issued by its own chain"), null=True, blank=True)
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
    proxy_authority = models.CharField(_("who may replace the code"), max_length=16, blank=True)
    implementation_address = models.CharField(_("runs the code of"), max_length=128, blank=True)
    code_hash = models.CharField(_("hash of the code"), max_length=66, blank=True)
    pausable = models.BooleanField(_("transfers can be paused"), null=True, blank=True)
    blacklist = models.BooleanField(_("holders can be blacklisted"), null=True, blank=True)
    honeypot = models.BooleanField(_("can't be sold (honeypot)"), null=True, blank=True)
    hidden_owner = models.BooleanField(_("hidden owner"), null=True, blank=True)
    balance_mutable = models.BooleanField(_("balances can be changed"), null=True, blank=True)
    tax_mutable = models.BooleanField(_("taxes can be changed"), null=True, blank=True)
    personal_tax_mutable = models.BooleanField(_("a tax can be set for one holder"), null=True, blank=True)
    whitelist = models.BooleanField(_("some are exempt (whitelist)"), null=True, blank=True)
    ownership_recoverable = models.BooleanField(_("ownership can be taken back"), null=True, blank=True)
    external_call = models.BooleanField(_("transfers call other contracts"), null=True, blank=True)
    self_destruct = models.BooleanField(_("can destroy itself"), null=True, blank=True)
    limits_mutable = models.BooleanField(_("limits of trades can be changed"), null=True, blank=True)
    trade_limited = models.BooleanField(_("trades or holdings are limited"), null=True, blank=True)
    sale_limited = models.BooleanField(_("not all can be sold at once"), null=True, blank=True)
    cooldown = models.BooleanField(_("wait between trades"), null=True, blank=True)
    cannot_buy = models.BooleanField(_("can't be bought"), null=True, blank=True)
    non_transferable = models.BooleanField(_("can't be transferred"), null=True, blank=True)
    frozen_by_default = models.BooleanField(_("new accounts are frozen"), null=True, blank=True)
    default_state_mutable = models.BooleanField(_("new accounts can be made frozen"), null=True, blank=True)
    transfer_hook = models.BooleanField(_("a program decides on transfers"), null=True, blank=True)
    hook_mutable = models.BooleanField(_("a program can be put over transfers"), null=True, blank=True)
    closable = models.BooleanField(_("can be closed"), null=True, blank=True)
    counterfeit = models.BooleanField(_("named as an imitation"), null=True, blank=True)
    scam = models.BooleanField(_("named as a scam"), null=True, blank=True)
    malicious = models.BooleanField(_("its makers are known as malicious"), null=True, blank=True)
    buy_tax_share = models.FloatField(_("buy tax"), null=True, blank=True)
    sell_tax_share = models.FloatField(_("sell tax"), null=True, blank=True)
    transfer_tax_share = models.FloatField(_("transfer tax"), null=True, blank=True)
    deployed_at = models.DateTimeField(_("deployed at"), null=True, blank=True)

    class Meta(FactRow.Meta):
        abstract = False
        verbose_name = _("contract snapshot")
        verbose_name_plural = _("contract snapshots")
