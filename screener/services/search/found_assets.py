"""Assets that a search finds: by name and symbol in the universe, by address and CIK in the database."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from assets.models import Asset, AssetIdentifier
from screener.screens.table import Ids, Mask, Numbers, Table
from screener.universe.live import UNIVERSE
from screener.universe.names import NAMES

MOST_RANKED: Final = 400
"""Of more that are found, so many of the largest are ranked, besides those of exactly this word."""


class Level(IntEnum):
    """How near a name comes to what was typed, the nearest first."""

    TICKER = 0
    NAME = 1
    BEGINNING = 2
    WORD = 3
    PART = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAsset:
    """`market_cap_usd` is None where it is not known; `identifier` is the address or CIK that was found."""

    asset_id: int
    slug: str
    name: str
    symbol: str
    kind: str
    place: str
    market_cap_usd: float | None
    likeness: str
    is_fictional: bool
    identifier: str = ""


def find_assets_by(words: Sequence[str], *, most: int) -> tuple[FoundAsset, ...]:
    """The assets that these folded words find, nearest first and of equally near ones the larger first.

    What takes the name of another asset, or is invented, stands below the beginnings of real names.
    """
    table = UNIVERSE.table()
    meant, begun = _identifiers(words, most=most)
    named = [int(table.ids[place]) for place in _named(table, words, most=most)]
    found = dict.fromkeys([*(each.asset_id for each in meant), *named, *(each.asset_id for each in begun)])
    by_asset = {each.asset_id: each for each in begun if each.asset_id not in named}
    by_asset |= {each.asset_id: each for each in reversed(meant)}
    shown = (
        _shown(table, place, by_asset.get(asset_id))
        for asset_id, place in zip(found, _places(table, found), strict=True)
    )
    return tuple(each for each in shown if each is not None)[:most]


def prepare_to_find() -> None:
    """For whoever is about to type: what finds names takes seconds to make for a million assets."""
    NAMES.prepare(UNIVERSE.table())


# By name --------------------------------------------------------------------------------


def _named(table: Table, words: Sequence[str], *, most: int) -> list[int]:
    """Places in the table, best first; parts of words are looked for only where too few begin with them."""
    index = NAMES.of(table)
    whole, begun = (_rows(table, found(words)) for found in (index.named, index.beginning))
    rows = np.union1d(_largest(table, whole), _largest(table, begun))
    if len(begun) < most:
        rows = np.union1d(rows, _largest(table, _rows(table, index.holding(words))))
    standing = _standing(table, rows)
    sizes = _sizes(table, rows)
    ranked = [
        (_demoted(level, real=not low), low, -size, int(row))
        for row, level, low, size in zip(
            rows.tolist(), _levels(table, rows, words), standing.tolist(), sizes.tolist(), strict=True
        )
        if level is not None
    ]
    return [row for *_order, row in sorted(ranked)[:most]]


def _demoted(level: Level, *, real: bool) -> Level:
    return level if real else max(level, Level.BEGINNING)


def _rows(table: Table, ids: Ids) -> Ids:
    """The places of those assets that are still in the table."""
    places = np.searchsorted(table.ids, ids)
    is_here = places < len(table)
    places = places[is_here]
    return places[table.ids[places] == ids[is_here]]


def _largest(table: Table, rows: Ids) -> Ids:
    """Real ones by market cap, then the others."""
    if len(rows) <= MOST_RANKED:
        return rows
    order = np.where(_standing(table, rows), -1e18, 0) + _sizes(table, rows)
    return rows[np.argpartition(-order, MOST_RANKED)[:MOST_RANKED]]


def _sizes(table: Table, rows: Ids) -> Numbers:
    """Market caps in USD; −1 where it is not known."""
    return np.nan_to_num(table.numbers["market_cap"][rows], nan=-1.0)


def _standing(table: Table, rows: Ids) -> Mask:
    """Whether they are invented, or look like another asset."""
    likeness = table.categories["likeness"]
    named_alike: Mask = ~(likeness.missing[rows])
    return table.fictional[rows] | named_alike


def _levels(table: Table, rows: Ids, words: Sequence[str]) -> Iterable[Level | None]:
    typed = " ".join(words)
    begins = [re.compile(rf"(?<!\w){re.escape(each)}") for each in words]
    texts = (table.texts[key].take(pa.array(rows)).to_pylist() for key in ("symbol", "name"))
    for symbol, name in zip(*texts, strict=True):
        symbol, name = symbol.casefold(), name.casefold()
        both = f"{name} {symbol}"
        if symbol == typed:
            yield Level.TICKER
        elif name == typed:
            yield Level.NAME
        elif symbol.startswith(typed) or name.startswith(typed):
            yield Level.BEGINNING
        elif all(each.search(both) for each in begins):
            yield Level.WORD
        else:
            yield Level.PART if all(each in both for each in words) else None


# By identifier --------------------------------------------------------------------------

ADDRESS: Final = re.compile(r"0x[0-9a-f]{4,}|(?=[a-z]*[0-9])[0-9a-z]{6,}")
"""What is rather the beginning of an address than a name: hexadecimal, or letters with a digit among them."""
SHORTEST_BEGINNING: Final = 4
CIK: Final = re.compile(r"(?:cik:?)?0*([1-9][0-9]{0,9})")
"""A filer's number, also as filings write it: `CIK 0000320193`."""


