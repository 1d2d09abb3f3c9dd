"""Token contract: who may change what its holders own, taxes and honeypots, and its creator's record."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, Mask, known, levels, ratio
from assets.metrics.facts import Facts

AUTHORITIES: Final = ("none", "dao", "timelock", "contract", "wallet")
"""From nobody to one person. `contract` is a program of which it is not known who controls it."""

GOVERNED: Final = AUTHORITIES.index("timelock")
"""Up to here others see a change coming before it happens."""

POWERS: Final = (
    "proxy",
    "pausable",
    "blacklist",
    "hidden_owner",
    "balance_mutable",
    "tax_mutable",
    "personal_tax_mutable",
    "whitelist",
    "limits_mutable",
    "ownership_recoverable",
    "external_call",
    "self_destruct",
)
"""What can be done to holders: replace the code, stop transfers, shut out, hide, take, charge all or one,
favour some, limit, come back, run others' code, destroy. That there is none must be known of all."""

PROGRAM_POWERS: Final = (
    "balance_mutable",
    "tax_mutable",
    "transfer_hook",
    "hook_mutable",
    "default_state_mutable",
    "closable",
)
"""The same of a token that runs its chain's own program (with the freeze authority): the extensions of
Token-2022 that reach into accounts. Source: solana.com/docs/tokens/extensions."""

FREEZE: Final = "freeze"
ALL_POWERS: Final = (
    *dict.fromkeys((*POWERS, *PROGRAM_POWERS, "sale_limited", "malicious")),
    FREEZE,
)

UNVERIFIED: Final = "unverified"
FAULTS: Final = (UNVERIFIED, *ALL_POWERS)
"""In the order of `contract_faults`, whose digit n is 2ⁿ."""

NOT_THE_OWNERS: Final = ("external_call", "self_destruct", "sale_limited", "malicious")
"""What giving up ownership does not end."""

TRAPS: Final = (
    "honeypot",
    "non_transferable",
    "frozen_by_default",
    "counterfeit",
    "scam",
    "tax",
)
"""In the order of `sale_traps`. Whoever buys can't sell, or has bought something else."""

TRADE_LIMITS: Final = ("cannot_buy", "sale_limited", "trade_limited", "cooldown")
"""In the order of `trade_limits`."""

ONE_PROGRAM_CHAINS: Final = ("solana",)
"""Where all tokens run the chain's own public program: there is no source of theirs to verify."""

TRAP_TAX_SHARE: Final = 0.5
"""A tax from here on leaves nothing worth selling: it is a trap. Our judgement."""

HEAVY_TAX_SHARE: Final = 0.10
"""One tax above this settles it, whatever the other one is. Source: GoPlus' scan marks it red."""

OF_CONTRACT: Final = (
    *("native_coin", "mint_authority_level", "source_verified", "contract_powers_count", "contract_faults"),
    *("contract_power_level", "tax_share", "sale_trap", "sale_traps", "trade_limits", "trade_limits_level"),
    *("creator_share", "creator_earlier_tokens", "creator_rugs"),
)
"""Measures that are not known where nobody has told of a contract."""


def power_level(powers: Column, owner: Column) -> Column:
    """0 nobody can do any of it, 1 a DAO or a timelock can, 2 somebody can at once; NaN not known.

    `powers` is the number of things that can be done to holders, `owner` the place in AUTHORITIES.
    """
    # Of powers whose owner is not known, the worst is taken: they are there.
    held = np.where(owner == 0, 0.0, np.where(owner <= GOVERNED, 1.0, 2.0))
    return np.where(powers == 0, 0.0, held + 0 * powers)


def higher_tax(buy: Column, sell: Column) -> Column:
    """The higher of both taxes; of one alone, itself where it is heavy, else NaN: the other may be."""
    one_alone = np.fmax(buy, sell)
    return np.where(one_alone > HEAVY_TAX_SHARE, one_alone, np.maximum(buy, sell))


def controller(rows: pd.DataFrame, *, on_one_program: Mask) -> Column:
    """Who holds the powers, as a place in AUTHORITIES; NaN where it is not who owns the token.

    A hidden owner is somebody else. Who gives up a proxy does not give up what its admin may do, who counts
    beside the owner where it is told what he is.
    On one program for all, each power but freezing has an authority of which nothing is known.
    """
    freeze, owner, replacer = (
        levels(rows[f"{each}_authority"], AUTHORITIES) for each in ("freeze", "owner", "proxy")
    )
    is_others = (rows[["hidden_owner", *NOT_THE_OWNERS]].to_numpy(np.float64) == 1).any(axis=1)
    is_proxy = (rows["proxy"] == 1).to_numpy()
    is_others |= is_proxy & (owner == 0) & np.isnan(replacer)
    # Either of two can act; of one alone who acts at once the other can only be as bad.
    of_both = np.where(replacer > GOVERNED, np.fmax(owner, replacer), np.maximum(owner, replacer))
    owner = np.where(is_proxy & ~np.isnan(replacer), of_both, owner)
    others = rows[[each for each in ALL_POWERS if each != FREEZE]].to_numpy(np.float64)
    has_others = (others == 1).any(axis=1)
    return np.where(on_one_program, np.where(has_others, np.nan, freeze), np.where(is_others, np.nan, owner))


