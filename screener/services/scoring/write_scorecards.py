"""Scorecards of a batch as rows: plain values until they are in the table, so that a million need no memory.

A model instance and an object for each finding would cost more than all the measuring and judging.
"""

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, NamedTuple

import numpy as np
import orjson
import pandas as pd

from assets.metrics.columns import Column
from assets.metrics.exit_costs import exit_costs
from assets.metrics.facts import Facts
from assets.metrics.market import tiers
from assets.metrics.measure import measure
from assets.services.storing.append import Written, append_rows
from screener.checklist import CHECKLIST_VERSION
from screener.checklist.aged import unaged_measures
from screener.checklist.judge import judge_columns
from screener.checklist.judgements import Judgement, judgements_of, known_of
from screener.checklist.labels import labels_of
from screener.checklist.questioned import believed_measures, questioned_of
from screener.checklist.scoring import UNRATED
from screener.models import Scorecard

SIZES: Final = ("market_cap_usd", "fully_diluted_usd", "public_float_usd")
"""What a tier may follow from, the best first; the last one is of last year, and no word against a market cap
that can't be."""


class Card(NamedTuple):
    """The columns of a `Scorecard`, stamped and not stored; JSON as lists and mappings."""

    asset_id: int
    checklist_version: str
    as_of: datetime | None
    known_at: datetime | None
    scored_at: datetime
    total: float | None
    total_low: float
    total_high: float
    coverage: float
    grade: str
    tier: str
    gates_open: Sequence[str]
    gates_unverified: Sequence[str]
    dimensions: Mapping[str, Mapping[str, float]]
    findings: Sequence[Mapping[str, Any]]
    figures: Mapping[str, float]
    label: str
    observations: Sequence[int]
    context: Mapping[str, Any]
    questioned: Mapping[str, Any]
    exit_costs: Sequence[float | None]
    states: str
    digest: str


JSON_COLUMNS: Final = frozenset(
    {"gates_open", "gates_unverified", "dimensions", "findings", "figures", "observations", "context"}
    | {"questioned", "exit_costs"}
)


WHAT_IS_ASKED: Final = ("frame", "place", "field", "witness")


class Stamp(NamedTuple):
    """What an asset's facts rest on."""

    as_of: datetime | None
    known_at: datetime | None
    observations: Sequence[int]


@contextmanager
def collector_paused() -> Iterator[None]:
    """Python looks for no rings meanwhile: what a batch makes is in use until its end, and makes none.

    To look through all of it again and again is a quarter of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def cards_of(facts: Facts, *, position_usd: float) -> Iterator[Card]:
    """A card for each asset of the facts, kind by kind, each made when it is asked for."""
    measures = measure(facts, position_usd=position_usd)
    believed = believed_measures(facts, measures, position_usd=position_usd)
    told = zip(
        tiers(facts.assets["kind"].to_numpy(), *_sizes(facts, measures, believed)).tolist(),
        known_of(measures),
        _context(facts.assets),
        labels_of(measures, facts.assets),
        _stamps(facts),
        questioned_of(facts, measures, believed),
        _exit_costs(facts),
        strict=True,
    )
    of_asset = dict(zip(facts.asset_ids.tolist(), told, strict=True))
    unaged = unaged_measures(facts, measures, position_usd=position_usd)
    for judged in judge_columns(measures, facts, believed=believed, unaged=unaged):
        for judgement in judgements_of(judged):
            yield _card(judgement, *of_asset.pop(judgement.asset_id), now=facts.now)


def append_cards(cards: Iterable[Card]) -> None:
    """Store these cards."""
    append_rows(Scorecard, Card._fields, map(values_of, cards))


def values_of(card: Card) -> list[Any]:
    """A card's columns, JSON written out."""
    return [
        Written(orjson.dumps(value).decode()) if name in JSON_COLUMNS else value
        for name, value in zip(Card._fields, card, strict=True)
    ]


