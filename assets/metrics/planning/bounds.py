"""Position size by its bounds: what may be lost, the stated edge, what the market takes. The least counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from assets.metrics.columns import Column, Mask, known, positive, usd
from assets.metrics.exits import PARTICIPATION_SHARE
from assets.metrics.family import gettext_noop as phrase
from assets.metrics.sizing import fixed_fractional_usd, quarter_kelly_share

RISK: Final = "risk"
EDGE: Final = "edge"
PARTICIPATION: Final = "participation"
DEPTH: Final = "depth"
ACCOUNT: Final = "account"

DEPTH_PART: Final = 0.10
"""Of what can be sold before the price is 2 % lower: where orders are evenly spread, selling a tenth of it
moves the price by 0.2 %. The criterion `depth_to_position` passes at the same ten times."""

FORMULAS: Final[Mapping[str, str]] = MappingProxyType(
    {
        RISK: phrase("account × risk ÷ ((entry − stop) ÷ entry)"),
        EDGE: phrase("account × ¼ × (win − (1 − win) ÷ payoff)"),
        PARTICIPATION: phrase("share of volume × daily volume × days"),
        DEPTH: phrase("10 % × −2 % depth"),
        ACCOUNT: phrase("no borrowed money"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionTerms:
    """What a person brings, a row a plan. An edge that is not stated is NaN in both of its columns.

    `is_clear`: every gate is known and shut. Otherwise all of the position may be lost, whatever stop is set:
    who can mint, freeze or pull the pool asks for no price.
    """

    account_usd: Column
    risk_share: Column
    entry_usd: Column
    stop_usd: Column
    is_clear: Mask
    win_share: Column
    payoff_ratio: Column

    @property
    def is_edge_stated(self) -> Mask:
        return ~(np.isnan(self.win_share) & np.isnan(self.payoff_ratio))

    @property
    def counted_stop_usd(self) -> Column:
        """The stop as it counts, 0 where all can be lost; NaN for one that is not below the entry."""
        stop = known(self.stop_usd)
        counted = np.where(self.is_clear, stop, 0.0)
        return np.where(counted < self.entry_usd, counted, np.nan)


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionBounds:
    """The most USD by each bound, NaN where it is not known; `applies` says where one is asked for."""

    usd: Mapping[str, Column]
    applies: Mapping[str, Mask]
    loss_share: Column

    @property
    def size_usd(self) -> Column:
        """The least of the known ones: the most that the position may be. Bounds that are not known
        (`unknown`) may be lower still. NaN where nobody knows what would be lost."""
        asked = np.stack([np.where(self.applies[name], self.usd[name], np.nan) for name in self.usd])
        least = np.fmin.reduce(asked)
        return np.where(np.isnan(self.usd[RISK]), np.nan, least)

    @property
    def loss_usd(self) -> Column:
        """What is lost at the stop as it counts."""
        return self.size_usd * self.loss_share

    def binding(self, place: int = 0) -> tuple[str, ...]:
        """The bounds of one plan that its size comes from."""
        size = self.size_usd[place]
        return tuple(name for name in self.usd if self.applies[name][place] and self.usd[name][place] == size)

    def unknown(self, place: int = 0) -> tuple[str, ...]:
        """The bounds of one plan that nobody can work out."""
        return tuple(
            name for name in self.usd if self.applies[name][place] and np.isnan(self.usd[name][place])
        )


def position_bounds(
    terms: PositionTerms,
    *,
    volume_24h_usd: Column,
    depth_down_usd: Column,
    participation_share: float = PARTICIPATION_SHARE,
    exit_days: float = 1.0,
) -> PositionBounds:
    """Each bound of these plans. `exit_days`: how long it may take to sell at that share of the volume."""
    entry, stop, account = positive(terms.entry_usd), terms.counted_stop_usd, usd(terms.account_usd)
    by_edge = quarter_kelly_share(win_share=terms.win_share, payoff_ratio=terms.payoff_ratio)
    everywhere: Mask = np.ones(entry.shape, dtype=np.bool_)
    return PositionBounds(
        usd={
            RISK: fixed_fractional_usd(
                equity_usd=account, risk_share=terms.risk_share, entry_usd=entry, stop_usd=stop
            ),
            EDGE: by_edge * account,
            PARTICIPATION: participation_share * usd(volume_24h_usd) * exit_days,
            DEPTH: DEPTH_PART * usd(depth_down_usd),
            ACCOUNT: account,
        },
        applies={name: terms.is_edge_stated if name == EDGE else everywhere for name in FORMULAS},
        loss_share=1 - stop / entry,
    )


def one_plan(**terms: npt.ArrayLike) -> PositionTerms:
    """The terms of one plan; what is not given is not known, and gates that are not known are not clear."""
    names = [each for each in PositionTerms.__slots__ if each != "is_clear"]
    columns = {name: np.atleast_1d(np.asarray(terms.get(name, np.nan), dtype=np.float64)) for name in names}
    return PositionTerms(is_clear=np.atleast_1d(np.asarray(terms.get("is_clear", False))), **columns)