def _identifiers(words: Sequence[str], *, most: int) -> tuple[list[AssetIdentifier], list[AssetIdentifier]]:
    """Those that are meant, which stand above names, and those that a word may happen to begin."""
    typed = "".join(words)
    number = CIK.fullmatch(typed)
    if len(words) != 1 and not (number and words[0] in {"cik", "cik:"}):
        return [], []
    known = AssetIdentifier.objects
    meant = (
        [*known.filter(namespace="cik", value=number[1]).valid().select_related("asset")] if number else []
    )
    begun = [] if len(typed) < SHORTEST_BEGINNING else [*known.beginning(typed)[:most]]
    is_meant = ADDRESS.fullmatch(typed) is not None and not number
    meant += [each for each in begun if is_meant or each.value.lower() == typed]
    return meant, begun


# As they are shown ----------------------------------------------------------------------


def _places(table: Table, asset_ids: Iterable[int]) -> list[int]:
    """Where each stands in the table; −1 where it has no scorecard yet."""
    ids = np.array(list(asset_ids), dtype=np.int64)
    places = np.searchsorted(table.ids, ids)
    is_here = np.isin(ids, table.ids)
    return np.where(is_here, places, -1).tolist()


def _shown(table: Table, place: int, identifier: AssetIdentifier | None) -> FoundAsset | None:
    text = identifier.value if identifier else ""
    if place >= 0:
        return _scored(table, place, text)
    return _unscored(identifier.asset, text) if identifier else None


def _scored(table: Table, place: int, identifier: str = "") -> FoundAsset:
    slug, name, symbol = (table.text(each, place) for each in ("slug", "name", "symbol"))
    kind, chain, venue, likeness = (
        table.categories[each].labels[table.categories[each].codes[place]]
        for each in ("kind", "chain", "venue", "likeness")
    )
    size = float(table.numbers["market_cap"][place])
    return FoundAsset(
        asset_id=int(table.ids[place]),
        slug=slug,
        name=name or symbol or slug,
        symbol=symbol,
        kind=kind,
        place=chain or venue,
        market_cap_usd=None if size != size else size,
        likeness=likeness,
        is_fictional=bool(table.fictional[place]),
        identifier=identifier,
    )


def _unscored(asset: Asset, identifier: str = "") -> FoundAsset:
    return FoundAsset(
        asset_id=asset.pk,
        slug=asset.slug,
        name=asset.shown_name,
        symbol=asset.symbol,
        kind=asset.kind,
        place=asset.chain or asset.venue,
        market_cap_usd=None,
        likeness=asset.likeness,
        is_fictional=asset.fictional,
        identifier=identifier,
    )


# Exactly what a text names ----------------------------------------------------------------


def found_of(assets: Collection[Asset]) -> dict[int, FoundAsset]:
    """Assets of the database as a search shows them, by id."""
    table = UNIVERSE.table()
    places = _places(table, [each.pk for each in assets])
    return {
        each.pk: _scored(table, place) if place >= 0 else _unscored(each)
        for each, place in zip(assets, places, strict=True)
    }


def find_named(text: str) -> list[FoundAsset]:
    """The scored assets whose symbol is this text, or else whose name is, in no order."""
    table, folded = UNIVERSE.table(), text.lower()
    rows = _rows(table, NAMES.of(table).named(text.casefold().split()))
    for key in ("symbol", "name"):
        texts = pc.utf8_lower(table.texts[key].take(pa.array(rows)))
        same = rows[pc.equal(texts, folded).to_numpy(zero_copy_only=False)]
        if len(same):
            return [_scored(table, int(place)) for place in _largest(table, same)]
    return []
