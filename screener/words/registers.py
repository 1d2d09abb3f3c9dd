"""Enumerations in words: contract permissions, capital events, market tiers, insiders' roles."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from screener.words.numbers import short

AUTHORITY_NAMES: Final = {
    "none": gettext_lazy("nobody"),
    "dao": gettext_lazy("a vote of the holders"),
    "timelock": gettext_lazy("a contract with a delay"),
    "contract": gettext_lazy("a contract"),
    "wallet": gettext_lazy("a wallet"),
}

EVENT_NAMES: Final = {
    "split": gettext_lazy("Split"),
    "reverse_split": gettext_lazy("Reverse split"),
    "redenomination": gettext_lazy("Redenomination"),
    "unit_change": gettext_lazy("Change of units"),
    "shelf": gettext_lazy("Shelf registration"),
    "at_the_market": gettext_lazy("At-the-market offering"),
    "equity_line": gettext_lazy("Equity line"),
    "offering": gettext_lazy("Offering"),
    "convertible": gettext_lazy("Convertible"),
    "private_placement": gettext_lazy("Private placement"),
    "prospectus": gettext_lazy("Prospectus"),
    "unregistered_sale": gettext_lazy("Unregistered sale of securities"),
}

TIER_NAMES: Final = {
    "exchange": gettext_lazy("exchange"),
    "otcqx": "OTCQX",
    "otcqb": "OTCQB",
    "otcid": "OTCID",
    "pink_limited": gettext_lazy("Pink Limited"),
    "expert": gettext_lazy("Expert Market"),
    "grey": gettext_lazy("grey market"),
    "caveat_emptor": gettext_lazy("Caveat Emptor"),
}

STATUS_NAMES: Final = {
    "normal": gettext_lazy("in order"),
    "deficient": gettext_lazy("below a listing rule"),
    "delinquent": gettext_lazy("owes a report"),
    "bankrupt": gettext_lazy("bankrupt"),
}

HALT_NAMES: Final = {
    "none": gettext_lazy("not halted"),
    "D": gettext_lazy("removed from trading"),
    "H4": gettext_lazy("below a listing rule"),
    "H9": gettext_lazy("its filings are not current"),
    "H10": gettext_lazy("suspended by the SEC"),
    "H11": gettext_lazy("concern of a regulator"),
    "LUDP": gettext_lazy("paused after a jump of the price"),
    "LUDS": gettext_lazy("paused after a jump of the price"),
    "O1": gettext_lazy("trouble of the exchange"),
    "T1": gettext_lazy("news pending"),
    "T2": gettext_lazy("news released"),
    "T3": gettext_lazy("news out, about to be resumed"),
    "T5": gettext_lazy("paused after a jump of the price"),
    "T6": gettext_lazy("extraordinary market activity"),
    "T12": gettext_lazy("the exchange asked for more information"),
}
"""Another code is shown as it is. Source: nasdaqtrader.com/Trader.aspx?id=TradeHaltCodes."""

ROLE_NAMES: Final = {
    "director": gettext_lazy("director"),
    "officer": gettext_lazy("officer"),
    "ten_percent_owner": gettext_lazy("owner of 10 % or more"),
    "five_percent_owner": gettext_lazy("owner of 5 % or more"),
    "other": gettext_lazy("other"),
}

FIELD_NAMES: Final = {
    "price_usd": (gettext_lazy("price"), "usd"),
    "market_cap_usd": (gettext_lazy("market cap"), "usd"),
    "circulating": (gettext_lazy("circulating supply"), "count"),
    "total": (gettext_lazy("total supply"), "count"),
    "maximum": (gettext_lazy("max supply"), "count"),
    "creator_share": (gettext_lazy("share held by the creator"), "share"),
}
"""Fields on which providers can contradict each other, and their units."""

PERMISSIONS: Final = (
    ("verified_source", gettext_lazy("Source code is published and verified")),
    ("honeypot", gettext_lazy("Can't be sold (honeypot)")),
    ("proxy", gettext_lazy("Code can be replaced (proxy)")),
    ("pausable", gettext_lazy("Transfers can be paused")),
    ("blacklist", gettext_lazy("Holders can be blocked")),
    ("balance_mutable", gettext_lazy("Balances can be changed")),
    ("tax_mutable", gettext_lazy("Taxes can be changed")),
    ("hidden_owner", gettext_lazy("Has a hidden owner")),
)

FURTHER_PERMISSIONS: Final = (
    ("personal_tax_mutable", gettext_lazy("A tax can be set for a single holder")),
    ("whitelist", gettext_lazy("Some are exempt from its rules")),
    ("ownership_recoverable", gettext_lazy("Ownership can be taken back")),
    ("external_call", gettext_lazy("Transfers run other contracts")),
    ("self_destruct", gettext_lazy("Can destroy itself")),
    ("limits_mutable", gettext_lazy("Limits of trades can be changed")),
    ("trade_limited", gettext_lazy("Trades or holdings are limited")),
    ("sale_limited", gettext_lazy("Not all can be sold at once")),
    ("cooldown", gettext_lazy("Trades have to wait")),
    ("cannot_buy", gettext_lazy("A trial purchase failed")),
    ("non_transferable", gettext_lazy("Can't be transferred")),
    ("frozen_by_default", gettext_lazy("New accounts are frozen")),
    ("default_state_mutable", gettext_lazy("New accounts can be made frozen")),
    ("transfer_hook", gettext_lazy("A program decides on transfers")),
    ("hook_mutable", gettext_lazy("A program can be put over transfers")),
    ("closable", gettext_lazy("Can be closed")),
    ("counterfeit", gettext_lazy("Named an imitation")),
    ("scam", gettext_lazy("Named a scam")),
    ("malicious", gettext_lazy("Its makers are known as malicious")),
)
"""Shown where something is known of them: most are asked of one kind of chain only."""

DENIED_NAMES: Final = {
    "mint_authority": gettext_lazy("May mint"),
    "freeze_authority": gettext_lazy("May freeze"),
    "owner_authority": gettext_lazy("Owns the contract"),
    "buy_tax_share": gettext_lazy("Tax on buying"),
    "sell_tax_share": gettext_lazy("Tax on selling"),
    "transfer_tax_share": gettext_lazy("Tax on transfers"),
    **dict((*PERMISSIONS, *FURTHER_PERMISSIONS)),
}
"""Fields of which one provider can report what another denies."""


def authority_name(authority: str) -> Any:
    return AUTHORITY_NAMES.get(authority, authority)


def event_name(event: str) -> Any:
    return EVENT_NAMES.get(event, event)


def tier_name(tier: str) -> Any:
    return TIER_NAMES.get(tier, tier)


def status_name(status: str) -> str:
    """What an exchange says of an issuer; several words stand together."""
    return ", ".join(str(STATUS_NAMES.get(word, word)) for word in status.split("+"))


def halt_name(code: str) -> Any:
    return HALT_NAMES.get(code, code)


def role_name(role: str) -> Any:
    return ROLE_NAMES.get(role, role)


def field_name(field: str) -> Any:
    return FIELD_NAMES[field][0] if field in FIELD_NAMES else DENIED_NAMES[field]


def field_unit(field: str) -> str:
    return FIELD_NAMES[field][1]


def denied_value(value: Any) -> str:
    """What somebody says of a power or a tax: yes, no, who has it, or how much."""
    if isinstance(value, str):
        return str(authority_name(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return short(value, "share")


NOT_OF_A_CHAINS_PROGRAM: Final = frozenset({"proxy", "blacklist", "hidden_owner"})
"""What the token program of a chain has no word for: whoever may freeze accounts can block holders there."""


def permissions_of(contract: Any, *, is_of_chain: bool = False) -> list[tuple[Any, bool | None]]:
    """Each permission with yes, no or None for not known; the further ones only where they are known.

    `is_of_chain`: it runs the chain's own token program, which lacks some of them.
    """
    lacking = NOT_OF_A_CHAINS_PROGRAM if is_of_chain else frozenset()
    always = [
        (label, allowed)
        for name, label in PERMISSIONS
        if (allowed := getattr(contract, name)) is not None or name not in lacking
    ]
    further = [(label, getattr(contract, name)) for name, label in FURTHER_PERMISSIONS]
    return always + [(label, allowed) for label, allowed in further if allowed is not None]
