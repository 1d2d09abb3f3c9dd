"""Shares of the sandbox: capital events, insiders and funds that own them, and where they are traded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from assets.metrics.unit_changes import FILED, OFFERINGS, SPLITS
from assets.metrics.venues import NORMAL, NOT_HALTED
from assets.sandbox.filing_calendar import (
    accepted_at,
    accession,
    ends_on,
    filings_of,
    last_split_on,
    quarters_before,
    url_of,
)
from assets.sandbox.invented import Invented
from assets.sandbox.trading import exactly
from assets.sourcing.rows import CapitalReadingRow, CapitalRow, OwnershipRow, VenueRow

TIER_OF: Final = {
    "NASDAQ": "exchange",
    "OTCQX": "otcqx",
    "OTCQB": "otcqb",
    "OTCID": "otcid",
    "Pink Limited": "pink_limited",
    "Expert Market": "expert",
}

FUND_PART: Final = 0.45
REPORTS_FROM: Final = 0.05
"""Who owns this share or more reports it on Schedule 13D or 13G."""

TENTH: Final = 0.1
QUARTERS: Final = 8
FIRST_DAY: Final = date(2016, 1, 1)
"""The first insiders came then or in the next thousand days."""

LARGEST_TRADE: Final = 0.05
"""Of what an insider usually holds; more than that changes hands as a gift or an award only."""

OPTIONS_SHARE: Final = 0.005
OWNERS_FROM: Final = 40
"""The numbers of these filings, beside those of `filing_calendar`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Insider:
    """`part` is of what all insiders hold."""

    number: int
    name: str
    role: str
    title: str
    part: float


INSIDERS: Final = (
    Insider(number=0, name="Founder", role="officer", title="Chief Executive Officer", part=0.55),
    Insider(number=1, name="Chair", role="director", title="Chair of the board", part=0.3),
    Insider(number=2, name="Treasurer", role="officer", title="Chief Financial Officer", part=0.15),
)


def venue(asset: Invented, now: datetime) -> Iterator[VenueRow]:
    traits = asset.archetype
    yield VenueRow(
        asset=asset.ref,
        as_of=now,
        venue=traits.venue,
        tier=TIER_OF[traits.venue],
        suspended_24m="suspended" in traits.warnings,
        enforcement_24m="enforcement" in traits.warnings,
        paid_promotion="promotion" in traits.warnings,
        threshold_list="threshold list" in traits.warnings,
        financial_status=NORMAL if TIER_OF[traits.venue] == "exchange" else "",
        halt_code=NOT_HALTED if TIER_OF[traits.venue] == "exchange" else "",
    )


def capital(asset: Invented, now: datetime) -> Iterator[CapitalRow]:
    for each in filings_of(asset, now):
        action = each.action
        if action is None:
            continue
        shares, amount = action.shares_share, action.amount_share
        yield CapitalRow(
            asset=asset.ref,
            as_of=each.accepted_at,
            event=action.event,
            happened_on=each.filed_on,
            accession=each.accession,
            ratio=action.ratio,
            shares=None if shares is None else exactly(round(asset.circulating * shares)),
            amount_usd=None if amount is None else exactly(round(asset.cap_usd * amount)),
            source_url=url_of(asset, each.accession),
        )


def readings(asset: Invented, now: datetime) -> Iterator[CapitalReadingRow]:
    """Whoever invents a company knows all that it did."""
    for subject in (SPLITS, OFFERINGS, FILED):
        yield CapitalReadingRow(asset=asset.ref, as_of=now, subject=subject, read_until=now.date())


def ownership(asset: Invented, now: datetime) -> Iterator[OwnershipRow]:
    """What insiders did in the last two years, and the yearly word of a fund that holds enough to give it.

    In the shares of today: what was reported before the latest split is left out.
    """
    share = asset.archetype.insider_share
    fund = share * FUND_PART if share * FUND_PART >= REPORTS_FROM else 0.0
    rows = [*_fund(asset, now.date(), fund)] if fund else []
    for insider in INSIDERS:
        rows += _insider(asset, insider, now.date(), (share - fund) * insider.part)
    split_on = last_split_on(asset, now)
    yield from (
        row
        for row in rows
        if row.as_of <= now and (row.happened_on is None or split_on is None or row.happened_on > split_on)
    )


