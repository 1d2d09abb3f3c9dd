"""Sandbox market: invented assets, provided by the same interface as the real ones, without a network.

The market is drawn from a fixed seed and moves day by day. `ASSAY_SANDBOX_ASSETS` is its size.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain
from typing import Any, Final

from pydantic import BaseModel, ValidationError, create_model

from assets.metrics import families
from assets.sandbox.books import books
from assets.sandbox.disclosure import disclosure, usage
from assets.sandbox.filed_events import filing_events
from assets.sandbox.filings import documents, filings
from assets.sandbox.invented import NAMESPACE, Invented, invented
from assets.sandbox.ownership import holders, unlocks
from assets.sandbox.permissions import contract
from assets.sandbox.shares import capital, ownership, readings, venue
from assets.sandbox.statements import fundamentals
from assets.sandbox.trading import candles, market, pools, supply, trades
from assets.sourcing import rows
from assets.sourcing.contract import (
    DamagedError,
    HttpClient,
    MisconfiguredError,
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
)
from assets.sourcing.messages import message

DEFAULT_SIZE: Final = 600
LARGEST_SIZE: Final = 1_000_000
A_PAGE: Final = 100
CANDLES_A_PAGE: Final = 20
A_LARGE_PAGE: Final = 1_000
LARGE_FROM: Final = 20_000
"""From this size on the families of a row or three an asset come in larger pages: fewer calls to book."""

LIGHT: Final = frozenset({families.LISTING, families.MARKET})

RowGenerator = Callable[[Invented, datetime], Iterator[rows.Row]]


def listing(asset: Invented, now: datetime) -> Iterator[rows.ListingRow]:
    yield rows.ListingRow(asset=asset.ref, as_of=now)


GENERATORS: Final[dict[str, tuple[tuple[type[rows.Row], RowGenerator], ...]]] = {
    families.LISTING: ((rows.ListingRow, listing),),
    families.MARKET: ((rows.MarketRow, market), (rows.SupplyRow, supply)),
    families.POOLS: ((rows.PoolRow, pools),),
    families.BOOKS: ((rows.BookRow, books),),
    families.CANDLES: ((rows.CandleRow, candles),),
    families.TRADES: ((rows.TradeRow, trades),),
    families.HOLDERS: ((rows.HolderRow, holders),),
    families.CONTRACT: ((rows.ContractRow, contract),),
    families.UNLOCKS: ((rows.UnlockRow, unlocks),),
    families.USAGE: ((rows.UsageRow, usage),),
    families.DISCLOSURE: ((rows.DisclosureRow, disclosure),),
    families.FUNDAMENTALS: ((rows.FundamentalsRow, fundamentals),),
    families.FILINGS: ((rows.FilingRow, filings), (rows.DocumentRow, documents)),
    families.CAPITAL: ((rows.CapitalRow, capital), (rows.CapitalReadingRow, readings)),
    families.EVENTS: ((rows.FilingEventRow, filing_events),),
    families.OWNERSHIP: ((rows.OwnershipRow, ownership),),
    families.VENUE: ((rows.VenueRow, venue),),
}
"""By family the kinds of rows that its payload holds, and what invents them."""


class Sandbox(Provider):
    name = "sandbox"
    title = "Sandbox"
    website = "https://example.org"
    attribution = message("Invented by Assay")
    default_url = "sandbox:"
    rate = Rate(calls=1_000, per_s=1)
    also_provides = (families.SUPPLY,)
    families = tuple(GENERATORS)
    namespaces = (NAMESPACE,)
    known_by = message("number in the sandbox")

    def known(self, family: str, identifiers: tuple[rows.Identifier, ...]) -> tuple[rows.Identifier, ...]:
        own = super().known(family, identifiers)
        return own if all(_index(value).isdecimal() for _namespace, value in own) else ()

    def _requests(self, need: Need, known: tuple[rows.Identifier, ...]) -> tuple[Request, ...]:
        if need.identifiers is not None:
            indexes = [int(_index(value)) for _namespace, value in known]
            return tuple(_page(need.family, index, index + 1) for index in indexes)
        size = sandbox_size()
        last = size if need.limit is None else min(size, need.limit)
        step = _assets_a_page(need.family, last)
        return tuple(_page(need.family, start, min(start + step, last)) for start in range(0, last, step))

    def fetch(self, request: Request, _door: HttpClient, now: datetime | None = None) -> RawObservation:
        """Invent the page for this moment. What is stale in the sandbox is dated to an earlier one."""
        moment = now or datetime.now(UTC)
        first, last = int(request.params["from"]), int(request.params["to"])
        present = [
            asset for asset in map(invented, range(first, last)) if request.family in asset.archetype.families
        ]
        page: dict[str, Any] = {
            kind.__name__: list(
                chain.from_iterable(
                    generate(asset, moment - timedelta(days=asset.archetype.stale_days)) for asset in present
                )
            )
            for kind, generate in GENERATORS[request.family]
        }
        return RawObservation(
            provider=self.name,
            request=request,
            status_code=200,
            body=_page_of(request.family).model_construct(**page).model_dump_json().encode(),
            fetched_at=moment,
        )

    def parse(self, raw: RawObservation) -> Parsed:
        try:
            page = _page_of(raw.request.family).model_validate_json(raw.body)
        except ValidationError as error:
            raise DamagedError("The sandbox sent something other than a page of its market.") from error
        return Parsed(rows=tuple(chain.from_iterable(rows for _kind, rows in page)))


def sandbox_size() -> int:
    """How many assets the market has; `MisconfiguredError` when the setting makes no sense."""
    text = os.environ.get("ASSAY_SANDBOX_ASSETS", "").strip() or str(DEFAULT_SIZE)
    if not (text.isascii() and text.isdecimal() and int(text[:9]) <= LARGEST_SIZE):
        raise MisconfiguredError(
            "ASSAY_SANDBOX_ASSETS is %(text)s; write a whole number from 0 to %(most)s.",
            text=repr(text),
            most=LARGEST_SIZE,
        )
    return int(text)


@cache
def _page_of(family: str) -> type[BaseModel]:
    """A page of this family: by kind of row a list of them."""
    fields: dict[str, Any] = {kind.__name__: (list[kind], ...) for kind, _generate in GENERATORS[family]}  # type: ignore[valid-type]
    return create_model(f"{family.title()}Page", **fields)


def _assets_a_page(family: str, size: int) -> int:
    if family == families.CANDLES:
        return CANDLES_A_PAGE
    return A_LARGE_PAGE if family in LIGHT and size >= LARGE_FROM else A_PAGE


def _page(family: str, first: int, last: int) -> Request:
    return Request(family=family, path="/market", params={"from": str(first), "to": str(last)})


def _index(value: str) -> str:
    return value.removeprefix("asset-")
