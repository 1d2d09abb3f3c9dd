"""Token contract: who may change what its holders own, taxes and honeypots, and its creator's record."""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.columns import Column, Groups, Mask, days_until, known, levels, ratio
from assets.metrics.facts import Facts

AUTHORITIES: Final = ("none", "dao", "timelock", "contract", "wallet")
"""From nobody to one person. `contract` is a program of which it is not known who controls it."""

GOVERNED: Final = AUTHORITIES.index("timelock")
"""Up to here others see a change coming before it happens."""

POWERS: Final = ("proxy", "pausable", "blacklist", "hidden_owner", "balance_mutable", "tax_mutable")
"""What can be done to holders: replace the code, stop transfers, shut out, hide, take, charge."""

ONE_PROGRAM_CHAINS: Final = ("solana",)
"""Where all tokens run the chain's own public program: there is no source of theirs to verify."""

TRAP_TAX_SHARE: Final = 0.5
"""A tax from here on leaves nothing worth selling: it is a trap. Our judgement."""

HEAVY_TAX_SHARE: Final = 0.10
"""One tax above this settles it, whatever the other one is. Source: GoPlus' scan marks it red."""


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

    A hidden owner is somebody else. Who gives up a proxy does not give up what its admin may do.
    On one program for all, each power but freezing has an authority of which nothing is known.
    """
    freeze, owner = (levels(rows[name], AUTHORITIES) for name in ("freeze_authority", "owner_authority"))
    is_hidden = (rows["hidden_owner"] == 1) | ((rows["proxy"] == 1) & (owner == 0))
    has_others = (rows[[*POWERS]] == 1).any(axis=1)
    return np.where(on_one_program, np.where(has_others, np.nan, freeze), np.where(is_hidden, np.nan, owner))


def measures(facts: Facts) -> pd.DataFrame:
    rows = facts.contract.reindex(facts.asset_ids)
    on_one_program = facts.assets["chain"].str.casefold().isin(ONE_PROGRAM_CHAINS).to_numpy()
    is_known = facts.asset_ids.isin(facts.contract.index)
    verified = np.where(on_one_program & is_known, 1.0, rows["verified_source"])
    flags = rows[[*POWERS]].to_numpy(dtype=float)
    freeze = levels(rows["freeze_authority"], AUTHORITIES)
    counted = np.nansum(flags, axis=1) + (freeze > 0)
    # One power that is known to be there settles it; that there is none must be known of all.
    nothing_hidden = ~np.isnan(flags).any(axis=1) | (on_one_program & ~np.isnan(freeze))
    powers = np.where((counted > 0) | nothing_hidden, counted, np.nan)
    tax = higher_tax(known(rows["buy_tax_share"], high=1), known(rows["sell_tax_share"], high=1))
    honeypot = rows["honeypot"].to_numpy(dtype=float)
    trap = np.where(tax >= TRAP_TAX_SHARE, 1.0, honeypot)
    pools = Groups.of(facts.pools, facts.asset_ids)
    buys, sells = known(pools["buys_24h"]), known(pools["sells_24h"])
    return pd.DataFrame(
        {
            "mint_authority_level": levels(rows["mint_authority"], AUTHORITIES),
            "source_verified": verified,
            "contract_powers_count": powers,
            "contract_power_level": power_level(powers, controller(rows, on_one_program=on_one_program)),
            "tax_share": tax,
            "sale_trap": trap,
            # Of pools where both are known: adding 0 × the other makes what is not known of one unknown.
            "sells_per_buy": ratio(pools.total(sells + 0 * buys), pools.total(buys + 0 * sells)),
            "creator_share": known(rows["creator_share"], high=1),
            "creator_earlier_tokens": known(rows["creator_earlier_tokens"]),
            "creator_rugs": known(rows["creator_rugs"]),
            "contract_age_days": known(-days_until(rows["deployed_at"], facts.now)),
        },
        index=facts.asset_ids,
    )
