"""Facts with days, as answers of one moment, and what a calendar reads of them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from assets.models import Asset
from assets.sourcing import rows
from screener.models import Watchlist
from screener.services.calendar.dated_event import Span
from screener.services.calendar.read_calendar import CalendarFilter, read_calendar
from tests.factories.market import observe

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
TODAY = NOW.date()
A_YEAR_AHEAD = Span(TODAY, TODAY + timedelta(days=366))


def ref(name="Alpha", *, kind="token", symbol="ALP"):
    return rows.AssetRef(kind=kind, identifiers=(("x", name),), name=name, symbol=symbol)


def day(days):
    return NOW + timedelta(days=days)


def unlock(days, amount=1_000_000, *, category="team", lasts=None):
    return rows.Unlock(
        unlock_at=day(days),
        amount=Decimal(amount),
        category=category,
        ends_at=None if lasts is None else day(days + lasts),
    )


def tell_schedule(*unlocks, asset=None, at=NOW, circulating=50_000_000, **changes):
    """The schedule of an asset, beside a price and a supply that agree with it."""
    of = {"asset": asset or ref(), "as_of": at}
    observe(
        rows.MarketRow(**of, price_usd=Decimal("0.5"), volume_24h_usd=Decimal(9_000)),
        rows.SupplyRow(**of, circulating=Decimal(circulating), maximum=Decimal(100_000_000)),
        at=at,
    )
    observe(rows.UnlockRow(**of, events=unlocks, **changes), family="unlocks", at=at)
    return Asset.objects.get(name=of["asset"].name)


def tell_pool(days, *, share=0.9, address="p1", asset=None, at=NOW, **changes):
    row = rows.PoolRow(
        asset=asset or ref(),
        as_of=at,
        address=address,
        pair="ALP/WETH",
        dex="uniswap",
        reserve_usd=Decimal(40_000),
        lp_locked_share=share,
        lp_locked_until=None if days is None else day(days),
        **changes,
    )
    observe(row, family="pools", at=at)
    return Asset.objects.get(name=row.asset.name)


def company(name="Beta"):
    return ref(name, kind="equity", symbol="BETA")


def tell_split(happened_on, *, event="reverse_split", ratio=0.05, asset=None, at=NOW, **changes):
    row = rows.CapitalRow(
        asset=asset or company(),
        as_of=at,
        event=event,
        happened_on=happened_on,
        ratio=ratio,
        **{"evidence": "reported"} | changes,
    )
    observe(row, family="capital", at=at)
    return Asset.objects.get(name=row.asset.name)


def tell_reports(*documents, asset=None, at=NOW, deregistered=False):
    """`documents` are (form, filed on, end of the period)."""
    of = asset or company()
    observe(
        rows.FilingRow(asset=of, as_of=at, deregistered=deregistered, filings_url="https://example.org/list"),
        *(
            rows.DocumentRow(
                asset=of,
                as_of=datetime.fromisoformat(filed_on).replace(tzinfo=UTC),
                accession=f"{form}-{ends_on}",
                form=form,
                filed_on=date.fromisoformat(filed_on),
                period_ends_on=date.fromisoformat(ends_on) if ends_on else None,
                document_url="https://example.org/document",
            )
            for form, filed_on, ends_on in documents
        ),
        family="filings",
        at=at,
    )
    return Asset.objects.get(name=of.name)


def watched(user, *assets):
    watchlist = Watchlist.objects.create(owner=user, name="Mine")
    for each in assets:
        watchlist.entries.create(asset=each)
    return watchlist


def events_of(*kinds, span=A_YEAR_AHEAD, now=NOW, watchlist=None, **shown):
    return read_calendar(span, CalendarFilter(kinds=kinds, **shown), now=now, watchlist=watchlist).events
