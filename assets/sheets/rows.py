"""Row builders, one for each kind of sheet: lines with sound cells become rows of facts or have a fault."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Final

from assets.metrics.families import STATEMENT
from assets.metrics.holders import SUPPLY_TOLERANCE_SHARE
from assets.metrics.venues import NORMAL, NOT_HALTED
from assets.sheets.cells import CellError, start_of_day
from assets.sheets.figures import FIGURES
from assets.sheets.report import Identity, SheetEntry, SheetReport
from assets.sheets.venues import FLAGS
from assets.sourcing import rows as facts
from assets.sourcing.rows import Identifier, Row

DAY: Final = timedelta(days=1)
FIGURE_NAMES: Final = tuple(each.name for each in FIGURES)

RowBuilder = Callable[[Sequence[SheetEntry], SheetReport], Iterator[Row]]


def assets(entries: Sequence[SheetEntry], report: SheetReport) -> Iterator[Row]:
    first: dict[Identifier, int] = {}
    for entry in entries:
        before = next((first[each] for each in entry.asset.identifiers if each in first), None)
        if before is not None:
            error = CellError("speaks of the same asset as row %(line)s", line=before)
            report.fault(entry.line, "", error)
            continue
        first |= dict.fromkeys(entry.asset.identifiers, entry.line)
        yield facts.ListingRow(asset=entry.asset, as_of=report.at)


def prices(entries: Sequence[SheetEntry], report: SheetReport) -> Iterator[Row]:
    """A candle a day; the newest of each asset is also its market, as of the end of that day."""
    newest: dict[Identity, facts.CandleRow] = {}
    for entry in report.sound(entries, "date"):
        try:
            candle = _candle(entry, report)
        except CellError as error:
            report.fault(entry.line, "", error)
            continue
        known = newest.get(entry.asset.identifiers)
        if known is None or candle.as_of > known.as_of:
            newest[entry.asset.identifiers] = candle
        yield candle
    for candle in newest.values():
        yield facts.MarketRow(
            asset=candle.asset,
            as_of=min(candle.as_of + DAY, report.at),
            price_usd=candle.close_usd,
            volume_24h_usd=candle.volume_usd,
        )


def _candle(entry: SheetEntry, report: SheetReport) -> facts.CandleRow:
    close = entry.get("close_usd")
    others = [entry.get(name) for name in ("open_usd", "high_usd", "low_usd")]
    if others == [None] * 3:
        others = [close] * 3
    elif None in others:
        raise CellError("has a part of open, high and low; fill all three or none")
    first, high, low = others
    if not low <= min(first, close) <= max(first, close) <= high:
        raise CellError("has a price above its high or below its low")
    return facts.CandleRow(
        asset=entry.asset,
        as_of=report.moment(entry, "date"),
        open_usd=first,
        high_usd=high,
        low_usd=low,
        close_usd=close,
        volume_usd=entry.get("volume_usd"),
    )


def supply(entries: Sequence[SheetEntry], report: SheetReport) -> Iterator[Row]:
    for entry in report.sound(entries, "as_of"):
        circulating, total, maximum = (entry.get(name) for name in ("circulating", "total", "maximum"))
        in_order = [each for each in (circulating, total, maximum) if each is not None]
        if not in_order:
            report.fault(entry.line, "", CellError("has no figure"))
        elif in_order != sorted(in_order):
            error = CellError("has more circulating than total, or more than the maximum")
            report.fault(entry.line, "", error)
        elif entry.get("uncapped") and maximum is not None:
            report.fault(entry.line, "uncapped", CellError("contradicts the maximum"))
        else:
            yield facts.SupplyRow(
                asset=entry.asset,
                as_of=report.moment(entry),
                circulating=circulating,
                total=total,
                maximum=maximum,
                uncapped=entry.get("uncapped"),
            )


def holders(entries: Sequence[SheetEntry], report: SheetReport) -> Iterator[Row]:
    whole = []
    for entry in entries:
        if not entry.text("holder_address") and not entry.text("holder_label"):
            report.fault(entry.line, "", CellError("names no holder; fill its address or its label"))
            report.mark_incomplete(entry)
        else:
            whole.append(entry)
    for listed in report.lists(whole, by_date=True):
        names = [entry.text("holder_address") or entry.text("holder_label") for entry in listed]
        held = sum(Decimal(repr(entry.get("share"))) for entry in listed)
        if len({*names}) < len(names):
            report.refuse_list(listed, CellError("belongs to a list with a holder twice"))
        elif held > 1 + Decimal(repr(SUPPLY_TOLERANCE_SHARE)):
            percent = f"{held * 100:.1f}"
            error = CellError("belongs to a list whose shares add up to %(percent)s percent", percent=percent)
            report.refuse_list(listed, error)
        else:
            positions = tuple(_position(entry) for entry in listed)
            yield facts.HolderRow(asset=listed[0].asset, as_of=report.moment(listed[0]), positions=positions)


def _position(entry: SheetEntry) -> facts.Position:
    return facts.Position(
        holder_type=entry.text("holder_type"),
        share=entry.get("share"),
        address=entry.text("holder_address"),
        label=entry.text("holder_label"),
        balance=entry.get("balance"),
    )


def unlocks(entries: Sequence[SheetEntry], report: SheetReport) -> Iterator[Row]:
    whole = []
    for entry in entries:
        if error := _contradiction(entry):
            report.fault(entry.line, "ends_on", error)
            report.mark_incomplete(entry)
        else:
            whole.append(entry)
    for listed in report.lists(whole, by_date=False):
        yield facts.UnlockRow(
            asset=listed[0].asset,
            as_of=max(report.moment(entry) for entry in listed),
            events=tuple(_unlock(entry) for entry in listed),
            source_url=next(filter(None, (entry.text("source_url") for entry in listed)), ""),
        )


def _contradiction(entry: SheetEntry) -> CellError | None:
    shape, ends_on = entry.text("shape"), entry.get("ends_on")
    if shape == "linear" and ends_on is None:
        return CellError("is missing for a linear release")
    if shape in {"cliff", "step"} and ends_on is not None:
        return CellError("must be empty for a release that comes at once")
    if ends_on is not None and ends_on <= entry.get("date"):
        return CellError("is not after the date")
    return None


def _unlock(entry: SheetEntry) -> facts.Unlock:
    ends_on = entry.get("ends_on")
    return facts.Unlock(
        unlock_at=start_of_day(entry.get("date")),
        amount=entry.get("amount"),
        category=entry.text("category"),
        shape=entry.text("shape") or ("linear" if ends_on else "cliff"),
        ends_at=ends_on and start_of_day(ends_on),
    )


def audits(entries: Sequence[SheetEntry], report: SheetReport) -> Iterator[Row]:
    for listed in report.lists(entries, by_date=False):
        yield facts.DisclosureRow(
            asset=listed[0].asset,
            as_of=max(report.moment(entry) for entry in listed),
            audits=tuple(
                facts.AuditReport(
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


def fundamentals(entries: Sequence[SheetEntry], report: SheetReport) -> Iterator[Row]:
    for entry in report.sound(entries, "period_ends_on", "published_on"):
        figures = {name: entry.get(name) for name in FIGURE_NAMES}
        of_period = any(figures.get(name) is not None for name in STATEMENT)
        if entry.get("published_on") < entry.get("period_ends_on"):
            report.fault(entry.line, "published_on", CellError("is before the end of the period"))
        elif all(value is None for value in figures.values()):
            report.fault(entry.line, "", CellError("has no figure"))
        else:
            yield facts.FundamentalsRow(
                asset=entry.asset,
                as_of=report.moment(entry, "published_on"),
                # What is held by whom belongs to no period, and must not outdate the figures of one.
                period_ends_on=entry.get("period_ends_on") if of_period else None,
                form=entry.text("form"),
                accession=entry.text("accession"),
                **figures,
            )


def venues(entries: Sequence[SheetEntry], report: SheetReport) -> Iterator[Row]:
    """A warning stops an asset; so nobody is warned of without a source that others can read."""
    for entry in report.sound(entries, "as_of"):
        flags = {name: entry.get(name) for name in FLAGS}
        is_warned = any(flags.values()) or entry.text("financial_status") not in ("", NORMAL)
        is_halted = entry.text("halt_code") not in ("", NOT_HALTED)
        if (is_warned or is_halted) and not entry.text("source_url"):
            report.fault(entry.line, "source_url", CellError("is missing for a warning"))
        else:
            yield facts.VenueRow(
                asset=entry.asset,
                as_of=report.moment(entry),
                venue=entry.text("venue"),
                tier=entry.text("tier"),
                financial_status=entry.text("financial_status"),
                halt_code=entry.text("halt_code"),
                halted_at=report.moment(entry, "halted_at") if entry.get("halted_at") else None,
                short_interest_shares=entry.get("short_interest_shares"),
                short_interest_on=entry.get("short_interest_on"),
                average_volume_shares=entry.get("average_volume_shares"),
                **flags,
            )


ROW_BUILDERS: Final[Mapping[str, RowBuilder]] = {
    "assets": assets,
    "prices": prices,
    "supply": supply,
    "holders": holders,
    "unlocks": unlocks,
    "fundamentals": fundamentals,
    "venues": venues,
    "audits": audits,
}
"""By kind of sheet its row builder."""
