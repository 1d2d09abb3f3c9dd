"""The sheet of venues: where a share is traded, and what those who watch over it warn of."""

from typing import Final

from assets.metrics import families
from assets.metrics.venues import FINANCIAL_STATUSES, TIERS, WARNINGS
from assets.sheets import cells
from assets.sheets.schema import IDENTITY, SheetColumn, SheetSchema, as_of, phrase

FLAGS: Final = (*WARNINGS, "threshold_list")
"""Named like the fields of `VenueRow`."""

VENUES: Final = SheetSchema(
    kind="venues",
    title=phrase("Venues and warnings"),
    help=phrase(
        "Where a share is traded, and who warns of it. An empty cell means not known; "
        "write no where there is none."
    ),
    family=families.VENUE,
    columns=(
        *IDENTITY,
        as_of(required=True),
        SheetColumn(
            name="venue",
            read=cells.text(64),
            help=phrase("Where it is traded."),
            example="OTCQB",
            required=True,
        ),
        SheetColumn(
            name="tier",
            read=cells.choice(*TIERS),
            options=TIERS,
            help=phrase("The tier of that venue; empty when not known."),
            example="otcqb",
        ),
        SheetColumn(
            name="suspended_24m",
            read=cells.flag,
            help=phrase("yes when the SEC suspended trading in it within 24 months."),
            example="no",
        ),
        SheetColumn(
            name="enforcement_24m",
            read=cells.flag,
            help=phrase("yes when there was an enforcement release about its accounts (AAER) in 24 months."),
            example="no",
        ),
        SheetColumn(
            name="paid_promotion",
            read=cells.flag,
            help=phrase("yes when its promotion is or was paid for."),
            example="yes",
        ),
        SheetColumn(
            name="threshold_list",
            read=cells.flag,
            help=phrase("yes when it stands on the Regulation SHO threshold list."),
            example="no",
        ),
        SheetColumn(
            name="financial_status",
            read=cells.choice(*FINANCIAL_STATUSES),
            options=FINANCIAL_STATUSES,
            help=phrase("What the exchange says of the issuer; empty when not known."),
            example="normal",
        ),
        SheetColumn(
            name="halt_code",
            read=cells.text(16),
            help=phrase("The exchange's code of a trading halt in force; none where its list has none."),
            example="none",
        ),
        SheetColumn(name="halted_at", read=cells.day, help=phrase("The day since which it is halted.")),
        SheetColumn(
            name="short_interest_shares",
            read=cells.amount,
            help=phrase("Shares sold short and not covered."),
            example="120000",
        ),
        SheetColumn(
            name="short_interest_on",
            read=cells.day,
            help=phrase("The settlement day of the short interest."),
            example="2026-01-15",
        ),
        SheetColumn(
            name="average_volume_shares",
            read=cells.amount,
            help=phrase("Shares traded a day on average in the half month before."),
            example="85000",
        ),
        SheetColumn(
            name="source_url",
            read=cells.url,
            help=phrase("Where the warning is published, needed for each yes; it is kept with the file."),
            example="https://example.org/promotion",
        ),
    ),
)
