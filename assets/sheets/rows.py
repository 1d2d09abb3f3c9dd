"""By kind of sheet: how lines with sound cells become rows of facts, and what still speaks against them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Final

from assets.metrics.holders import SUPPLY_TOLERANCE_SHARE
from assets.sheets.cells import ComplaintError, beginning_of, phrase
from assets.sheets.figures import FIGURES
from assets.sheets.report import Desk, Entry, Identity
from assets.sheets.venues import FLAGS
from assets.sourcing import rows as told
from assets.sourcing.rows import Identifier, Row

DAY: Final = timedelta(days=1)
FIGURE_NAMES: Final = tuple(each.name for each in FIGURES)

Teller = Callable[[Sequence[Entry], Desk], Iterator[Row]]


def assets(entries: Sequence[Entry], desk: Desk) -> Iterator[Row]:
    first: dict[Identifier, int] = {}
    for entry in entries:
        before = next((first[each] for each in entry.asset.identifiers if each in first), None)
        if before is not None:
            complaint = ComplaintError(phrase("speaks of the same asset as row %(line)s"), line=str(before))
            desk.fault(entry.line, "", complaint)
            continue
        first |= dict.fromkeys(entry.asset.identifiers, entry.line)
        yield told.ListingRow(asset=entry.asset, as_of=desk.at)


def prices(entries: Sequence[Entry], desk: Desk) -> Iterator[Row]:
    """A candle a day; the newest of each asset is also its market, as of the end of that day."""
    newest: dict[Identity, told.CandleRow] = {}
    for entry in desk.sound(entries, "date"):
        try:
            candle = _candle(entry, desk)
        except ComplaintError as complaint:
            desk.fault(entry.line, "", complaint)
            continue
        known = newest.get(entry.asset.identifiers)
        if known is None or candle.as_of > known.as_of:
            newest[entry.asset.identifiers] = candle
        yield candle
    for candle in newest.values():
        yield told.MarketRow(
            asset=candle.asset,
            as_of=min(candle.as_of + DAY, desk.at),
            price_usd=candle.close_usd,
            volume_24h_usd=candle.volume_usd,
        )


def _candle(entry: Entry, desk: Desk) -> told.CandleRow:
    close = entry.get("close_usd")
    others = [entry.get(name) for name in ("open_usd", "high_usd", "low_usd")]
    if others == [None] * 3:
        others = [close] * 3
    elif None in others:
        raise ComplaintError(phrase("has a part of open, high and low; fill all three or none"))
    first, high, low = others
    if not low <= min(first, close) <= max(first, close) <= high:
        raise ComplaintError(phrase("has a price above its high or below its low"))
    return told.CandleRow(
        asset=entry.asset,
        as_of=desk.moment(entry, "date"),
        open_usd=first,
        high_usd=high,
        low_usd=low,
        close_usd=close,
        volume_usd=entry.get("volume_usd"),
    )


def supply(entries: Sequence[Entry], desk: Desk) -> Iterator[Row]:
    for entry in desk.sound(entries, "as_of"):
        circulating, total, maximum = (entry.get(name) for name in ("circulating", "total", "maximum"))
        in_order = [each for each in (circulating, total, maximum) if each is not None]
        if not in_order:
            desk.fault(entry.line, "", ComplaintError(phrase("has no figure")))
        elif in_order != sorted(in_order):
            complaint = ComplaintError(phrase("has more circulating than total, or more than the maximum"))
            desk.fault(entry.line, "", complaint)
        elif entry.get("uncapped") and maximum is not None:
            desk.fault(entry.line, "uncapped", ComplaintError(phrase("contradicts the maximum")))
        else:
            yield told.SupplyRow(
                asset=entry.asset,
                as_of=desk.moment(entry),
                circulating=circulating,
                total=total,
                maximum=maximum,
                uncapped=entry.get("uncapped"),
            )


def holders(entries: Sequence[Entry], desk: Desk) -> Iterator[Row]:
    whole = []
    for entry in entries:
        if not entry.text("holder_address") and not entry.text("holder_label"):
            desk.fault(
                entry.line, "", ComplaintError(phrase("names no holder; fill its address or its label"))
            )
            desk.spoil(entry)
        else:
            whole.append(entry)
    for listed in desk.lists(whole, by_date=True):
        names = [entry.text("holder_address") or entry.text("holder_label") for entry in listed]
        held = sum(Decimal(repr(entry.get("share"))) for entry in listed)
        if len({*names}) < len(names):
            desk.refuse_list(listed, ComplaintError(phrase("belongs to a list with a holder twice")))
        elif held > 1 + Decimal(repr(SUPPLY_TOLERANCE_SHARE)):
            complaint = phrase("belongs to a list whose shares add up to %(percent)s percent")
            desk.refuse_list(listed, ComplaintError(complaint, percent=f"{held * 100:.1f}"))
        else:
            positions = tuple(_position(entry) for entry in listed)
            yield told.HolderRow(asset=listed[0].asset, as_of=desk.moment(listed[0]), positions=positions)


def _position(entry: Entry) -> told.Position:
    return told.Position(
        holder_type=entry.text("holder_type"),
        share=entry.get("share"),
        address=entry.text("holder_address"),
        label=entry.text("holder_label"),
        balance=entry.get("balance"),
    )


def unlocks(entries: Sequence[Entry], desk: Desk) -> Iterator[Row]:
    whole = []
    for entry in entries:
        if complaint := _contradiction(entry):
            desk.fault(entry.line, "ends_on", complaint)
            desk.spoil(entry)
        else:
            whole.append(entry)
    for listed in desk.lists(whole, by_date=False):
        yield told.UnlockRow(
            asset=listed[0].asset,
            as_of=max(desk.moment(entry) for entry in listed),
            events=tuple(_unlock(entry) for entry in listed),
            source_url=next(filter(None, (entry.text("source_url") for entry in listed)), ""),
        )


def _contradiction(entry: Entry) -> ComplaintError | None:
    shape, ends_on = entry.text("shape"), entry.get("ends_on")
    if shape == "linear" and ends_on is None:
        return ComplaintError(phrase("is missing for a linear release"))
    if shape in {"cliff", "step"} and ends_on is not None:
        return ComplaintError(phrase("must be empty for a release that comes at once"))
    if ends_on is not None and ends_on <= entry.get("date"):
        return ComplaintError(phrase("is not after the date"))
    return None


def _unlock(entry: Entry) -> told.Unlock:
    ends_on = entry.get("ends_on")
    return told.Unlock(
        unlock_at=beginning_of(entry.get("date")),
        amount=entry.get("amount"),
        category=entry.text("category"),
        shape=entry.text("shape") or ("linear" if ends_on else "cliff"),
        ends_at=ends_on and beginning_of(ends_on),
    )


def audits(entries: Sequence[Entry], desk: Desk) -> Iterator[Row]:
    for listed in desk.lists(entries, by_date=False):
        yield told.DisclosureRow(
            asset=listed[0].asset,
            as_of=max(desk.moment(entry) for entry in listed),
            audits=tuple(
                told.AuditReport(
                    firm=entry.text("firm"),
                    audited_on=entry.get("date"),
                    matches_deployed=entry.get("matches"),
                    **{
                        name: entry.text(name)
                        for name in ("scope", "conclusion", "limitations", "report_url")
                    },
                )
                for entry in listed
            ),
        )


def fundamentals(entries: Sequence[Entry], desk: Desk) -> Iterator[Row]:
    for entry in desk.sound(entries, "period_ends_on", "published_on"):
        figures = {name: entry.get(name) for name in FIGURE_NAMES}
        if entry.get("published_on") < entry.get("period_ends_on"):
            desk.fault(entry.line, "published_on", ComplaintError(phrase("is before the end of the period")))
        elif all(value is None for value in figures.values()):
            desk.fault(entry.line, "", ComplaintError(phrase("has no figure")))
        else:
            yield told.FundamentalsRow(
                asset=entry.asset,
                as_of=desk.moment(entry, "published_on"),
                period_ends_on=entry.get("period_ends_on"),
                form=entry.text("form"),
                accession=entry.text("accession"),
                **figures,
            )


def venues(entries: Sequence[Entry], desk: Desk) -> Iterator[Row]:
    """A warning stops an asset; so nobody is warned of without a source that others can read."""
    for entry in desk.sound(entries, "as_of"):
        flags = {name: entry.get(name) for name in FLAGS}
        if any(flags.values()) and not entry.text("source_url"):
            desk.fault(entry.line, "source_url", ComplaintError(phrase("is missing for a warning")))
        else:
            yield told.VenueRow(
                asset=entry.asset,
                as_of=desk.moment(entry),
                venue=entry.text("venue"),
                tier=entry.text("tier"),
                **flags,
            )


TELLERS: Final[Mapping[str, Teller]] = {
    "assets": assets,
    "prices": prices,
    "supply": supply,
    "holders": holders,
    "unlocks": unlocks,
    "fundamentals": fundamentals,
    "venues": venues,
    "audits": audits,
}
"""By kind of sheet what makes its rows."""
