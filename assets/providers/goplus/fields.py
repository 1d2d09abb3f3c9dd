"""Fields of GoPlus: what each one says, and which of ours it becomes; or why it becomes none.

Source: the notes of the models in PyPI goplus 0.2.6 (Apache-2.0) and
https://docs.gopluslabs.io/reference/response-details. A test walks recorded answers and that list of
fields and finds each one here: a flag that nobody read is a power that nobody saw.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class VendorField:
    """`ours` is a field of one of our rows, "" where it is ignored for the reason that `says` gives."""

    says: str
    ours: str = ""
    is_flag: bool = False


def _flag(ours: str, says: str) -> VendorField:
    return VendorField(says, ours, is_flag=True)


def _value(ours: str, says: str) -> VendorField:
    return VendorField(says, ours)


def _ignored(why: str) -> VendorField:
    return VendorField(why)


EVM: Final[Mapping[str, VendorField]] = {
    "is_open_source": _flag("verified_source", "its source can be read"),
    "is_proxy": _flag("proxy", "its code can be replaced"),
    "transfer_pausable": _flag("pausable", "transfers can be stopped"),
    "is_blacklisted": _flag("blacklist", "holders can be shut out"),
    "is_whitelisted": _flag("whitelist", "some are exempt from what the others may not"),
    "is_honeypot": _flag("honeypot", "it can't be sold, or its code is malicious"),
    "hidden_owner": _flag("hidden_owner", "somebody else than its owner owns it"),
    "can_take_back_ownership": _flag("ownership_recoverable", "ownership given up can be taken back"),
    "owner_change_balance": _flag("balance_mutable", "the owner can change balances"),
    "slippage_modifiable": _flag("tax_mutable", "taxes can be changed"),
    "personal_slippage_modifiable": _flag("personal_tax_mutable", "a tax can be set for a single holder"),
    "cannot_buy": _flag("cannot_buy", "a trial purchase failed"),
    "cannot_sell_all": _flag("sale_limited", "not all of a holding can be sold at once"),
    "is_anti_whale": _flag("trade_limited", "a trade or a holding may be no larger than a limit"),
    "anti_whale_modifiable": _flag("limits_mutable", "that limit can be changed, to next to nothing too"),
    "trading_cooldown": _flag("cooldown", "the same account has to wait between two trades"),
    "external_call": _flag("external_call", "transfers run code of other contracts"),
    "selfdestruct": _flag("self_destruct", "it can destroy itself, and all balances with it"),
    "is_airdrop_scam": _flag("scam", "it is named as an airdrop scam"),
    "gas_abuse": _flag("scam", "it is named for making its users pay for others' gas"),
    "fake_token": _value("counterfeit", "it is named as an imitation of another one"),
    "is_true_token": _value("counterfeit", '"0" names it as an imitation, "1" as the original'),
    "trust_list": _value("counterfeit", '"1" names it as a well-known original; that is no proof of more'),
    "is_mintable": _value("mint_authority", "more of it can be made"),
    "owner_address": _value("owner_address", "who owns the contract"),
    "creator_address": _value("creator_address", "who deployed it"),
    "creator_percent": _value("creator_share", "what the creator holds"),
    "honeypot_with_same_creator": _value("creator_rugs", "honeypots of the same creator"),
    "buy_tax": _value("buy_tax_share", "1 is all of it; also told where the trial purchase failed"),
    "sell_tax": _value("sell_tax_share", "1 is all of it; also told where the trial sale had to wait"),
    "transfer_tax": _value("transfer_tax_share", "what a transfer between holders costs"),
    "b20_token": _value("pausable", "powers of Base's own standard, each with a status and its admins"),
    "token_name": _value("name", "the name"),
    "token_symbol": _value("symbol", "the symbol"),
    "total_supply": _value("total", "all units"),
    "holder_count": _value("holder_count", 'holders; "0" where nobody counted'),
    "holders": _value("positions", "the ten largest holders"),
    "dex": _value("address", "pools"),
    "lp_holders": _value("lp_locked_share", "who holds the largest pool"),
    "note": _ignored("remarks in free text, which pages show with the answer"),
    "other_potential_risks": _ignored("remarks in free text, which pages show with the answer"),
    "is_in_dex": _ignored("only says whether there are `dex`, which counts pools of mainstream pairs alone"),
    "creator_balance": _ignored("the same as creator_percent in units"),
    "owner_balance": _ignored("the same as owner_percent in units"),
    "owner_percent": _ignored("an owner who holds much stands in the list of holders"),
    "lp_holder_count": _value("lp_holder_count", "how many hold the LP tokens of the largest pool"),
    "lp_total_supply": _ignored("the shares of `lp_holders` are given as such"),
    "buy_gas": _ignored("gas is no part of any figure of ours"),
    "sell_gas": _ignored("gas is no part of any figure of ours"),
    "launchpad_token": _ignored("the pools' providers tell what is on its curve"),
    "cex_list": _ignored("the exchanges' own lists tell where it trades"),
}
"""Of https://api.gopluslabs.io/api/v1/token_security/{chain}."""

SOLANA: Final[Mapping[str, VendorField]] = {
    "mintable": _value("mint_authority", "more of it can be made"),
    "freezable": _value("freeze_authority", "accounts can be frozen"),
    "closable": _flag("closable", "the token can be closed"),
    "balance_mutable_authority": _flag("balance_mutable", "a delegate can move everybody's units"),
    "transfer_fee_upgradable": _flag("tax_mutable", "the transfer fee can be changed"),
    "transfer_hook_upgradable": _flag("hook_mutable", "a program can be made part of every transfer"),
    "default_account_state_upgradable": _flag("default_state_mutable", "new accounts can be made frozen"),
    "non_transferable": _flag("non_transferable", "it can't be moved, so it can't be sold"),
    "none_transferable": _flag("non_transferable", "the same by its documented name"),
    "default_account_state": _value("frozen_by_default", '"2": whoever buys is frozen; "1" is usual'),
    "transfer_hook": _value("transfer_hook", "programs that decide on every transfer"),
    "transfer_fee": _value("buy_tax_share", "what every transfer costs"),
    "creators": _value("creator_address", "who made it, and whether the vendor knows them as malicious"),
    "metadata": _value("name", "name and symbol"),
    "total_supply": _value("total", "all units"),
    "holder_count": _value("holder_count", 'holders; "0" where nobody counted'),
    "holders": _value("positions", "the ten largest holders"),
    "dex": _value("address", "pools"),
    "lp_holders": _value("lp_locked_share", "who holds the largest pool"),
    "trusted_token": _value("counterfeit", "1 names it as a well-known original; no proof of more"),
    "metadata_mutable": _ignored("name and picture may change: nothing of what holders own does"),
}
"""Of https://api.gopluslabs.io/api/v1/solana/token_security."""

FREE_TEXTS: Final = ("note", "other_potential_risks")

B20: Final[Mapping[str, str]] = {
    "transfer_pausable": "pausable",
    "cannot_sell": "pausable",
    "cannot_buy": "pausable",
    "owner_change_balance": "balance_mutable",
    "blacklist": "blacklist",
    "whitelist": "whitelist",
    "mintable": "mint_authority",
    "metadata_modifiable": "",
}
"""Powers of a B20 token and ours; names may change without touching what holders own."""


def flags_of(fields: Mapping[str, VendorField]) -> Mapping[str, tuple[str, ...]]:
    """By field of ours the flags that say it: one that is set settles it."""
    found: dict[str, tuple[str, ...]] = {}
    for name, field in fields.items():
        if field.is_flag:
            found[field.ours] = (*found.get(field.ours, ()), name)
    return found
