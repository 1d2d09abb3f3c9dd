"""Contract of a token by GoPlus: flags with three states, taxes, authorities and who is known for what.

A flag that is missing or empty was not examined. Of several flags that say one thing one that is set
settles it; that it is not so must be said by one of them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from assets.identity.burned import is_burned
from assets.providers.goplus.fields import B20, EVM, FREE_TEXTS, SOLANA, flags_of
from assets.providers.goplus.values import Fields, Values, address_of_key
from assets.sourcing.reading import count_of

EVM_FLAGS: Final = flags_of(EVM)
SOLANA_FLAGS: Final = flags_of(SOLANA)
FROZEN: Final = "2"
"""Of an account's states on Solana; "1" is the usual one."""

ALL_OF_IT: Final = 1.0


def evm_contract(values: Values) -> dict[str, Any]:
    """Fields of a ContractRow."""
    owner = address_of_key(values.text("owner_address"))
    owned_by = _owner_authority(values, owner)
    flags = _flags(values, EVM_FLAGS) | {"counterfeit": _counterfeit(values)}
    if flags["limits_mutable"] is None and flags["trade_limited"] is False:
        flags["limits_mutable"] = False
    mintable = values.flag("is_mintable")
    for ours, is_on in _b20(values).items():
        if ours == "mint_authority":
            mintable = mintable or is_on
        else:
            flags[ours] = flags[ours] or is_on
    for name in FREE_TEXTS:
        if text := values.text(name):
            values.reader.remark("GoPlus notes: %(text)s", text=text)
    return {
        # A mint function without an owner is called by somebody of whom nothing is known.
        "mint_authority": {
            None: "",
            False: "none",
            True: owned_by if owned_by == "wallet" else "contract",
        }[mintable],
        "owner_authority": owned_by,
        "owner_address": owner[:128],
        "creator_address": address_of_key(values.text("creator_address"))[:128],
        "creator_share": values.share("creator_percent"),
        "creator_rugs": values.value("honeypot_with_same_creator", count_of),
        "transfer_tax_share": values.share("transfer_tax"),
        **_taxes(values, flags),
        **flags,
    }


def _flags(values: Values, names: Mapping[str, Sequence[str]]) -> dict[str, bool | None]:
    return {ours: _any(values.status(name) for name in theirs) for ours, theirs in names.items()}


def _any(said: Any) -> bool | None:
    """Yes where one says so, no where one denies it and none says so."""
    answers = [each for each in said if each is not None]
    return any(answers) if answers else None


def _taxes(values: Values, flags: Mapping[str, bool | None]) -> dict[str, float | None]:
    """A tax of 100 % is also told where the trial trade didn't work: after a failed purchase neither tax is
    known, and where accounts have to wait between trades the one of the sale isn't."""
    taxes = {"buy_tax_share": values.share("buy_tax"), "sell_tax_share": values.share("sell_tax")}
    untried = {"sell_tax_share"} if flags["cooldown"] else set()
    untried |= set(taxes) if flags["cannot_buy"] else set()
    untold = [name for name in taxes if name in untried and taxes[name] == ALL_OF_IT]
    if untold:
        values.reader.remark("The trial trade failed: that all of it is tax says nothing of the tax.")
    return taxes | dict.fromkeys(untold)


def _counterfeit(values: Values) -> bool | None:
    """Named as an imitation, or as the original; None where the vendor has no word on it."""
    fake = values.fields.get("fake_token")
    if isinstance(fake, dict) and values.flag("value", fake):
        values.reader.remark(
            "GoPlus names it an imitation of %(address)s.", address=values.text("true_token_address", fake)
        )
        return True
    is_true = values.flag("is_true_token")
    if is_true is None:
        return False if values.flag("trust_list") else None
    return not is_true


def _b20(values: Values) -> dict[str, bool | None]:
    """What Base's own standard allows: on where a permission is enabled."""
    token = values.fields.get("b20_token")
    info = token.get("b20_info") if isinstance(token, dict) else None
    if not isinstance(info, dict):
        return {}
    return {
        ours: _any(
            values.flag("status", entry)
            for name, meant in B20.items()
            if meant == ours and isinstance(entry := info.get(name), dict)
        )
        for ours in set(B20.values()) - {""}
    }


def _owner_authority(values: Values, owner: str) -> str:
    """Who owns it. Ownership that can be taken back, or is held in hiding, was not given up.

    An empty owner means that there is none or that none was found: not known.
    """
    if not owner:
        return ""
    if not is_burned(owner):
        return "wallet" if values.flag("is_contract", _holder_at(values, owner)) is False else "contract"
    is_kept = values.flag("can_take_back_ownership") or values.flag("hidden_owner")
    return "contract" if is_kept else "none"


def _holder_at(values: Values, address: str) -> Fields:
    """What the list of holders says about this address. Whether it is a contract stands there only."""
    for each in values.listed("holders"):
        if address_of_key(each.get("address")) == address:
            return each
    return {}


def solana_contract(values: Values) -> dict[str, Any]:
    """Fields of a ContractRow. All tokens run programs of the chain, so that each power has its authority."""
    tax = _transfer_fee(values)
    creators = [values.text("address", each)[:128] for each in values.listed("creators")]
    return {
        "mint_authority": _authority(values, "mintable"),
        "freeze_authority": _authority(values, "freezable"),
        "creator_address": creators[0] if len(creators) == 1 else "",
        "buy_tax_share": tax,
        "sell_tax_share": tax,
        "frozen_by_default": _frozen_by_default(values),
        "transfer_hook": _hook(values),
        "malicious": _malicious(values),
        "counterfeit": False if values.flag("trusted_token") else None,
        **_flags(values, SOLANA_FLAGS),
    }


def _transfer_fee(values: Values) -> float | None:
    """The highest of the fee of today and those that are set for later epochs: who buys now sells under them.

    Source: `scheduled_fee_rate`, "Scheduled changes to transfer fee rates", of https://pypi.org/project/goplus.
    """
    fee = values.fields.get("transfer_fee")
    if fee == {}:
        return 0.0  # Examined, and there is none.
    if not isinstance(fee, dict):
        return None
    charged, scheduled = fee.get("current_fee_rate"), fee.get("scheduled_fee_rate")
    now = values.share("fee_rate", charged) if isinstance(charged, dict) else None
    if now is None:
        return None
    coming = [each for each in scheduled if isinstance(each, dict)] if isinstance(scheduled, list) else []
    later = [share for each in coming if (share := values.share("fee_rate", each)) is not None]
    return max([now, *later])


def _authority(values: Values, key: str) -> str:
    """Nobody, or an account whose owner is not known."""
    return {None: "", False: "none", True: "wallet"}[values.status(key)]


def _frozen_by_default(values: Values) -> bool | None:
    state = values.fields.get("default_account_state")
    return None if state in (None, "") else str(state) == FROZEN


def _hook(values: Values) -> bool | None:
    """A list of programs; an empty one says that there is none."""
    hooks = values.fields.get("transfer_hook")
    return bool(hooks) if isinstance(hooks, (list, dict)) else values.flag("transfer_hook")


def _malicious(values: Values) -> bool | None:
    """Whether the vendor knows a creator, a hook or the holder of an authority as malicious."""
    named = [*values.listed("creators"), *values.listed("transfer_hook")]
    for entry in values.fields.values():
        for key in ("authority", "metadata_upgrade_authority"):
            holders = entry.get(key) if isinstance(entry, dict) else None
            if isinstance(holders, list):
                named += [each for each in holders if isinstance(each, dict)]
    return _any(values.flag("malicious_address", each) for each in named)
