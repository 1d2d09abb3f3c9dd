"""DefiLlama, hacks and raises: what protocols lost to attackers, and what investors paid into them.

https://api-docs.defillama.com, for those with a key. Read after the documentation: no answer is recorded.
Both name the protocol by DefiLlama's number of it or of its parent; an event without one is nobody's, since a
name is no identity. Amounts of hacks are in USD, those of raises in millions of USD.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BeforeValidator

from assets.metrics.families import TOKEN
from assets.sourcing.contract import RawObservation
from assets.sourcing.reading import Moment, Name, RowReader, Text, Usd, VendorModel, url_of, usd_of
from assets.sourcing.rows import AssetRef, DisclosureRow, Identifier

HACKS: Final = "hacks"
RAISES: Final = "raises"
A_MILLION: Final = 1_000_000
MOST: Final = 20
LONGEST: Final = 200

Events = tuple[dict[str, str], ...]


def _number(value: object) -> object:
    return str(value) if isinstance(value, int) else value


class ProtocolHack(VendorModel):
    defillamaId: Annotated[Name, BeforeValidator(_number)]  # noqa: N815 - the vendor's name
    date: Moment = None
    amount: Usd = None
    technique: Text = ""
    source: Text = ""


class ProtocolRaise(VendorModel):
    defillamaId: Annotated[Name, BeforeValidator(_number)]  # noqa: N815
    date: Moment = None
    amount: Usd = None
    round: Text = ""
    source: Text = ""


def read_hacks(
    items: Sequence[Any], owners: Mapping[str, tuple[Identifier, ...]], raw: RawObservation, reader: RowReader
) -> list[DisclosureRow]:
    """One row for each token whose protocols were hacked, the newest hack first."""
    events = _events(items, ProtocolHack, owners, reader, lambda each: each.technique, unit=1)
    return [
        DisclosureRow(asset=_ref(owner), as_of=raw.fetched_at, hacks=found) for owner, found in events.items()
    ]


def read_raises(
    items: Sequence[Any], owners: Mapping[str, tuple[Identifier, ...]], raw: RawObservation, reader: RowReader
) -> list[DisclosureRow]:
    """One row for each token whose protocols raised money, the newest round first."""
    events = _events(items, ProtocolRaise, owners, reader, lambda each: each.round, unit=A_MILLION)
    return [
        DisclosureRow(asset=_ref(owner), as_of=raw.fetched_at, raises=found)
        for owner, found in events.items()
    ]


def _ref(owner: tuple[Identifier, ...]) -> AssetRef:
    return AssetRef(kind=TOKEN, identifiers=owner)


def _events(
    items: Sequence[Any],
    model: type[ProtocolHack] | type[ProtocolRaise],
    owners: Mapping[str, tuple[Identifier, ...]],
    reader: RowReader,
    kind: Callable[[Any], str],
    *,
    unit: int,
) -> dict[tuple[Identifier, ...], Events]:
    """By token what befell its protocols: day, amount in USD, kind and source, as far as they are known."""
    found: dict[tuple[Identifier, ...], list[dict[str, str]]] = defaultdict(list)
    for each in _of_owners(items, model, owners, reader):
        event = {
            "happened_on": each.date.date().isoformat() if each.date else "",
            "amount_usd": _in_usd(each.amount, unit),
            "kind": kind(each)[:LONGEST],
            "source_url": url_of(each.source),
        }
        found[owners[each.defillamaId]].append({name: value for name, value in event.items() if value})
    return {
        owner: tuple(sorted(events, key=lambda one: one.get("happened_on", ""), reverse=True)[:MOST])
        for owner, events in found.items()
    }


def _of_owners(
    items: Sequence[Any],
    model: type[ProtocolHack] | type[ProtocolRaise],
    owners: Mapping[str, tuple[Identifier, ...]],
    reader: RowReader,
) -> Iterator[ProtocolHack | ProtocolRaise]:
    strangers = 0
    for item in items:
        number = _number(item.get("defillamaId")) if isinstance(item, dict) else None
        if isinstance(number, str) and number in owners and (event := reader.read(model, item)):
            yield event
        else:
            strangers += 1
    if strangers:
        reader.remark(
            "Events of protocols whose token is not known are left out: %(count)s.", count=strangers
        )


def _in_usd(amount: Decimal | None, unit: int) -> str:
    try:
        usd = usd_of(amount * unit) if amount is not None else None
    except ValueError:
        return ""
    return f"{usd:f}" if usd is not None else ""
