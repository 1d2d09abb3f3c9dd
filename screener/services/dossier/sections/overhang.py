"""Overhang: shares that may still come to the market, by the price at which they do."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assets.metrics.holders import EXACT_DECIMALS
from assets.metrics.overhang import warrants_of
from assets.metrics.unit_changes import UnitChanges
from screener.charts import Chart, overhang_chart
from screener.services.dossier.facts import DossierFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class WarrantSale:
    """A sale that came with warrants, in units of today. `strike_usd` is None where its paper names none;
    `share` is of the shares outstanding, None where these are not known."""

    strike_usd: float | None
    shares: float
    share: float | None
    form: str
    filed_on: date
    is_in_the_money: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverhangSection:
    """`sales` from the lowest price to the highest, those without one last. `programmes_share`: programmes of
    sales and convertibles, which come at the market's price. `overhang_share` is None where it is not known.
    """

    overhang_share: float | None
    programmes_share: float | None
    sales: Sequence[WarrantSale]
    chart: Chart | None

    @property
    def has_unpriced(self) -> bool:
        """Whether warrants are among them whose paper names no strike."""
        return any(each.strike_usd is None for each in self.sales)


def read_overhang(facts: DossierFacts) -> OverhangSection:
    figures = facts.figures
    sales = _sales(facts)
    overhang, warrants = figures.get("overhang_share"), figures.get("warrants_share", 0.0)
    # A sum less one of its parts leaves noise, of which the page would say that it is something.
    programmes = None if overhang is None else max(0.0, round(overhang - warrants, EXACT_DECIMALS))
    return OverhangSection(
        overhang_share=overhang,
        programmes_share=programmes,
        sales=sales,
        chart=overhang_chart(
            _by_strike(sales), at_any_price=programmes or 0.0, price_usd=figures.get("price_usd")
        ),
    )


def _sales(facts: DossierFacts) -> tuple[WarrantSale, ...]:
    columns = facts.offerings
    found = warrants_of(columns, UnitChanges.of(columns))
    told = zip(found.sales.rows.itertuples(), found.shares.tolist(), found.strike_usd.tolist(), strict=True)
    sales = [_sale(row, shares, strike_usd, facts.figures) for row, shares, strike_usd in told]
    return tuple(sorted(sales, key=lambda each: (each.strike_usd or math.inf, each.filed_on)))


def _sale(row: Any, shares: float, strike_usd: float, figures: Mapping[str, float]) -> WarrantSale:
    outstanding, price_usd = figures.get("circulating_supply"), figures.get("price_usd")
    is_priced = not math.isnan(strike_usd)
    return WarrantSale(
        strike_usd=strike_usd if is_priced else None,
        shares=shares,
        share=shares / outstanding if outstanding else None,
        form=row.form,
        filed_on=row.filed_on.date(),
        is_in_the_money=strike_usd < price_usd if is_priced and price_usd is not None else None,
    )


def _by_strike(sales: Sequence[WarrantSale]) -> Mapping[float, float]:
    shares: dict[float, float] = defaultdict(float)
    for each in sales:
        if each.strike_usd is not None and each.share is not None:
            shares[each.strike_usd] += each.share
    return shares
