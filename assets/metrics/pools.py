"""Pool: its type, its two sides, what can be sold into it, and why one does not count.

A reserve is not a depth. What a sale gets comes from the other side of the pool and from the formula of
its type; where the formula or what stands in it is not known, the other side bounds what can be taken out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from assets.metrics import curves, supply
from assets.metrics.columns import Column, Groups, Mask, Places, known, positive, ratio, usd
from assets.metrics.constant_product import depth_usd, round_trip_share
from assets.metrics.facts import Facts, once
from assets.metrics.family import gettext_noop
from assets.metrics.pool_fees import assumed_fees
from assets.metrics.twin_pools import told_again
from assets.metrics.unit_changes import UnitChanges, days_since_epoch

CONSTANT_PRODUCT: Final = "constant_product"
CONCENTRATED: Final = "concentrated"
BONDING_CURVE: Final = "bonding_curve"
STABLE: Final = "stable"
WEIGHTED: Final = "weighted"
POOL_TYPES: Final[Mapping[str, str]] = {
    CONSTANT_PRODUCT: gettext_noop("constant product"),
    CONCENTRATED: gettext_noop("concentrated"),
    BONDING_CURVE: gettext_noop("bonding curve"),
    STABLE: gettext_noop("stable"),
    WEIGHTED: gettext_noop("weighted"),
}
"""Formulas by which pools price trades, and how people read them; a type that is not known is "". """

MOST_OF_FDV: Final = 2.1
"""Both sides of a pool are worth no more than twice all units there are; a twentieth more for prices that
moved between two answers. On 4,720 recorded Solana pools the highest honest ratio is 2.01."""
LOPSIDED: Final = 100.0
"""Honest pools keep their sides within two orders of magnitude.
Source: github.com/enviodev/uniswap-v4-indexer/pull/57."""
UNEVEN: Final = 2.0
"""The formula of a constant product keeps both sides worth the same, and two answers are minutes apart: where
one side is worth more than this many times the other, one of them is told wrongly (our judgement)."""
LARGE_USD: Final = 100_000.0
TESTED_TRADES: Final = 50
TESTED_TURNOVER: Final = 0.001
HUGE_USD: Final = 1_000_000.0
"""Pools that are large together, each with fewer trades a day or less turnover, are a claim that nobody
tests: they count as far as they were traded, and for no more than one that is not large. So does a huge one
of whose trade nobody tells. Our judgement, on the recorded pools: all but one of those above $600,000 were
of this kind."""

KNOWN: Final = "known"
BOUNDED: Final = "bounded"
UNKNOWN: Final = "unknown"
REFUSED: Final = "refused"
CERTAINTIES: Final = (KNOWN, BOUNDED, UNKNOWN, REFUSED)
"""How well it is known what can be sold into a pool. A refused pool counts for nothing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a pool counts less than its reserve; "" says that it counts."""

    id: str
    certainty: str
    text: str = ""


VERDICTS: Final = (
    Verdict("counts", KNOWN),
    Verdict(
        "unlisted_quote",
        REFUSED,
        gettext_noop("Its quote token has no listed market of its own."),
    ),
    Verdict(
        "beyond_supply",
        REFUSED,
        gettext_noop("It is said to hold more than all units there are could be worth."),
    ),
    Verdict(
        "sides_differ",
        REFUSED,
        gettext_noop("The other side is said to be worth over a hundred times this one, which can't be."),
    ),
    Verdict(
        "told_again",
        REFUSED,
        gettext_noop("Another name of a pool that is counted already: what it holds and trades is the same."),
    ),
    Verdict("completed", REFUSED, gettext_noop("The curve is sold out: trading has moved to another pool.")),
    Verdict(
        "unknown_quote",
        UNKNOWN,
        gettext_noop(
            "Whether its quote token has a market of its own is not known: what it holds may be worthless."
        ),
    ),
    Verdict(
        "curve",
        UNKNOWN,
        gettext_noop("Sold from a bonding curve of unknown shape: most of its reserve is unsold tokens."),
    ),
    Verdict("no_reserve", UNKNOWN, gettext_noop("What it holds is unknown.")),
    Verdict(
        "beyond_whole",
        UNKNOWN,
        gettext_noop(
            "Its token side alone is reported to be worth the whole pool: the other side is not known."
        ),
    ),
    Verdict(
        "formula", BOUNDED, gettext_noop("Where in it the money stands is not known, only how much at most.")
    ),
    Verdict(
        "untested",
        BOUNDED,
        gettext_noop("Large, and hardly anybody trades against it: counted as far as it was traded."),
    ),
    Verdict(
        "uneven",
        BOUNDED,
        gettext_noop("Its two reported sides do not match: the smaller one counts."),
    ),
    Verdict(
        "one_sided", KNOWN, gettext_noop("Nearly all of it is the token itself: counted by its other side.")
    ),
)
REFUSES: Final = np.array([each.certainty == REFUSED for each in VERDICTS])
CODES: Final = {verdict.id: code for code, verdict in enumerate(VERDICTS)}


@dataclass(frozen=True, slots=True)
class Pools:
    """The pools of a batch, each a row of `listed`.

    `formula_usd` is the x of x·y = k: what stands on the other side, virtual reserves included; NaN where
    no such formula is known. `drawable_usd` is the most that can be taken out. `likely_usd` is what one
    side probably holds. `counted_usd` is its part of the liquidity, both sides.
    """

    listed: Groups
    verdict: Places
    formula_usd: Column
    drawable_usd: Column
    likely_usd: Column
    counted_usd: Column
    fee_share: Column

    @classmethod
    def of(cls, facts: Facts) -> "Pools":
        """Of the batch; their reserves are held against the supply."""
        listed = Groups.of(_typed_by_launch(facts), facts.asset_ids)
        units = _units(facts)[listed.owner]
        sides = Sides.of(listed)
        is_pump_fun = (
            listed.rows["dex"].fillna("").str.casefold().isin(curves.PUMP_FUN).to_numpy(dtype=np.bool_)
        )
        reserve_usd = np.where(is_pump_fun, sides.reserve_usd, np.nan)
        curve = curves.pump_fun(sides.price_usd, sides.quote_price_usd, reserve_usd)
        curve = curve.told(sides.virtual_usd, sides.quote_usd)
        verdict = _verdicts(listed, sides, curve, facts, units)
        return cls._counted(listed, sides, curve, verdict, facts, units)

    @classmethod
    def _counted(
        cls,
        listed: Groups,
        sides: "Sides",
        curve: curves.Curve,
        verdict: Places,
        facts: Facts,
        units: Column,
    ) -> "Pools":
        kind = listed.rows["pool_type"].to_numpy()
        volume = usd(listed["volume_24h_usd"])
        refused = REFUSES[verdict]
        untested = _is(verdict, "untested")
        on_curve, is_product = kind == BONDING_CURVE, kind == CONSTANT_PRODUCT
        drawable = np.where(on_curve, curve.quote_usd, sides.most_usd)
        drawable = np.where(on_curve & np.isnan(drawable), _raised_at_most(listed, sides, facts), drawable)
        formula = np.where(
            on_curve,
            curve.virtual_usd,
            np.where(is_product, sides.quote_usd, sides.virtual_usd),
        )
        by_quote = sides.is_lopsided | (is_product & (sides.is_uneven | np.isnan(sides.quote_usd)))
        both = np.where(by_quote, 2 * sides.quote_usd, sides.reserve_usd)
        counted = np.where(on_curve, curve.quote_usd, both)
        half = np.where(np.isnan(sides.quote_usd), sides.reserve_usd / 2, sides.quote_usd)
        likely = np.where(on_curve, drawable, np.where(np.isnan(half), volume, half))
        part = ratio(sides.reserve_usd, _of_idle(listed, sides, untested))
        limit = np.where(untested, np.fmin(volume, part * LARGE_USD / 2), np.inf)
        # The stated value of a quote that may be worthless bounds nothing; but it may be the largest pool.
        is_uncounted = refused | _is(verdict, "unknown_quote")
        return cls(
            listed=listed,
            verdict=verdict,
            formula_usd=np.where(is_uncounted, np.nan, np.minimum(formula, limit)),
            drawable_usd=np.where(is_uncounted, np.nan, np.minimum(drawable, limit)),
            likely_usd=np.where(refused, np.nan, np.minimum(likely, limit)),
            counted_usd=np.where(is_uncounted, np.nan, np.minimum(counted, 2 * limit)),
            fee_share=_fees(listed, sides, on_curve, units),
        )

    @property
    def is_refused(self) -> Mask:
        return REFUSES[self.verdict]

    @property
    def is_left_out(self) -> Mask:
        """Whether what is traded in it counts for nothing: it is refused, or nobody knows what is paid."""
        return self.is_refused | _is(self.verdict, "curve", "unknown_quote")

    @property
    def is_unpriced(self) -> Mask:
        """Whether its price says nothing of the token: of a refused pool, or in a quote of unknown value."""
        return self.is_refused | _is(self.verdict, "unknown_quote")

    @property
    def certainty(self) -> list[str]:
        return [VERDICTS[code].certainty for code in self.verdict.tolist()]

    def depth_down_usd(self) -> Column:
        """What can be sold, by pool, before the price is 2 % lower; NaN where the formula is not known.

        Out of one that holds nothing nothing is taken, whatever its formula is.
        """
        depth = np.minimum(depth_usd(self.formula_usd), self.drawable_usd)
        return np.where(self.drawable_usd == 0, 0.0, depth)

    def holds_for(self, size_usd: float) -> Mask:
        """Whether it is known, by pool, what a trade of this size gets: its formula, and what can be taken.

        Of a concentrated pool it is the liquidity within 2 % of the price: a larger trade leaves that.
        """
        is_concentrated = self.listed.rows["pool_type"].to_numpy() == CONCENTRATED
        is_held: Mask = ~np.isnan(self.formula_usd + self.drawable_usd)
        is_held &= ~(is_concentrated & (depth_usd(self.formula_usd) < size_usd))
        return is_held

    def round_trip_share(self, size_usd: float, *, buy_tax: Column, sell_tax: Column) -> Column:
        """Lost, by pool, by buying for this money and selling what came; taxes are one an asset."""
        owner = self.listed.owner
        return round_trip_share(
            self.formula_usd,
            size_usd,
            self.fee_share,
            drawable_usd=self.drawable_usd,
            buy_tax_share=buy_tax[owner],
            sell_tax_share=sell_tax[owner],
        )


@dataclass(frozen=True, slots=True)
class Sides:
    """Two sides of each pool in USD. `quote_usd` is given, or follows from what is; NaN where it does not.

    `told_usd` is the other side as it is given. `most_usd` is the most that it can hold, `virtual_usd` what
    the formula counts with there. `is_uneven` says that what is given of a constant product can't all be so.
    """

    price_usd: Column
    quote_price_usd: Column
    reserve_usd: Column
    base_usd: Column
    quote_usd: Column
    told_usd: Column
    most_usd: Column
    virtual_usd: Column
    is_uneven: Mask

    @classmethod
    def of(cls, listed: Groups) -> "Sides":
        """Where one side and the whole are given, the other is what is left.

        Of a constant product either side is half of the whole: its formula keeps both worth the same. Where
        they are given otherwise, it holds no more than the lesser; where the token's side alone is worth the
        whole, nobody knows what is left.
        """
        price, quote_price = positive(listed["price_usd"]), positive(listed["quote_price_usd"])
        reserve = usd(listed["reserve_usd"])
        with np.errstate(over="ignore"):
            base = usd(known(listed["base_reserve"]) * price)
            told = usd(known(listed["quote_reserve"]) * quote_price)
            virtual = positive(usd(known(listed["virtual_quote_reserve"]) * quote_price))
        is_product = listed.rows["pool_type"].to_numpy() == CONSTANT_PRODUCT
        left = np.where(reserve > base, reserve - base, np.nan)
        is_all = (base >= reserve) & (base > 0)
        halves = np.where(is_product & ~is_all, reserve / 2, np.nan)
        quote = np.where(np.isnan(told), np.fmin(left, halves), told)
        whole = np.where(np.isnan(reserve), base + quote, reserve)
        is_uneven = is_product & ((np.fmax(base, whole / 2) > UNEVEN * quote) | (quote > UNEVEN * base))
        quote = np.where(is_uneven, np.fmin(base, quote), quote)
        most = np.where(np.isnan(quote), reserve, quote)
        return cls(price, quote_price, whole, base, quote, told, most, virtual, is_uneven)

    @property
    def is_lopsided(self) -> Mask:
        """Whether the other side is next to nothing of the whole."""
        other = np.where(np.isnan(self.told_usd), self.quote_usd, self.told_usd)
        is_next_to_nothing: Mask = other * LOPSIDED < self.reserve_usd
        return is_next_to_nothing


@once
def pools_of(facts: Facts) -> Pools:
    """The pools of a batch."""
    return Pools.of(facts)


def is_quote_unknown(listed: Groups) -> Mask:
    """By pool whether somebody names its quote token, and nobody knows of a market of it.

    Where no source says what the quote is, as sheets and some explorers do not, nothing speaks against it.
    """
    is_named = listed.rows["quote_address"].fillna("").to_numpy() != ""
    is_unknown: Mask = is_named & np.isnan(listed["quote_is_listed"])
    return is_unknown


def certainty_counts(pools: Pools) -> dict[str, int]:
    """How many pools are known, bounded, unknown and refused; and by verdict ("refused: unlisted_quote")."""
    counts = dict.fromkeys(CERTAINTIES, 0)
    for code, count in enumerate(np.bincount(pools.verdict, minlength=len(VERDICTS)).tolist()):
        verdict = VERDICTS[code]
        counts[verdict.certainty] += count
        if verdict.text and count:
            counts[f"{verdict.certainty}: {verdict.id}"] = count
    return counts


def _units(facts: Facts) -> Column:
    """All units there are or can be, by asset; where nobody counts them, those in the FDV that is told."""
    total, most = supply.measures(facts)[["total_supply", "max_supply"]].to_numpy().T
    market = facts.aligned("market")
    counted_on = days_since_epoch(market["units_in_diluted_at"])
    in_diluted = positive(market["units_in_diluted"]) * UnitChanges.of(facts).factor(counted_on)
    units = np.fmax(total, most)
    return np.where(np.isnan(units), in_diluted, units)


def _verdicts(listed: Groups, sides: Sides, curve: curves.Curve, facts: Facts, units: Column) -> Places:
    """The first that holds, from what refuses a pool to what bounds it."""
    kind = listed.rows["pool_type"].to_numpy()
    on_curve, is_product = kind == BONDING_CURVE, kind == CONSTANT_PRODUCT
    trades, volume = known(listed["buys_24h"]) + known(listed["sells_24h"]), usd(listed["volume_24h_usd"])
    idle = (trades < TESTED_TRADES) | (volume < TESTED_TURNOVER * sides.reserve_usd)
    idle &= ~on_curve
    untold = ~on_curve & np.isnan(trades) & np.isnan(volume)
    with np.errstate(over="ignore"):
        of_all_units = MOST_OF_FDV * sides.price_usd * units
    holds = {
        "unlisted_quote": listed["quote_is_listed"] == 0,
        "beyond_supply": ~on_curve & (sides.reserve_usd > of_all_units),
        "sides_differ": is_product & (sides.told_usd > LOPSIDED * sides.base_usd),
        "told_again": told_again(listed, sides.reserve_usd),
        "completed": on_curve & (curve.is_completed | (_launch_completed(facts, listed.rows) == 1)),
        "unknown_quote": is_quote_unknown(listed),
        "curve": on_curve & np.isnan(curve.virtual_usd),
        "no_reserve": np.isnan(sides.reserve_usd) & np.isnan(sides.quote_usd),
        "beyond_whole": is_product & np.isnan(sides.quote_usd),
        "untested": (idle & (_of_idle(listed, sides, idle) >= LARGE_USD))
        | (untold & (sides.reserve_usd >= HUGE_USD)),
        "formula": ~on_curve & ~is_product & np.isnan(sides.virtual_usd),
        "uneven": is_product & sides.is_uneven & ~sides.is_lopsided,
        "one_sided": ~on_curve & sides.is_lopsided,
    }
    return np.select(list(holds.values()), [CODES[each] for each in holds], default=0).astype(np.intp)


def _launch_completed(facts: Facts, pools: pd.DataFrame) -> Column:
    """By pool whether its token's sale by a launchpad is completed: 1, 0, or NaN where nobody tells."""
    completed = facts.market["launch_completed"].reindex(pools["asset_id"])
    return completed.to_numpy(dtype=np.float64)


