"""Causes: what a contract allows or a vendor warns of, by the digits in which measures keep them."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.metrics.contract import FAULTS, TRADE_LIMITS, TRAPS

FAULT_WORDS: Final[Mapping[str, Promise]] = {
    "unverified": _("its source can't be read"),
    "proxy": _("its code can be replaced"),
    "pausable": _("transfers can be stopped"),
    "blacklist": _("holders can be shut out"),
    "hidden_owner": _("its owner is hidden"),
    "balance_mutable": _("balances can be changed"),
    "tax_mutable": _("taxes can be changed"),
    "personal_tax_mutable": _("a tax can be set for a single holder"),
    "whitelist": _("some are exempt from its rules"),
    "limits_mutable": _("limits of trades can be changed"),
    "ownership_recoverable": _("ownership can be taken back"),
    "external_call": _("transfers run other contracts"),
    "self_destruct": _("it can destroy itself"),
    "transfer_hook": _("a program decides on every transfer"),
    "hook_mutable": _("a program can be put over transfers"),
    "default_state_mutable": _("new accounts can be made frozen"),
    "closable": _("it can be closed"),
    "sale_limited": _("not all of it can be sold at once"),
    "malicious": _("its makers are known as malicious"),
    "freeze": _("accounts can be frozen"),
}
TRAP_WORDS: Final[Mapping[str, Promise]] = {
    "honeypot": _("it is named a honeypot"),
    "non_transferable": _("it can't be transferred"),
    "frozen_by_default": _("buyers are frozen"),
    "counterfeit": _("it is named an imitation of another token"),
    "scam": _("it is named a scam"),
    "tax": _("half and more of a trade is tax"),
}
LIMIT_WORDS: Final[Mapping[str, Promise]] = {
    "cannot_buy": _("a trial purchase failed"),
    "sale_limited": _("not all of it can be sold at once"),
    "trade_limited": _("trades or holdings are limited"),
    "cooldown": _("one has to wait between two trades"),
}


def faults(digits: float) -> str:
    return _listed(digits, FAULTS, FAULT_WORDS)


def traps(digits: float) -> str:
    return _listed(digits, TRAPS, TRAP_WORDS)


def limits(digits: float) -> str:
    return _listed(digits, TRADE_LIMITS, LIMIT_WORDS)


def _listed(digits: float, names: Sequence[str], words: Mapping[str, Promise]) -> str:
    """Those whose digit is set: Σ 2ⁿ over their places n."""
    return ", ".join(str(words[name]) for place, name in enumerate(names) if int(digits) >> place & 1)
