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
from assets.models import Candle, Observation
from assets.services.read_rows import read_rows

TOLD: Final = ("pk", "asset_id", "observation_id", "market", "as_of")
PRICES: Final = ("open_usd", "high_usd", "low_usd", "close_usd", "volume_usd")


def read_bars(asset_ids: Any, *, now: datetime, known: Q) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frame `candles`, and the rows of `sources` that say whose word it is.

    Of a bar that was told again the last word counts. An asset's family is as old as its newest bar.
    """
    rows = Candle.objects.filter(
        known, asset__in=asset_ids, interval="day", as_of__gt=now - timedelta(days=CANDLE_DAYS)
    )
    told = pd.DataFrame.from_records(
        read_rows(rows.order_by(), (*TOLD, *PRICES)), columns=[*TOLD, *PRICES]
    ).astype({"volume_usd": "float64"})
    bars = _of_deepest_market(_last_words(told))
    return typed("candles", bars.assign(opened_at=bars["as_of"])), _sources(bars)


def _last_words(told: pd.DataFrame) -> pd.DataFrame:
    """One bar a day: each asset's and market's together, from old to new. Sorted by codes, not by texts."""
    keys = np.stack([pd.factorize(told[name], sort=True)[0] for name in ("asset_id", "market", "as_of")])
    order = np.lexsort((told["pk"].to_numpy(), *keys[::-1]))
    is_last = np.ones(len(told), dtype=np.bool_)
    is_last[:-1] = np.diff(keys[:, order], axis=1).any(axis=0)
    return told.iloc[order[is_last]]


def _of_deepest_market(bars: pd.DataFrame) -> pd.DataFrame:
    of_market = bars.groupby(["asset_id", "market"])["volume_usd"].sum().reset_index()
    traded = of_market.sort_values(["asset_id", "volume_usd", "market"], ascending=[True, False, True])
    deepest = traded.drop_duplicates("asset_id").set_index("asset_id")["market"]
    return bars[bars["market"].to_numpy() == bars["asset_id"].map(deepest).to_numpy()]


def _sources(bars: pd.DataFrame) -> pd.DataFrame:
    """One row an observation; that of an asset's newest bar is cited, the others had their say."""
    newest_of_each = bars.drop_duplicates(["asset_id", "observation_id"], keep="last")
    newest_first = newest_of_each.sort_values(["as_of", "observation_id"], ascending=False, kind="stable")
    is_cited = ~newest_first.duplicated("asset_id").to_numpy()
    asked = Observation.objects.filter(pk__among=bars["observation_id"].unique())
    names = ["observation_id", "provider", "known_at"]
    whose = pd.DataFrame.from_records(read_rows(asked, ("pk", *names[1:])), columns=names)
    told = newest_first.assign(family=np.where(is_cited, families.CANDLES, ""))
    return typed("sources", told.merge(whose, on="observation_id", how="left"))