def _typed_by_launch(facts: Facts) -> pd.DataFrame:
    """The pools; before its launch is completed a token has none but the curve, whatever it is called."""
    on_sale = (_launch_completed(facts, facts.pools) == 0) & (facts.pools["pool_type"] == "").to_numpy()
    if not on_sale.any():
        return facts.pools
    return facts.pools.assign(pool_type=facts.pools["pool_type"].mask(on_sale, BONDING_CURVE))


def _of_idle(listed: Groups, sides: Sides, idle: Mask) -> Column:
    """What all idle pools of its asset hold, by pool."""
    return listed.total(np.where(idle, sides.reserve_usd, np.nan))[listed.owner]


def _is(verdict: Places, *names: str) -> Mask:
    return np.isin(verdict, [CODES[each] for each in names])


def _raised_at_most(listed: Groups, sides: Sides, facts: Facts) -> Column:
    """What buyers can have left in a curve: all that was ever paid, the volume of its first day."""
    opened = (pd.Timestamp(facts.now) - listed.rows["opened_at"]).dt.total_seconds().to_numpy(dtype=float)
    paid = np.where(opened <= 86_400, usd(listed["volume_24h_usd"]), np.inf)
    most = np.fmin(np.fmin(sides.most_usd, paid), np.inf)
    return np.where(np.isinf(most), np.nan, most)


def _fees(listed: Groups, sides: Sides, on_curve: Mask, units: Column) -> Column:
    told = known(listed["fee_share"], high=1)
    assumed = assumed_fees(
        listed.rows["dex"],
        on_curve,
        price_usd=sides.price_usd,
        quote_price_usd=sides.quote_price_usd,
        units=units,
    )
    return np.where(np.isnan(told), assumed, told)
