"""Labels: the archetype of an asset, by rule: utility token or meme coin, operating company or shell.

A label is a description, not a verdict: it neither raises nor lowers a score. The rules are asked in
order, the first that holds gives the label, and each says why. Where too little is known none holds.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics.beneish import is_financial
from assets.metrics.columns import of_each_text
from assets.metrics.families import EQUITY, KINDS, TOKEN
from screener.checklist.states import Mask
from screener.checklist.types import Measured, phrase

Rule = Callable[[Measured, pd.DataFrame], npt.ArrayLike]

USED_ADDRESSES: Final = 1_000
HARDLY_USED_ADDRESSES: Final = 100
"""The limits of the criterion on active addresses: from the first on it is used, below the other not."""
NOMINAL_REVENUE_USD: Final = 100_000
NOMINAL_BURN_USD: Final = 1_000_000
"""Rule 12b-2 of the Exchange Act: a shell has no or nominal operations. What is nominal is our judgement."""

MEMES: Final = r"\bmeme"
STABLE: Final = r"stablecoin"
SECURITIES: Final = r"security token|tokenized (?:stock|share|equity|fund|treasur|gold|bond)|real world asset"
GOVERNANCE: Final = r"governance|\bdao\b"
BLANK_CHECKS: Final = r"blank check|acquisition corp|acquisition co\b|acquisition holdings|\bspac\b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """`reason` names the `measures` it is filled with; `rule` tells of which assets it holds."""

    id: str
    kind: str
    title: str
    reason: str
    measures: tuple[str, ...] = ()
    rule: Rule


def _mentions(assets: pd.DataFrame, pattern: str, *columns: str) -> Mask:
    """Whether one of these texts speaks of it."""
    found = np.zeros(len(assets), dtype=np.bool_)
    for column in columns:
        found |= of_each_text(assets[column], partial(_speaks_of, re.compile(pattern, re.ASCII))).astype(
            np.bool_
        )
    return found


def _speaks_of(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(text.casefold()) is not None


def _is_used(m: Measured, _assets: pd.DataFrame) -> npt.ArrayLike:
    return (m["revenue_annual_usd"] > 0) | (m["tvl_usd"] > 0) | (m["active_addresses_30d"] >= USED_ADDRESSES)


def _is_air(m: Measured, _assets: pd.DataFrame) -> npt.ArrayLike:
    """Known to be hardly used and to tell nothing; what it earns or holds may be unknown but not there."""
    unused = m["active_addresses_30d"] < HARDLY_USED_ADDRESSES
    without_people = (m["team_level"] == 0) & (m["audit_count"] == 0)
    return unused & (without_people | (m["channels_count"] == 0)) & ~(m["revenue_annual_usd"] > 0)


LABELS: Final = (
    Label(
        id="stablecoin",
        kind=TOKEN,
        title=phrase("Stablecoin"),
        reason=phrase("It is listed as a stablecoin: its price is meant to stay where it is."),
        rule=lambda _m, assets: _mentions(assets, STABLE, "sector", "tags"),
    ),
    Label(
        id="security_like",
        kind=TOKEN,
        title=phrase("Security-like token"),
        reason=phrase(
            "It is listed as a claim on something outside the chain, such as shares, gold or bonds."
        ),
        rule=lambda _m, assets: _mentions(assets, SECURITIES, "sector", "tags"),
    ),
    Label(
        id="meme_coin",
        kind=TOKEN,
        title=phrase("Meme coin"),
        reason=phrase("It is listed as a meme coin: its worth is attention alone."),
        rule=lambda _m, assets: _mentions(assets, MEMES, "sector", "tags"),
    ),
    Label(
        id="governance_token",
        kind=TOKEN,
        title=phrase("Governance token"),
        reason=phrase("It is listed as a token to vote with."),
        rule=lambda _m, assets: _mentions(assets, GOVERNANCE, "sector", "tags"),
    ),
    Label(
        id="utility_token",
        kind=TOKEN,
        title=phrase("Utility token"),
        reason=phrase(
            "It is used: {active_addresses_30d} addresses in 30 days, {revenue_annual_usd} of revenue a "
            "year, {tvl_usd} locked in it."
        ),
        measures=("active_addresses_30d", "revenue_annual_usd", "tvl_usd"),
        rule=_is_used,
    ),
    Label(
        id="air_token",
        kind=TOKEN,
        title=phrase("Air token"),
        reason=phrase(
            "Nothing is behind it that could be seen: {active_addresses_30d} addresses in 30 days, no "
            "revenue that is known, and neither people nor an audit, or no channel at all."
        ),
        measures=("active_addresses_30d",),
        rule=_is_air,
    ),
    Label(
        id="spac",
        kind=EQUITY,
        title=phrase("Blank-check company (SPAC)"),
        reason=phrase("By name or industry it is a company that was founded to buy another one."),
        rule=lambda _m, assets: _mentions(assets, BLANK_CHECKS, "sector", "tags", "name"),
    ),
    Label(
        id="financial_company",
        kind=EQUITY,
        title=phrase("Financial company"),
        reason=phrase("By industry it is a bank, an insurer or the like: its debt is its business."),
        rule=lambda _m, assets: is_financial(assets["sector"]),
    ),
    Label(
        id="shell",
        kind=EQUITY,
        title=phrase("Shell company"),
        reason=phrase(
            "It has no business to speak of: {revenue_annual_usd} of revenue, "
            "{operating_cash_flow_annual_usd} of operating cash flow a year."
        ),
        measures=("revenue_annual_usd", "operating_cash_flow_annual_usd"),
        rule=lambda m, _assets: (
            (m["revenue_annual_usd"] < NOMINAL_REVENUE_USD)
            & (m["operating_cash_flow_annual_usd"] > -NOMINAL_BURN_USD)
        ),
    ),
    Label(
        id="pre_revenue_company",
        kind=EQUITY,
        title=phrase("Company before revenue"),
        reason=phrase(
            "It spends and sells next to nothing: an operating cash flow of {operating_cash_flow_annual_usd} "
            "a year, and a revenue of {revenue_annual_usd}."
        ),
        measures=("revenue_annual_usd", "operating_cash_flow_annual_usd"),
        rule=lambda m, _assets: (
            (m["revenue_annual_usd"] < NOMINAL_REVENUE_USD)
            & (m["operating_cash_flow_annual_usd"] <= -NOMINAL_BURN_USD)
        ),
    ),
    Label(
        id="operating_company",
        kind=EQUITY,
        title=phrase("Operating company"),
        reason=phrase("It sells something: {revenue_annual_usd} of revenue in a year."),
        measures=("revenue_annual_usd",),
        rule=lambda m, _assets: m["revenue_annual_usd"] >= NOMINAL_REVENUE_USD,
    ),
)
"""In the order in which they are asked."""

LABEL_OF: Final = {each.id: each for each in LABELS}
UNLABELLED: Final = ""


def labels_of(measures: Measured, assets: pd.DataFrame) -> Sequence[str]:
    """By asset the id of its label, in the order of `assets`; `UNLABELLED` where no rule holds."""
    found = np.full(len(assets), UNLABELLED, dtype=object)
    mine = measures.loc[assets.index]
    for kind in KINDS:
        asked = [each for each in LABELS if each.kind == kind]
        of_kind = (assets["kind"] == kind).to_numpy(dtype=np.bool_)
        for each in reversed(asked):
            holds = np.asarray(each.rule(mine, assets), dtype=np.bool_)
            found[of_kind & holds] = each.id
    labels: list[str] = found.tolist()
    return labels
