"""The kinds of sheet that an analyst may import, and their columns."""

from collections.abc import Mapping
from typing import Final

from assets.metrics import families
from assets.metrics.holders import HOLDER_TYPES
from assets.metrics.unlocks import UNLOCK_CATEGORIES
from assets.sheets import cells
from assets.sheets.figures import FUNDAMENTALS
from assets.sheets.schema import (
    ADDRESS,
    CHAIN,
    CIK,
    COINGECKO,
    IDENTITY,
    SheetColumn,
    SheetSchema,
    as_of,
    phrase,
)
from assets.sheets.venues import VENUES

SHAPES: Final = ("cliff", "step", "linear")

# The sheets ---------------------------------------------------------------------------

ASSETS: Final = SheetSchema(
    kind="assets",
    title=phrase("Assets"),
    help=phrase("New assets, and further identifiers of known ones. No other sheet makes assets."),
    family=families.LISTING,
    columns=(
        SheetColumn(
            name="asset",
            read=cells.slug,
            help=phrase("Our short name, only for an asset that is known already."),
        ),
        SheetColumn(name="chain", read=cells.chain, help=CHAIN.help, example="ethereum"),
        SheetColumn(
            name="address",
            read=cells.address,
            help=ADDRESS.help,
            example="0x00000000000000000000000000000000000000a1",
        ),
        CIK,
        COINGECKO,
        SheetColumn(
            name="exchanges",
            read=cells.exchange_codes,
            help=phrase("Its codes at exchanges whose order books are wanted, or pairs there."),
            example="gate:EXT, kucoin:EXT/USDC",
        ),
        SheetColumn(
            name="kind",
            read=cells.choice(*families.KINDS),
            options=families.KINDS,
            help=phrase("What it is."),
            example="token",
            required=True,
        ),
        SheetColumn(
            name="name",
            read=cells.text(200),
            help=phrase("Its name."),
            example="Example Token",
            required=True,
        ),
        SheetColumn(name="symbol", read=cells.text(64), help=phrase("Its ticker."), example="EXT"),
        SheetColumn(name="sector", read=cells.text(64), help=phrase("Its sector."), example="DeFi"),
        SheetColumn(name="venue", read=cells.text(64), help=phrase("Where it is traded."), example="Uniswap"),
        SheetColumn(
            name="homepage", read=cells.url, help=phrase("Its own website."), example="https://example.org"
        ),
    ),
)

PRICES: Final = SheetSchema(
    kind="prices",
    title=phrase("Daily prices"),
    help=phrase("One row a day, in US dollars: open, high, low and close, or the close alone."),
    family=families.CANDLES,
    columns=(
        *IDENTITY,
        SheetColumn(
            name="date",
            read=cells.day,
            help=phrase("The day (UTC), like 2026-03-01."),
            past=True,
            example="2026-02-28",
            required=True,
        ),
        SheetColumn(
            name="open_usd", read=cells.positive, help=phrase("First price of the day."), example="0.50"
        ),
        SheetColumn(name="high_usd", read=cells.positive, help=phrase("Highest price."), example="0.55"),
        SheetColumn(name="low_usd", read=cells.positive, help=phrase("Lowest price."), example="0.48"),
        SheetColumn(
            name="close_usd",
            read=cells.positive,
            help=phrase("Last price of the day."),
            example="0.52",
            required=True,
        ),
        SheetColumn(
            name="volume_usd",
            read=cells.amount,
            help=phrase("What was traded that day, in US dollars."),
            example="1250000",
        ),
    ),
)

SUPPLY: Final = SheetSchema(
    kind="supply",
    title=phrase("Supply"),
    help=phrase("Units of a token, or shares of a company, that circulate and exist. At least one figure."),
    family=families.SUPPLY,
    columns=(
        *IDENTITY,
        as_of(required=True),
        SheetColumn(
            name="circulating", read=cells.amount, help=phrase("Units in circulation."), example="50000000"
        ),
        SheetColumn(name="total", read=cells.amount, help=phrase("Units that exist."), example="70000000"),
        SheetColumn(
            name="maximum",
            read=cells.amount,
            help=phrase("Units that can ever exist; empty when not known or not limited."),
            example="100000000",
        ),
        SheetColumn(
            name="uncapped", read=cells.flag, help=phrase("yes when there is no maximum."), example="no"
        ),
    ),
)

