"""Packing of scorecards: an older card is kept as what it says otherwise than a baseline of its asset.

Most of what two cards of an asset say is the same. Their texts are compressed with the baseline's as the
dictionary (`zdict` of DEFLATE, RFC 1951), so that a finding that did not change takes a few bits. Figures and
dimensions stay JSON that a database can read: what differs, with null for a figure that is no longer known.
Nothing is lost: a packed card reads word for word as it was written.
"""

import zlib
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import orjson
from django.db.models.query_utils import DeferredAttribute

from assets.models.whole_json import DamagedRowError, WholeJSONField

TEXTS: Final = ("gates_open", "gates_unverified", "findings", "observations", "context", "exit_costs")
"""Fields of a card that are compressed together."""

OVERLAID: Final = ("figures", "dimensions")
"""Fields of a card that are JSON objects laid over those of the baseline."""

PACKED: Final = (*TEXTS, *OVERLAID)

EMPTY: Final[Mapping[str, Any]] = {name: {} if name == "context" else [] for name in TEXTS}
"""What stands in the columns of `TEXTS` of a packed card."""

LEVEL: Final = 9
NO_HEADER: Final = -15

Values = Mapping[str, Any]
"""The fields `PACKED` of a card, by name."""


class Packed(NamedTuple):
    """A card beside its baseline."""

    texts: bytes
    figures: dict[str, float | None]
    dimensions: dict[str, Any]

    @property
    def size(self) -> int:
        return len(self.texts) + len(orjson.dumps([self.figures, self.dimensions]))


class Baseline(NamedTuple):
    """What cards are packed against; `texts` as `texts_of` writes them."""

    texts: bytes
    figures: Mapping[str, float]
    dimensions: Mapping[str, Any]

    @classmethod
    def of(cls, card: Values) -> "Baseline":
        return cls(texts_of(card), card["figures"], card["dimensions"])


def texts_of(card: Values) -> bytes:
    return orjson.dumps([card[name] for name in TEXTS])


def packed(card: Values, baseline: Baseline) -> Packed | None:
    """None where the card can't be told by this baseline: a dimension of it was not asked at all."""
    if card["dimensions"].keys() != baseline.dimensions.keys():
        return None
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, NO_HEADER, zdict=baseline.texts)
    gone = dict.fromkeys(baseline.figures.keys() - card["figures"].keys())
    return Packed(
        compressor.compress(texts_of(card)) + compressor.flush(),
        _other(card["figures"], baseline.figures) | gone,
        _other(card["dimensions"], baseline.dimensions),
    )


def unpacked(card: Packed, baseline: Baseline) -> dict[str, Any]:
    """The fields `PACKED` as they were; `DamagedRowError` where they can't be told."""
    try:
        texts = orjson.loads(zlib.decompressobj(NO_HEADER, zdict=baseline.texts).decompress(card.texts))
    except (zlib.error, orjson.JSONDecodeError) as error:
        raise DamagedRowError("a packed scorecard is damaged") from error
    if not isinstance(texts, list) or len(texts) != len(TEXTS):
        raise DamagedRowError("a packed scorecard is damaged")
    return {
        **dict(zip(TEXTS, texts, strict=True)),
        "figures": known_figures(card.figures, baseline.figures),
        "dimensions": {**baseline.dimensions, **card.dimensions},
    }


def _other(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in ours.items() if name not in theirs or theirs[name] != value}


def known_figures(own: Mapping[str, float | None], theirs: Mapping[str, float] | None) -> dict[str, float]:
    """The figures of a card; `theirs` of its baseline, None where it is not packed."""
    return {name: value for name, value in {**(theirs or {}), **own}.items() if value is not None}


class PackedAttribute(DeferredAttribute):
    """A field of a card that is read as it was written, also where the card is packed."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is not None:
            instance.unpack()
        return super().__get__(instance, cls)

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class PackedJSONField(WholeJSONField):
    """A JSON column of a card in the database, and for migrations."""

    descriptor_class = PackedAttribute