def _insider(asset: Invented, who: Insider, today: date, share: float) -> Iterator[OwnershipRow]:
    base = asset.circulating * share
    joined_on = FIRST_DAY + timedelta(days=asset.draw("joined", who.number).randrange(1_000))
    yield _row(asset, who, form="3", happened_on=joined_on, shares=round(base))
    for quarter in quarters_before(today)[-QUARTERS:]:
        before, after = (round(base * _level(asset, who, each)) for each in (quarter - 1, quarter))
        happened_on = ends_on(quarter) + timedelta(days=15 + 7 * who.number + asset.index % 30)
        if before != after and happened_on > joined_on:
            code = _code(asset, (after - before) / base)
            yield _row(
                asset, who, form="4", happened_on=happened_on, shares=after, code=code, change=after - before
            )
            if code == "A":
                yield _options(asset, who, happened_on, base)


def _level(asset: Invented, who: Insider, quarter: int) -> float:
    """What an insider holds against the usual: it moves around 1, so that nobody ends with all or nothing."""
    turn = quarter + asset.index + 3 * who.number
    steps = {"quiet": (0, 1, 1, 0)[turn % 4], "buying": turn % 16 - 8, "selling": 8 - turn % 16}
    return 1 + 0.01 * steps[asset.archetype.insiders]


def _code(asset: Invented, change: float) -> str:
    """The SEC's letters: bought, sold, given to charity, awarded."""
    if abs(change) > LARGEST_TRADE:
        return "G" if change < 0 else "A"
    if change < 0:
        return "S"
    return "A" if asset.archetype.insiders == "quiet" else "P"


def _row(
    asset: Invented,
    who: Insider,
    *,
    form: str,
    happened_on: date,
    shares: int,
    code: str = "",
    change: int | None = None,
) -> OwnershipRow:
    filed_on = happened_on + timedelta(days=2)
    number = accession(asset, filed_on, OWNERS_FROM + who.number)
    return OwnershipRow(
        asset=asset.ref,
        as_of=accepted_at(filed_on),
        accession=number,
        line=1,
        form=form,
        filed_on=filed_on,
        holder=f"Invented {who.name} {asset.index}",
        holder_cik=f"X-{asset.index}-{who.number}",
        role=who.role,
        title=who.title,
        happened_on=happened_on,
        code=code,
        change=None if change is None else exactly(change),
        price_usd=exactly(asset.price_usd(happened_on)) if code in {"P", "S"} else None,
        shares=exactly(shares),
        share=round(shares / asset.circulating, 6),
        is_direct=True,
        source_url=url_of(asset, number),
    )


def _options(asset: Invented, who: Insider, happened_on: date, base: float) -> OwnershipRow:
    """Shares are awarded together with options, on the second line of the form."""
    options = round(base * OPTIONS_SHARE)
    row = _row(asset, who, form="4", happened_on=happened_on, shares=options, code="A", change=options)
    return replace(row, line=2, share=None, is_derivative=True)


def _fund(asset: Invented, today: date, share: float) -> Iterator[OwnershipRow]:
    """Each February it says what it held at the end of the year."""
    for year in range(today.year - 2, today.year + 1):
        filed_on = date(year, 2, 14)
        held = round(asset.circulating * share * (1 + 0.01 * (year % 3 - 1)))
        number = accession(asset, filed_on, OWNERS_FROM + len(INSIDERS))
        yield OwnershipRow(
            asset=asset.ref,
            as_of=accepted_at(filed_on),
            accession=number,
            line=1,
            form="SCHEDULE 13G/A",
            filed_on=filed_on,
            holder=f"Invented Fund {asset.index}",
            holder_cik=f"X-{asset.index}-{len(INSIDERS)}",
            role="ten_percent_owner" if share > TENTH else "five_percent_owner",
            happened_on=date(year - 1, 12, 31),
            shares=exactly(held),
            share=round(held / asset.circulating, 6),
            source_url=url_of(asset, number),
        )