HOLDERS: Final = SheetSchema(
    kind="holders",
    title=phrase("Holders"),
    help=phrase(
        "One row a holder. The rows of an asset and date are one list and land together or not at all."
    ),
    family=families.HOLDERS,
    lists=True,
    columns=(
        *IDENTITY,
        as_of(required=True),
        SheetColumn(
            name="holder_address",
            read=cells.account,
            help=phrase("The holder's address; this or a label."),
            example="0x00000000000000000000000000000000000000b2",
        ),
        SheetColumn(
            name="holder_label",
            read=cells.text(160),
            help=phrase("Who it is; this or an address."),
            example="Team multisig",
        ),
        SheetColumn(
            name="holder_type",
            read=cells.choice(*HOLDER_TYPES),
            options=HOLDER_TYPES,
            help=phrase("What kind of holder it is."),
            example="insider",
            required=True,
        ),
        SheetColumn(
            name="share",
            read=cells.share,
            help=phrase("Share of total supply, as 12.5% or 0.125."),
            example="12.5%",
            required=True,
        ),
        SheetColumn(name="balance", read=cells.amount, help=phrase("Units held."), example="6250000"),
    ),
)

UNLOCKS: Final = SheetSchema(
    kind="unlocks",
    title=phrase("Unlocks"),
    help=phrase(
        "One row a release. The rows of an asset are its whole schedule and take the place of the one before."
    ),
    family=families.UNLOCKS,
    lists=True,
    columns=(
        *IDENTITY,
        as_of(required=False),
        SheetColumn(
            name="date",
            read=cells.day,
            help=phrase("When it unlocks or begins to, like 2026-06-01."),
            example="2026-06-01",
            required=True,
        ),
        SheetColumn(
            name="ends_on",
            read=cells.day,
            help=phrase("When a linear release ends; empty for one that comes at once."),
        ),
        SheetColumn(
            name="amount",
            read=cells.positive,
            help=phrase("Units that unlock."),
            example="20000000",
            required=True,
        ),
        SheetColumn(
            name="category",
            read=cells.choice(*UNLOCK_CATEGORIES),
            options=UNLOCK_CATEGORIES,
            help=phrase("Who receives them."),
            example="team",
            required=True,
        ),
        SheetColumn(
            name="shape",
            read=cells.choice(*SHAPES),
            options=SHAPES,
            help=phrase("How it unlocks; empty is linear with an end and cliff without."),
            example="cliff",
        ),
        SheetColumn(
            name="source_url",
            read=cells.url,
            help=phrase("Where the schedule is published."),
            example="https://example.org/vesting",
        ),
    ),
)

AUDITS: Final = SheetSchema(
    kind="audits",
    title=phrase("Audits"),
    help=phrase(
        "One row an audit. The rows of an asset are all its audits and take the place of those before."
    ),
    family=families.DISCLOSURE,
    lists=True,
    columns=(
        *IDENTITY,
        as_of(required=False),
        SheetColumn(
            name="firm",
            read=cells.text(160),
            help=phrase("Who audited."),
            example="Example Security",
            required=True,
        ),
        SheetColumn(
            name="date", read=cells.day, help=phrase("Date of the report."), example="2025-11-10", past=True
        ),
        SheetColumn(
            name="scope",
            read=cells.text(4_000),
            help=phrase("What was examined."),
            example="Token and vesting contracts",
        ),
        SheetColumn(
            name="conclusion",
            read=cells.text(4_000),
            help=phrase("What the report concludes."),
            example="No critical findings; two medium ones fixed",
        ),
        SheetColumn(
            name="limitations",
            read=cells.text(4_000),
            help=phrase("What it leaves out or does not vouch for."),
            example="The bridge was not in scope",
        ),
        SheetColumn(
            name="matches",
            read=cells.flag,
            help=phrase("yes when the audited code is what is deployed, no when not; empty when not known."),
            example="yes",
        ),
        SheetColumn(
            name="report_url",
            read=cells.url,
            help=phrase("Where the report is."),
            example="https://example.org/audit.pdf",
        ),
    ),
)

SHEETS: Final[Mapping[str, SheetSchema]] = {
    each.kind: each for each in (ASSETS, PRICES, SUPPLY, HOLDERS, UNLOCKS, FUNDAMENTALS, VENUES, AUDITS)
}
"""By kind, in the order in which they are offered."""
