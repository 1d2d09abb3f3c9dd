"""Witnesses: checks of an asset's figures against each other. What one contradicts is *questioned*.

A questioned figure is not known to criteria, columns, filters, tiers and exports; pages show both values
and the reason. To add a witness:

1. A function in the file of its subject here, from `Facts` to `Doubt`s: the frame of facts, the field, the
   places of the rows in that frame, and what the witness says instead. It works on whole columns and looks
   at facts as they were resolved; what is not known contradicts nothing. `Doubt.of_assets` is for frames
   with one row an asset, `Doubt.of_measure` for a product of facts that are sound by themselves: that
   measure has to pass through `Facts.unless_questioned` where it is worked out.
2. A `Witness` in `WITNESSES` with its id (scorecards keep it) and its reason, in which `{value}` and
   `{against}` stand for both figures.
3. A mirrored test: both sides of the limit, and a missing witness questions nothing.
"""

from typing import Final

from assets.metrics.witnesses.bars import lone_bar, lone_wick
from assets.metrics.witnesses.books import foreign_book
from assets.metrics.witnesses.caps import reported_cap
from assets.metrics.witnesses.earnings import above_fees
from assets.metrics.witnesses.floats import other_scale_of_float
from assets.metrics.witnesses.holdings import fewer_than_listed, more_than_supply
from assets.metrics.witnesses.nodes import other_node
from assets.metrics.witnesses.owners import beside_the_float, more_than_the_company
from assets.metrics.witnesses.quotes import market_price, venue_price
from assets.metrics.witnesses.recasts import other_basis, other_company
from assets.metrics.witnesses.reports import above_its_total, other_scale, other_scale_of_revenue, rescaled
from assets.metrics.witnesses.shares import cover_count, placeholder, units_of_cover
from assets.metrics.witnesses.supplies import above_the_whole, more_than_exists, other_unit, year_ago
from assets.metrics.witnesses.trading import turned_over
from assets.metrics.witnesses.unlocking import beyond_locked, beyond_supply
from assets.metrics.witnesses.withdrawn import withdrawn
from assets.metrics.witnesses.witness import Witness, phrase

