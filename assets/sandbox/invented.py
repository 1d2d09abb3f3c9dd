"""One invented asset: drawn from its index alone, so that a market of any size needs no memory."""

import math
import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np

from assets.metrics.families import EQUITY, TOKEN
from assets.metrics.sessions import is_open, open_days
from assets.sandbox.archetypes import EQUITY as COMPANY
from assets.sandbox.archetypes import ROTATION, Archetype
from assets.sandbox.archetypes import TOKEN as PROJECT
from assets.sandbox.names import address_of, name_of, symbol_of
from assets.sandbox.price_path import PriceTick, tick_of
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
    volatility_daily: float

    def draw(self, *words: object) -> random.Random:
        """Dice of its own for each purpose: the same on every machine and at every time."""
        return random.Random(f"{SEED}:{self.index}:{':'.join(map(str, words))}")  # noqa: S311 - a game

    @property
    def is_example(self) -> bool:
        return self.index == EXAMPLE

    def tick(self, on: date) -> PriceTick:
        """The day's tick: of a share on a day without a session the last session's."""
        traits = self.archetype
        return tick_of(
            self.index,
            sessions_until(on) if traits.kind == EQUITY else on.toordinal(),
            volatility=self.volatility_daily,
            quiet_share=1.0 if not traits.turnover else SLEEPY if traits.turnover < SLEEPY_BELOW else QUIET,
        )

    def is_traded(self, on: date) -> bool:
        """Shares are traded in sessions, tokens every day."""
        return self.archetype.kind == TOKEN or is_session(on)

    def price_usd(self, on: date) -> float:
        """The close of a day. The worked example never moves."""
        return (
            self.first_price_usd if self.is_example else self.first_price_usd * math.exp(self.tick(on).level)
        )

    def open_usd(self, on: date) -> float:
        """Of a share there may be a gap to the close before; a token is traded through the night."""
        tick = self.tick(on)
        left = tick.move * (1 - tick.gap_share) if self.archetype.kind == EQUITY else tick.move
        return self.price_usd(on) if self.is_example else self.first_price_usd * math.exp(tick.level - left)

    def price_now_usd(self, now: datetime) -> float:
        """On the way from the day's open to its close; of a share outside its session the last close."""
        day, part = now.date(), self.part_of_day(now)
        if not self.is_traded(day):
            return self.price_usd(day)
        if not part:
            return self.price_usd(day - timedelta(days=1))
        return self.open_usd(day) ** (1 - part) * self.price_usd(day) ** part

    def part_of_day(self, now: datetime) -> float:
        """How much of the day's trading is over, 0–1."""
        hours = now.hour + now.minute / 60 + now.second / 3_600
        if self.archetype.kind == TOKEN:
            return hours / 24
        return min(max((hours - SESSION_UTC[0]) / (SESSION_UTC[1] - SESSION_UTC[0]), 0.0), 1.0)

    def volume_usd(self, on: date) -> float:
        """What was traded on a day; the worked example's is always the same."""
        usual = self.cap_usd * self.archetype.turnover
        return usual if self.is_example else usual * self.tick(on).volume_factor


QUIET: Final = 0.03
SLEEPY: Final = 0.3
"""Shares of days on which hardly anybody trades: usually, and of what is traded little."""
SLEEPY_BELOW: Final = 0.002
"""Of the market value a day."""
USUAL_MOVE: Final = {TOKEN: 0.04, EQUITY: 0.022}
SESSION_UTC: Final = (14.5, 21.0)
"""Of the New York exchanges in winter."""
COUNTED_FROM: Final = date(2000, 1, 1)


@cache
def sessions_until(day: date) -> int:
    """How many sessions there were up to this day."""
    first, after = (np.array([each.toordinal() - EPOCH], dtype=np.int64) for each in (COUNTED_FROM, day))
    return int(open_days(first, after + 1, np.array([True]))[0])


@cache
def is_session(day: date) -> bool:
    return bool(is_open(np.array([day.toordinal() - EPOCH], dtype=np.int64), np.array([True]))[0])


EPOCH: Final = date(1970, 1, 1).toordinal()


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
        volatility_daily=USUAL_MOVE[archetype.kind] * dice.uniform(0.6, 1.6),
    )


MOST_FLOAT: Final = {"burned": 0.45}
"""What was burned does not circulate."""


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
        float_share=min(MOST_FLOAT.get(archetype.owners, 1.0), about(archetype.float_share, 0.25)),
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
