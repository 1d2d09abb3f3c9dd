"""One invented asset: drawn from its index alone, so that a market of any size needs no memory."""

import math
import random
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from assets.metrics.families import EQUITY, TOKEN
from assets.sandbox.archetypes import EQUITY as COMPANY
from assets.sandbox.archetypes import ROTATION, Archetype
from assets.sandbox.archetypes import TOKEN as PROJECT
from assets.sandbox.names import address_of, name_of, symbol_of
from assets.sourcing.rows import AssetRef

SEED: Final = "assay-sandbox-1"
CHAINS: Final = ("ethereum", "solana", "base", "bsc")
TOKEN_SECTORS: Final = ("Infrastructure", "Gaming", "AI", "Social", "RWA")
EQUITY_SECTORS: Final = ("Biotech", "Mining", "Software", "Energy", "Industrials", "Consumer")
NAMESPACE: Final = "sandbox"

USUAL: Final = {TOKEN: PROJECT, EQUITY: COMPANY}

EXAMPLE: Final = 0
"""The index of the worked example: $0.50 × 50 M circulating, 20 M more to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """The traits of its archetype with the dice cast; prices move from `first_price_usd` day by day."""

    index: int
    archetype: Archetype
    ref: AssetRef
    first_price_usd: float
    cap_usd: float
    circulating: float
    whole: float
    liquidity_usd: float

    def draw(self, *words: object) -> random.Random:
        """Dice of its own for each purpose: the same on every machine and at every time."""
        return random.Random(f"{SEED}:{self.index}:{':'.join(map(str, words))}")  # noqa: S311 - a game

    @property
    def is_example(self) -> bool:
        return self.index == EXAMPLE

    def price_usd(self, on: date) -> float:
        """The close of a day. The worked example never moves."""
        return self.first_price_usd * (1.0 if self.is_example else math.exp(walk(self.index, on.toordinal())))

    def price_now_usd(self, now: datetime) -> float:
        """Moves within the day, by at most a percent, from yesterday's close."""
        if self.is_example:
            return self.first_price_usd
        wave = math.sin(now.hour / 24 * math.tau + self.index) * 0.01
        return self.price_usd(now.date()) * (1 + wave)

    @property
    def volume_24h_usd(self) -> float:
        return self.cap_usd * self.archetype.turnover


PERIODS_DAYS: Final = (9, 31, 83, 210)
"""The price is a sum of waves of these lengths and a daily shake, all in logs."""


@lru_cache(maxsize=8_192)
def _waves(index: int) -> tuple[tuple[float, float, float], ...]:
    dice = random.Random(f"{SEED}:{index}:waves")  # noqa: S311 - a game
    return tuple(
        (math.tau / period, dice.uniform(0, math.tau), dice.uniform(0.02, 0.12)) for period in PERIODS_DAYS
    )


@lru_cache(maxsize=8_192)
def walk(index: int, day: int) -> float:
    """Where the log of the price stands on a day, around 0: worked out from the day alone."""
    shake = random.Random(index * 1_000_003 + day).gauss(0, 0.02)  # noqa: S311 - a game
    return shake + sum(size * math.sin(pace * day + phase) for pace, phase, size in _waves(index))


@lru_cache(maxsize=8_192)
def invented(index: int) -> Invented:
    archetype = ROTATION[index % len(ROTATION)]
    dice = random.Random(f"{SEED}:{index}:traits")  # noqa: S311
    low, high = archetype.cap_usd
    cap = math.exp(dice.uniform(math.log(low), math.log(high)))
    price = (
        math.exp(dice.uniform(math.log(0.0004), math.log(8)))
        if archetype.kind == TOKEN
        else dice.uniform(0.3, 14)
    )
    circulating = float(round(cap / price))
    if index == EXAMPLE:
        price, circulating, cap = 0.5, 50_000_000.0, 25_000_000.0
    share = 0.5 if index == EXAMPLE else archetype.float_share
    if index != EXAMPLE:
        archetype = _shaken(archetype, dice)
    return Invented(
        index=index,
        archetype=archetype,
        ref=_ref(index, archetype, dice),
        first_price_usd=price,
        cap_usd=cap,
        circulating=circulating,
        whole=float(round(circulating / share)),
        liquidity_usd=cap * dice.uniform(*archetype.liquidity_share),
    )


def _shaken(archetype: Archetype, dice: random.Random) -> Archetype:
    """No two assets of an archetype are alike: most are a little smaller and sleepier than it says."""

    def about(number: float, spread: float) -> float:
        return number * math.exp(dice.gauss(-spread / 2, spread))

    def usually(trait: str, others: tuple[object, ...], share: float) -> object:
        """What the archetype insists on stays; what it left at the usual is something else now and then."""
        value, usual = getattr(archetype, trait), getattr(USUAL[archetype.kind], trait)
        return dice.choice(others) if dice.random() < share and value == usual else value

    changed: dict[str, Any] = {
        "owners": usually("owners", ("whale",), 0.3),
        "audit": usually("audit", ("old", "none", "limited"), 0.45),
        "team": usually("team", ("pseudonymous", "none"), 0.35),
        "runway_months": usually("runway_months", (6, 9, 14, 20), 0.45),
        "revenue_growth": max(archetype.revenue_growth + dice.gauss(-0.1, 0.2), -0.9),
    }
    if archetype.earns:
        changed["runway_months"] = None
    (low, high), shrunk = archetype.liquidity_share, about(1.0, 0.5)
    return replace(
        archetype,
        turnover=about(archetype.turnover, 0.9),
        trades_a_day=round(about(archetype.trades_a_day, 1.0)),
        liquidity_share=(low * shrunk, high * shrunk),
        holder_count=round(about(archetype.holder_count, 1.1)),
        active_addresses=round(about(archetype.active_addresses, 1.3)),
        activity=about(archetype.activity, 0.3),
        revenue_share=about(archetype.revenue_share, 1.0),
        revenue_usd=about(archetype.revenue_usd, 1.0),
        grown_share=about(archetype.grown_share, 0.8),
        float_share=min(1.0, about(archetype.float_share, 0.25)),
        spread_share=about(archetype.spread_share, 0.5),
        **changed,
    )


def _ref(index: int, archetype: Archetype, dice: random.Random) -> AssetRef:
    is_token = archetype.kind == TOKEN
    chain = dice.choice(CHAINS) if is_token else ""
    if archetype.name == "meme coin":
        sector = "Meme"
    elif is_token:
        sector = "DeFi" if archetype.tvl_share else dice.choice(TOKEN_SECTORS)
    else:
        sector = dice.choice(EQUITY_SECTORS)
    address = ((f"address:{chain}", address_of(index)),) if is_token else ()
    return AssetRef(
        kind=archetype.kind,
        identifiers=((NAMESPACE, f"asset-{index}"), *address),
        symbol="X_EXAMPLE" if index == EXAMPLE else symbol_of(index),
        name="Worked Example" if index == EXAMPLE else name_of(index, archetype.kind),
        chain=chain,
        venue="" if is_token else archetype.venue,
        sector=sector,
        tags=(archetype.name,),
        fictional=True,
    )
