"""Price path of the sandbox: a heavy-tailed walk that keeps near its start, with clusters of volatility and
volume, gaps and quiet days.

What a tick brings is drawn from the asset and the tick alone; where the price then stands is a sum of the
last ticks, the older the lighter (a moving average that is nearly an Ornstein–Uhlenbeck process). So any day
of any asset can be told without telling those before it. A tick is a day of a token and a session of a share.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

BLOCK: Final = 256
"""So many ticks are worked out together."""
MEMORY: Final = 2 * BLOCK
"""So many ticks back a price remembers; what is older weighs 0.003 % and less."""
RETURNS: Final = 0.98 ** np.arange(MEMORY)
"""What is left of a move after so many ticks: half of it after 34."""
CLUSTERS: Final = 0.9 ** np.arange(BLOCK)
"""The same of unrest: half of it after 6.6 ticks, as volatility clusters."""

UNREST: Final = 0.25
UNREST_VARIANCE: Final = UNREST**2 / (1 - 0.9**2)
TAIL: Final = 0.5
"""By so much the log of each move's own scale varies: tails with a kurtosis of 3 exp(4 TAIL²), about 8."""

QUIET_VOLUME: Final = 0.05
VOLUME_SPREAD: Final = 0.35
STREAM: Final = 0xA55A
"""What tells these draws from others of the same asset."""


@dataclass(frozen=True, slots=True)
class PriceTick:
    """`level` is the log of the price against its start, `move` what the tick added to it, `gap_share` which
    part of that came before the open. `reach` is how far high and low lie beyond open and close, as a share
    of the price; `volume_factor` is around 1."""

    level: float
    move: float
    gap_share: float
    reach: float
    volume_factor: float


def tick_of(index: int, number: int, *, volatility: float, quiet_share: float) -> PriceTick:
    """A tick of an asset: `volatility` is its usual move; hardly anybody trades on `quiet_share` of them."""
    block, place = divmod(number, BLOCK)
    return PriceTick(*(float(column[place]) for column in _path(index, block, volatility, quiet_share)))


@lru_cache(maxsize=4_096)
def _path(index: int, block: int, volatility: float, quiet_share: float) -> tuple[Numbers, ...]:
    """Columns of a block of ticks, in the order of `PriceTick`."""
    drawn = [_drawn(index, each) for each in range(block - 3, block + 1)]
    move, scale, calm, busy, chance, gap, wick = np.concatenate(drawn, axis=1)
    unrest = UNREST * np.convolve(calm, CLUSTERS, mode="valid")[1:]
    is_quiet = chance[BLOCK:] < quiet_share
    spread = np.where(is_quiet, 0.0, volatility * np.exp(unrest - UNREST_VARIANCE))
    moves = spread * (move * np.exp(TAIL * scale - TAIL**2))[BLOCK:]
    volume = np.exp(unrest + VOLUME_SPREAD * busy[BLOCK:] - (UNREST_VARIANCE + VOLUME_SPREAD**2) / 2)
    level = np.convolve(moves, RETURNS, mode="valid")[1:]
    before = np.convolve(moves[:-1], RETURNS, mode="valid")
    return (
        level,
        level - before,
        gap[-BLOCK:],
        (-0.4 * np.log1p(-wick[BLOCK:]) * spread)[-BLOCK:],
        np.where(is_quiet, QUIET_VOLUME, volume)[-BLOCK:],
    )


@lru_cache(maxsize=8_192)
def _drawn(index: int, block: int) -> Numbers:
    """Four rows of standard normals and three of even numbers from 0 to 1, a column a tick.

    From raw bits of a counter-based generator by Box and Muller, so that no release of a library moves them.
    """
    bits = np.random.Philox(key=np.array([index, block + (STREAM << 32)], dtype=np.uint64))
    even = (bits.random_raw(7 * BLOCK) >> np.uint64(11)).reshape(7, BLOCK) * 2.0**-53
    radius = np.sqrt(-2 * np.log1p(-even[:2]))
    angle = 2 * np.pi * even[2:4]
    return np.concatenate([radius * np.cos(angle), radius * np.sin(angle), even[4:]])