def powers_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Which powers there are, a column each: 1, 0 or NaN."""
    powers = rows[[each for each in ALL_POWERS if each != FREEZE]].astype(float)
    freeze = levels(rows["freeze_authority"], AUTHORITIES)
    return powers.assign(**{FREEZE: np.where(np.isnan(freeze), np.nan, freeze > 0)})[[*ALL_POWERS]]


def traps_of(rows: pd.DataFrame, tax: Column) -> pd.DataFrame:
    """Which traps there are, a column each: 1, 0 or NaN."""
    heavy = np.where(np.isnan(tax), np.nan, tax >= TRAP_TAX_SHARE)
    return rows[[each for each in TRAPS if each != "tax"]].astype(float).assign(tax=heavy)[[*TRAPS]]


def as_digits(there: pd.DataFrame) -> Column:
    """Σ 2ⁿ over the columns n that are 1: which ones, in one number; NaN where none is."""
    number = (there.to_numpy() == 1) @ (2.0 ** np.arange(there.shape[1]))
    return np.where(number > 0, number, np.nan)


def trap(there: pd.DataFrame, *, hook: Column) -> Column:
    """1 where there is a trap; 0 where somebody tried to sell, or saw that accounts are as usual and nothing
    decides on transfers; NaN where nobody did."""
    is_open = (there["honeypot"] == 0) | (
        (there["frozen_by_default"] == 0) & (there["non_transferable"] == 0) & (hook == 0)
    )
    return np.where((there == 1).any(axis=1), 1.0, np.where(is_open & (hook != 1), 0.0, np.nan))


def mint_level(rows: pd.DataFrame) -> Column:
    """The place in AUTHORITIES of who can mint; NaN where it is not known.

    That nobody can is not known of a proxy: whoever replaces its code may add it, unseen unless nobody, a DAO
    or a timelock can; its owner, where it is not told who that is.
    """
    level, owner, replacer = (
        levels(rows[f"{each}_authority"], AUTHORITIES) for each in ("mint", "owner", "proxy")
    )
    is_governed = np.where(np.isnan(replacer), (owner > 0) & (owner <= GOVERNED), replacer <= GOVERNED)
    return np.where((level == 0) & (rows["proxy"] == 1) & ~is_governed, np.nan, level)


def trade_limits_level(rows: pd.DataFrame) -> Column:
    """0 none, 1 sales, trades or holdings are limited, 2 it can't be bought; NaN where none is known of."""
    limited = rows[["sale_limited", "trade_limited", "cooldown"]].max(axis=1)
    return np.where(rows["cannot_buy"] == 1, 2.0, np.fmax(limited, 0 * rows["cannot_buy"]))


def measures(facts: Facts) -> pd.DataFrame:
    nobody = np.full(len(facts.asset_ids), np.nan)
    told = dict.fromkeys(OF_CONTRACT, nobody) if facts.contract.empty else _of_contract(facts)
    return pd.DataFrame({**told, "sells_per_buy": _sells_per_buy(facts)}, index=facts.asset_ids)


def _sells_per_buy(facts: Facts) -> Column:
    pools = Groups.of(facts.pools, facts.asset_ids)
    buys, sells = known(pools["buys_24h"]), known(pools["sells_24h"])
    of_market = facts.aligned("market")
    # Of pools where both are known: adding 0 × the other makes what is not known of one unknown.
    of_pools = ratio(pools.total(sells + 0 * buys), pools.total(buys + 0 * sells))
    of_all = ratio(known(of_market["sells_24h"]), known(of_market["buys_24h"]))
    return np.where(np.isnan(pools.total(np.fmax(buys, sells))), of_all, of_pools)


def _of_contract(facts: Facts) -> dict[str, Column]:
    rows = facts.aligned("contract")
    on_one_program = facts.assets["chain"].str.casefold().isin(ONE_PROGRAM_CHAINS).to_numpy()
    is_known = facts.asset_ids.isin(facts.contract.index)
    verified = np.where(on_one_program & is_known, 1.0, rows["verified_source"])
    there = powers_of(rows)
    counted = there.sum(axis=1).to_numpy()
    # One power that is known to be there settles it; that there is none must be known of all.
    seen_all = np.where(
        on_one_program,
        there[[*PROGRAM_POWERS, FREEZE]].notna().all(axis=1),
        there[[*POWERS]].notna().all(axis=1),
    )
    powers = np.where((counted > 0) | seen_all, counted, np.nan)
    tax = _tax(rows)
    traps = traps_of(rows, tax)
    return {
        "native_coin": known(rows["native_coin"], high=1),
        "mint_authority_level": mint_level(rows),
        "source_verified": verified,
        "contract_powers_count": powers,
        "contract_faults": as_digits(pd.concat([rows["verified_source"] == 0, there], axis=1)),
        "contract_power_level": power_level(powers, controller(rows, on_one_program=on_one_program)),
        "tax_share": tax,
        "sale_trap": trap(traps, hook=rows["transfer_hook"].to_numpy(dtype=float)),
        "sale_traps": as_digits(traps),
        "trade_limits": as_digits(rows[[*TRADE_LIMITS]].astype(float)),
        "trade_limits_level": trade_limits_level(rows),
        "creator_share": known(rows["creator_share"], high=1),
        "creator_earlier_tokens": known(rows["creator_earlier_tokens"]),
        "creator_rugs": known(rows["creator_rugs"]),
    }


def _tax(rows: pd.DataFrame) -> Column:
    """The highest of all taxes; a program that decides on transfers can take what it wants, so that a low one
    says nothing."""
    buy, sell, moved = (known(rows[f"{each}_tax_share"], high=1) for each in ("buy", "sell", "transfer"))
    tax = np.fmax(higher_tax(buy, sell), np.where(np.isnan(buy + sell), np.nan, moved))
    return np.where((rows["transfer_hook"] == 1) & ~(tax > HEAVY_TAX_SHARE), np.nan, tax)