WITNESSES: Final[tuple[Witness, ...]] = (
    Witness(
        id="foreign_book",
        reason=phrase(
            "A price of {value} is far from the asset's of {against}: the book is another coin's of the "
            "same code and is not used."
        ),
        contradicts=foreign_book,
        of=("books",),
    ),
    Witness(
        id="reported_cap",
        reason=phrase("Price × supply gives {value}; the provider's own figure is {against}."),
        contradicts=reported_cap,
        of=("market", "supply"),
    ),
    Witness(
        id="market_price",
        reason=phrase("{value} is contradicted by books, pools and the last close, all near {against}."),
        contradicts=market_price,
        of=("market",),
    ),
    Witness(
        id="venue_price",
        reason=phrase("{value} is of a venue whose price is far from the market's."),
        contradicts=venue_price,
        of=("market",),
    ),
    Witness(
        id="turned_over",
        reason=phrase("{value} in a day; a hundred times all units there are would be {against}."),
        contradicts=turned_over,
        of=("market",),
    ),
    Witness(
        id="above_fees",
        reason=phrase("Revenue of {value} is more than twice the fees of {against} that it is a part of."),
        contradicts=above_fees,
    ),
    Witness(
        id="cover_count",
        reason=phrase(
            "{value} is contradicted by the balance sheet, earlier covers or the vendor's market cap, "
            "which say {against}."
        ),
        contradicts=cover_count,
        of=("supply",),
    ),
    Witness(
        id="units_of_cover",
        reason=phrase(
            "{value} is of a report filed within a month after a split and may have been counted before it; "
            "in shares of after it that would be {against}."
        ),
        contradicts=units_of_cover,
        of=("supply", "fundamentals", "capital"),
    ),
    Witness(
        id="placeholder",
        reason=phrase("{value} is a placeholder and no number of shares."),
        contradicts=placeholder,
        yields=False,
    ),
    Witness(
        id="more_than_exists",
        reason=phrase("{value} contradicts the other supply figures, by which it is {against} at most."),
        contradicts=more_than_exists,
        of=("supply",),
        yields=False,
    ),
    Witness(
        id="other_unit",
        reason=phrase("{value} is over a million times what circulates ({against}): it is of another unit."),
        contradicts=other_unit,
    ),
    Witness(
        id="year_ago",
        reason=phrase("{value} a year ago and {against} today are of different units."),
        contradicts=year_ago,
    ),
    Witness(
        id="other_node",
        reason=phrase("One node of its chain has {value}, another one {against}."),
        contradicts=other_node,
    ),
    Witness(
        id="above_the_whole",
        reason=phrase("{value} is more than the whole."),
        contradicts=above_the_whole,
        yields=False,
    ),
    Witness(
        id="beyond_supply",
        reason=phrase("The schedule unlocks {value} units; there can only ever be {against}."),
        contradicts=beyond_supply,
        of=("unlocks",),
        yields=False,
    ),
    Witness(
        id="beyond_locked",
        reason=phrase("{value} contradicts what circulates, by which it is {against} at most."),
        contradicts=beyond_locked,
        of=("unlocks",),
    ),
    Witness(
        id="lone_wick",
        reason=phrase(
            "{value} is a price of one bar alone; the bars around it, or of other markets, have {against}."
        ),
        contradicts=lone_wick,
        of=("candles",),
    ),
    Witness(
        id="lone_bar",
        reason=phrase("{value} stands in one bar alone, between or beside bars of about {against}."),
        contradicts=lone_bar,
        of=("candles",),
    ),
    Witness(
        id="more_than_supply",
        reason=phrase("The listed holders have {value} together, more than the supply."),
        contradicts=more_than_supply,
        of=("positions",),
        yields=False,
    ),
    Witness(
        id="fewer_than_listed",
        reason=phrase("{value} holders are counted, and {against} are listed."),
        contradicts=fewer_than_listed,
        of=("positions",),
    ),
    Witness(
        id="more_than_the_company",
        reason=phrase(
            "By their reports, line by line below, its owners hold {value} together, more than all of it."
        ),
        contradicts=more_than_the_company,
        of=("ownership",),
        yields=False,
    ),
    Witness(
        id="beside_the_float",
        reason=phrase("{value}, where the other of insiders' share and free float leaves {against}."),
        contradicts=beside_the_float,
        of=("fundamentals",),
    ),
    Witness(
        id="other_scale_of_float",
        reason=phrase(
            "{value} is on another scale than {against}, by the market cap, the cover's text, the float of a "
            "year before or the equity: some covers state thousands as dollars."
        ),
        contradicts=other_scale_of_float,
        of=("fundamentals",),
    ),
    Witness(
        id="other_scale",
        reason=phrase(
            "{value} is of another scale than {against} of the report a year apart, on most lines alike."
        ),
        contradicts=other_scale,
        of=("fundamentals", "fundamentals_year_ago"),
    ),
    Witness(
        id="other_scale_of_revenue",
        reason=phrase("{value} and {against} of a year apart are of different scales."),
        contradicts=other_scale_of_revenue,
    ),
    Witness(
        id="rescaled",
        reason=phrase(
            "The report says {against}. It is of another scale than the reports around it, which repeat its "
            "lines; by these {value} is meant."
        ),
        contradicts=rescaled,
        of=("fundamentals",),
    ),
    Witness(
        id="above_its_total",
        reason=phrase("{value} contradicts {against} of the same report: no part is more than the whole."),
        contradicts=above_its_total,
    ),
    Witness(
        id="other_company",
        reason=phrase(
            "Another company has taken this one's place since (8-K, item 5.06, or 2.01 with 5.01); "
            "{value} is of the one before."
        ),
        contradicts=other_company,
    ),
    Witness(
        id="other_basis",
        reason=phrase(
            "{value} of a year ago is of another basis: later reports restate that year, as after a "
            "merger, the sale of a business or a restatement."
        ),
        contradicts=other_basis,
    ),
    Witness(
        id="withdrawn",
        reason=phrase(
            "The company says not to rely on its reports (8-K, item 4.02) and has not amended them; "
            "they say {value}."
        ),
        contradicts=withdrawn,
    ),
)
"""In the order in which their reasons are shown."""
