"""The daily bars of a batch of assets, each from the market where it trades most: columns from end to end.

They are nine tenths of the rows that are read to judge an asset.
"""

from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
from django.db.models import Q

from assets.metrics import families
from assets.metrics.facts import CANDLE_DAYS, typed
from assets.metrics.precedence import last_words, provenance
from assets.models import Candle, Observation
from assets.services.reading.rows import Columns, read_columns

NAMES: Final = ("pk", "asset_id", "observation_id", "market", "as_of")
PRICES: Final = ("open_usd", "high_usd", "low_usd", "close_usd", "volume_usd")


def read_bars(asset_ids: Any, *, now: datetime, known: Q, days: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frame `candles`, and the rows of `sources` that say whose word it is.

    An asset's family is as old as its newest bar.
    """
    bars = daily_bars(asset_ids, now=now, known=known, days=days)
    return typed("candles", bars), _sources(bars)


def daily_bars(asset_ids: Any, *, now: datetime, known: Q, days: int) -> pd.DataFrame:
    """The bars of so many days, from old to new, with the observation of each.

    Of a bar that was reported again the last word counts. The deepest market is that of the last
    `CANDLE_DAYS`, however many are asked for.
    """
    rows = Candle.objects.filter(
        known, asset__in=asset_ids, interval="day", as_of__gt=now - timedelta(days=days)
    )
    columns = read_columns(rows.order_by(), (*NAMES, *PRICES))
    markets = sorted(set(columns["market"]))
    bars = last_words(_from_old_to_new(columns, markets), keys=("series", "as_of"))
    bars = _of_deepest_market(bars, since=now - timedelta(days=CANDLE_DAYS))
    market = pd.array(markets, dtype="str").take(bars["series"].to_numpy() % max(len(markets), 1))
    opened_at = pd.to_datetime(bars["as_of"], utc=True)
    return bars.assign(market=market, opened_at=opened_at)


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
    recent = bars.assign(volume_usd=bars["volume_usd"].where(is_recent, 0.0))
    series = recent.groupby("series").agg(asset_id=("asset_id", "first"), volume_usd=("volume_usd", "sum"))
    from_deep_to_thin = series.sort_values(["asset_id", "volume_usd"], ascending=[True, False], kind="stable")
    deepest = from_deep_to_thin.drop_duplicates("asset_id").index
    return bars[bars["series"].isin(deepest)]


def _sources(bars: pd.DataFrame) -> pd.DataFrame:
    """The moments at which they became known, and who reported them, are those of their observations."""
    newest_of_each = bars[["asset_id", "observation_id", "as_of"]].drop_duplicates(
        ["asset_id", "observation_id"], keep="last"
    )
    asked = Observation.objects.filter(pk__among=newest_of_each["observation_id"].unique())
    columns = read_columns(asked.order_by(), ("pk", "provider", "known_at"))
    whose = pd.DataFrame({**columns, "pk": np.array(columns["pk"], dtype=np.int64)}).set_index("pk")
    return typed(
        "sources", provenance(newest_of_each.join(whose, on="observation_id"), family=families.CANDLES)
    )
