"""The daily bars of a batch of assets, each from the market where it trades most: columns from end to end.

They are nine tenths of the rows that are read to judge an asset.
"""

from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
from django.db.models import Q

from assets.metrics import families
from assets.metrics.facts import CANDLE_DAYS, frame, shaped, typed
from assets.metrics.precedence import last_words, provenance
from assets.models import Candle, Observation
from assets.services.reading.rows import Columns, read_columns

NAMES: Final = ("pk", "asset_id", "observation_id", "market", "as_of")
PRICES: Final = ("open_usd", "high_usd", "low_usd", "close_usd", "volume_usd")
OTHERS: Final = {"others_high_usd": "high_usd", "others_low_usd": "low_usd", "others_close_usd": "close_usd"}
OTHERS_TRADE_SHARE: Final = 0.05
"""Of the day's volume in the deepest market, this part at least is traded in another that is a witness of it:
who hardly trades misses what happens (our judgement)."""


YEAR_DAYS: Final = 365
CLOSES_DAYS: Final = 14
"""The closes of these days before count as the price of a year ago."""


def read_bars(
    asset_ids: Any, *, now: datetime, known: Q, days: int
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The frames `candles` and `close_year_ago`, and the rows of `sources` that say whose word they are.

    An asset's family is as old as its newest bar.
    """
    bars = daily_bars(asset_ids, now=now, known=known, days=days)
    if bars.empty:
        return {name: frame(name, ()) for name in ("candles", "close_year_ago")}, frame("sources", ())
    recent = bars[_within(bars, now, days=days)]
    of_deepest = recent[recent["is_deepest"]]
    earlier = bars[_within(bars, _year_ago(now), days=CLOSES_DAYS) & bars["is_deepest"]]
    earlier = earlier[earlier["asset_id"].isin(of_deepest["asset_id"]) & earlier["close_usd"].notna()]
    frames = {
        "candles": typed("candles", _beside_others(of_deepest, recent[~recent["is_deepest"]])),
        "close_year_ago": _median_closes(earlier),
    }
    return frames, _sources(pd.concat([earlier, recent]).drop_duplicates(["series", "as_of"]))


def daily_bars(asset_ids: Any, *, now: datetime, known: Q, days: int) -> pd.DataFrame:
    """The bars of so many days and of two weeks a year ago, from old to new, with the observation of each.

    `is_deepest` are those of the market where the asset trades most.

    Of a bar that was reported again the last word counts. The deepest market is that of the last
    `CANDLE_DAYS`, however many are asked for.
    """
    rows = Candle.objects.filter(
        known,
        Q(as_of__gt=now - timedelta(days=days))
        | Q(as_of__gt=_year_ago(now) - timedelta(days=CLOSES_DAYS), as_of__lte=_year_ago(now)),
        asset__in=asset_ids,
        interval="day",
    )
    columns = read_columns(rows.order_by(), (*NAMES, *PRICES))
    markets = sorted(set(columns["market"]))
    bars = last_words(_from_old_to_new(columns, markets), keys=("series", "as_of"))
    bars = _of_deepest_market(bars, since=now - timedelta(days=CANDLE_DAYS))
    market = pd.array(markets, dtype="str").take(bars["series"].to_numpy() % max(len(markets), 1))
    opened_at = pd.to_datetime(bars["as_of"], utc=True)
    return bars.assign(market=market, opened_at=opened_at)


def _year_ago(now: datetime) -> datetime:
    return now - timedelta(days=YEAR_DAYS)


def _within(bars: pd.DataFrame, until: datetime, *, days: int) -> "pd.Series[bool]":
    """Which bars opened in so many days before."""
    return (bars["opened_at"] > until - timedelta(days=days)) & (bars["opened_at"] <= until)


def _median_closes(bars: pd.DataFrame) -> pd.DataFrame:
    """`close_year_ago` of these bars; one broken bar does not move a median."""
    closes = bars.groupby("asset_id", as_index=False).agg(
        opened_at=("opened_at", "last"), close_usd=("close_usd", "median")
    )
    return shaped("close_year_ago", closes)


def _from_old_to_new(columns: Columns, markets: list[str]) -> pd.DataFrame:
    """Sorted by numbers, not by texts: `series` is an asset's place and, below it, its market's."""
    code = {market: place for place, market in enumerate(markets)}
    asset, pk = (np.array(columns[name], dtype=np.int64) for name in ("asset_id", "pk"))
    of_market = np.array([code[each] for each in columns["market"]], dtype=np.int64)
    series = asset * len(markets) + of_market
    order = np.lexsort((pk, columns["as_of"], series))
    prices = {name: np.array(columns[name], dtype=np.float64)[order] for name in PRICES}
    observation = np.array(columns["observation_id"], dtype=np.int64)
    return pd.DataFrame(
        {
            "asset_id": asset[order],
            "series": series[order],
            "observation_id": observation[order],
            "as_of": np.asarray(columns["as_of"])[order],
            **prices,
        }
    )


def _of_deepest_market(bars: pd.DataFrame, *, since: datetime) -> pd.DataFrame:
    is_recent = pd.to_datetime(bars["as_of"], utc=True) > since
    recent = bars.assign(volume_usd=bars["volume_usd"].where(is_recent, 0.0), is_recent=is_recent)
    series = recent.groupby("series").agg(
        asset_id=("asset_id", "first"), is_recent=("is_recent", "max"), volume_usd=("volume_usd", "sum")
    )
    from_deep_to_thin = series.sort_values(
        ["asset_id", "is_recent", "volume_usd"], ascending=[True, False, False], kind="stable"
    )
    deepest = from_deep_to_thin.drop_duplicates("asset_id").index
    return bars.assign(is_deepest=bars["series"].isin(deepest))


def _beside_others(bars: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """These bars with the extremes, and the close of the deepest, of the other markets of the same day."""
    if others.empty:
        return bars.assign(**dict.fromkeys(OTHERS, np.nan))
    day = ["asset_id", "opened_at"]
    here = bars[[*day, "volume_usd"]].rename(columns={"volume_usd": "here_usd"})
    met = others.merge(here, on=day)
    met = met[met["volume_usd"] >= OTHERS_TRADE_SHARE * met["here_usd"]].sort_values("volume_usd")
    told = met.groupby(day).agg(
        others_high_usd=("high_usd", "max"),
        others_low_usd=("low_usd", "min"),
        others_close_usd=("close_usd", "last"),
    )
    return bars.join(told, on=day)


def _sources(bars: pd.DataFrame) -> pd.DataFrame:
    """The moments at which they became known, and who reported them, are those of their observations.

    What other markets had is weighed, and cited for nothing.
    """
    newest_of_each = bars.sort_values("is_deepest", kind="stable")[
        ["asset_id", "observation_id", "as_of", "is_deepest"]
    ].drop_duplicates(["asset_id", "observation_id"], keep="last")
    asked = Observation.objects.filter(pk__among=newest_of_each["observation_id"].unique())
    columns = read_columns(asked.order_by(), ("pk", "provider", "known_at"))
    whose = pd.DataFrame({**columns, "pk": np.array(columns["pk"], dtype=np.int64)}).set_index("pk")
    named = newest_of_each.join(whose, on="observation_id")
    cited = provenance(named[named["is_deepest"]], family=families.CANDLES)
    return typed("sources", pd.concat([cited, named[~named["is_deepest"]].assign(family="")]))
