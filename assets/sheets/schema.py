"""Schema of a sheet: its columns, and those that every sheet has.

Every sheet names its assets by columns of identity: our own short name, a contract, a CIK or a
CoinGecko id. The symbol is none of them: dozens of assets share one.
"""

from dataclasses import dataclass
from typing import Final

from assets.sheets import cells
from assets.sheets.cells import Reader
from assets.sheets.tables import Wanted


def phrase(text: str) -> str:
    """Mark a text for the catalogue; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """`example` is as it would be typed; `help` is one line, translated where it is shown.

    A date that is `past` can't lie after the import.
    """

    name: str
    read: Reader
    help: str
    example: str = ""
    options: tuple[str, ...] = ()
    required: bool = False
    past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSchema:
    """`family` is that of the run that imports it; `lists` says that an asset's rows make one whole."""

    kind: str
    title: str
    help: str
    family: str
    columns: tuple[SheetColumn, ...]
    lists: bool = False

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.columns if each.required)

    def wanted(self, tab: str = "") -> Wanted:
        """What its header can have and must have, for whoever looks for it in a file."""
        return Wanted(columns=tuple(self.by_name), required=self.required, tab=tab)

    @property
    def by_name(self) -> dict[str, SheetColumn]:
        return {each.name: each for each in self.columns}


# Identity -----------------------------------------------------------------------------

ASSET: Final = SheetColumn(
    name="asset",
    read=cells.slug,
    help=phrase("Our short name of the asset, as in the address of its page. Or fill the next columns."),
    example="worked-example",
)
CHAIN: Final = SheetColumn(name="chain", read=cells.chain, help=phrase("The chain of the contract address."))
ADDRESS: Final = SheetColumn(
    name="address", read=cells.address, help=phrase("The contract address of the token.")
)
CIK: Final = SheetColumn(name="cik", read=cells.cik, help=phrase("The number of the company at the SEC."))
COINGECKO: Final = SheetColumn(
    name="coingecko", read=cells.coingecko, help=phrase("The coin's id at CoinGecko.")
)
IDENTITY: Final = (ASSET, CHAIN, ADDRESS, CIK, COINGECKO)


def as_of(*, required: bool) -> SheetColumn:
    text = (
        phrase("The date for which this was true, like 2026-03-01.")
        if required
        else phrase("The date for which this was true, like 2026-03-01; empty means the day of the import.")
    )
    return SheetColumn(
        name="as_of", read=cells.day, help=text, example="2026-02-28", required=required, past=True
    )