def _card(
    judgement: Judgement,
    tier: str,
    figures: Mapping[str, float],
    context: Mapping[str, Any],
    label: str,
    stamp: Stamp,
    questioned: Mapping[str, Any],
    exits: Sequence[float | None],
    *,
    now: datetime,
) -> Card:
    card = Card(
        asset_id=judgement.asset_id,
        checklist_version=CHECKLIST_VERSION,
        as_of=stamp.as_of,
        known_at=stamp.known_at,
        scored_at=now,
        total=judgement.total if judgement.rated else None,
        total_low=judgement.low,
        total_high=judgement.high,
        coverage=judgement.coverage,
        grade=judgement.grade if judgement.rated else UNRATED,
        tier=tier,
        gates_open=list(judgement.gates_open),
        gates_unverified=list(judgement.gates_unverified),
        dimensions=judgement.dimensions,
        findings=list(judgement.findings),
        figures=figures,
        label=label,
        observations=stamp.observations,
        context=context,
        questioned=questioned,
        exit_costs=exits,
        states=judgement.states,
        digest="",
    )
    return card._replace(digest=digest_of(card))


def digest_of(card: Card) -> str:
    """Two cards of one digest say the same of the same facts.

    Numbers are left out: of the same facts they differ only by the time that has passed (an age in days,
    the unlocks of the next month), which is no news until it changes an answer or the grade.
    """
    told = [
        *(card.checklist_version, card.label, card.grade, card.tier),
        *(card.context, card.observations, card.figures["position_usd"]),
        *(card.gates_open, card.gates_unverified),
        [(each["criterion"], each["state"], each["stale"]) for each in card.findings],
        sorted(card.questioned.get("figures", ())),
        [[each[name] for name in WHAT_IS_ASKED] for each in card.questioned.get("facts", ())],
        # A card from before they were kept is made anew, once; what they are follows from the facts.
        *(["exit costs"] if card.exit_costs else []),
    ]
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _sizes(facts: Facts, measures: pd.DataFrame, believed: pd.DataFrame) -> list[Column]:
    """Without the float of a company whose price and number of shares are told, and are of different units or
    questioned: the market's own word is there, and nobody knows what it is."""
    cap, diluted, public_float = (measures[name].to_numpy(dtype=np.float64) for name in SIZES)
    is_questioned = believed["market_cap_usd"].reindex(measures.index).notna().to_numpy()
    counts = facts.supply.reindex(measures.index)["circulating"].notna().to_numpy()
    is_priced = measures["price_usd"].notna().to_numpy()
    is_doubtful = np.isnan(cap) & (is_questioned | (is_priced & counts))
    return [cap, diluted, np.where(is_doubtful, np.nan, public_float)]


def _exit_costs(facts: Facts) -> Iterator[list[float | None]]:
    """By asset the cost of leaving at each kept size; nothing where no size has one."""
    for costs in exit_costs(facts).tolist():
        known = [None if each != each else each for each in costs]
        yield known if any(each is not None for each in known) else []


def _context(assets: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """By asset what is known of what it is."""
    names = assets.columns.tolist()
    for row in zip(*(assets[name].tolist() for name in names), strict=True):
        yield {name: value for name, value in zip(names, row, strict=True) if value == value}


def _stamps(facts: Facts) -> Iterator[Stamp]:
    """By asset the newest moments of its facts, and every observation that they rest on."""
    sources, size = facts.sources, len(facts.asset_ids)
    place = facts.asset_ids.get_indexer(pd.Index(sources["asset_id"]))
    told = sources["observation_id"].to_numpy()
    tells = (sources["family"] != "").to_numpy()
    newest = [_newest(sources.loc[tells, name], place[tells], size) for name in ("as_of", "known_at")]
    order = np.lexsort((told, place))
    place, told = place[order], told[order]
    is_first = np.diff(place, prepend=-1).astype(bool) | np.diff(told, prepend=-1).astype(bool)
    ends = np.searchsorted(place[is_first], np.arange(size), side="right").tolist()
    observations = told[is_first].tolist()
    cited = (observations[start:end] for start, end in zip([0, *ends], ends, strict=False))
    return map(Stamp, *newest, cited)


def _newest(moments: "pd.Series[pd.Timestamp]", place: Any, size: int) -> list[datetime | None]:
    nothing = np.iinfo(np.int64).min
    newest = np.full(size, nothing)
    np.maximum.at(newest, place, moments.to_numpy(dtype="datetime64[us]").astype(np.int64))
    told = pd.to_datetime(np.where(newest == nothing, 0, newest), unit="us", utc=True).to_pydatetime()
    return [None if each == nothing else moment for each, moment in zip(newest.tolist(), told, strict=True)]
