"""Quotes of a year ago: of companies whose market told a price then, for want of bars."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
from django.db.models import F, Max, QuerySet

from assets.identity.tickers import CUSIP
from assets.metrics.facts import WHOSE, typed_columns
from assets.metrics.families import EQUITY
from assets.models import AssetIdentifier
from assets.services.reading.rows import Among, read_columns

YEAR: Final = timedelta(days=365)
APART: Final = timedelta(days=30)
"""So much more or less than a year before the newest price may that lie which counts as of a year ago."""


def priced_companies(frames: Mapping[str, pd.DataFrame]) -> "pd.Series[pd.Timestamp]":
    """By company the moment of its newest price."""
    if "market" not in frames:
        return pd.Series(dtype="datetime64[us, UTC]")
    market, kinds = frames["market"], frames["assets"]["kind"]
    is_priced = market["price_usd"].notna() & (kinds.reindex(market.index) == EQUITY)
    return market["price_usd_at"][is_priced]


def quotes_a_year_before(
    rows: QuerySet[Any], priced_at: "pd.Series[pd.Timestamp]", *, now: datetime
) -> pd.DataFrame:
    """Of each company the price nearest to a year before its newest one, with whose word it is.

    `rows` are of the market, of any time. A price of before the share got another issue (a CUSIP, by a split
    in reverse) is one of another unit, whether that is known of the company or not.
    """
    earliest, latest = priced_at.min() - YEAR - APART, priced_at.max() - YEAR + APART
    names = (*WHOSE, "price_usd")
    of_then = rows.filter(
        Among(F("asset_id"), [*map(int, priced_at.index)]),
        as_of__gte=earliest,
        as_of__lte=latest,
        price_usd__isnull=False,
    )
    columns = read_columns(of_then.order_by(), ("pk", *names))
    found = typed_columns(columns, names).assign(pk=np.array(columns["pk"], dtype=np.int64))
    if found.empty:
        return found[[*names]]
    off = (found["as_of"] - (priced_at.reindex(found["asset_id"]) - YEAR).array).abs()
    is_of_the_issue = found["as_of"] >= _issue_changed(found["asset_id"], now=now)
    nearest = found.assign(off=off)[(off <= APART) & is_of_the_issue].sort_values(
        ["off", "pk"], ascending=[True, False]
    )
    return nearest.drop_duplicates("asset_id")[[*names]]


def _issue_changed(asset_ids: "pd.Series[int]", *, now: datetime) -> "pd.Series[pd.Timestamp]":
    """For each of these companies when the last of its issues had ended by then; long ago where none has."""
    ended = AssetIdentifier.objects.filter(
        Among(F("asset_id"), [*map(int, asset_ids.unique())]), namespace=CUSIP, valid_until__lte=now
    )
    changed = dict(
        ended.order_by().values("asset_id").annotate(last=Max("valid_until")).values_list("asset_id", "last")
    )
    moments = pd.Series(changed, dtype="datetime64[us, UTC]").reindex(asset_ids.array)
    return moments.fillna(pd.Timestamp(0, tz=UTC)).reset_index(drop=True)
