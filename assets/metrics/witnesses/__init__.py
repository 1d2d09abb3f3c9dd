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

from assets.metrics.witnesses.caps import reported_cap
from assets.metrics.witnesses.witness import Witness, phrase

WITNESSES: Final[tuple[Witness, ...]] = (
    Witness(
        id="reported_cap",
        reason=phrase("Price × supply gives {value}; the provider's own figure is {against}."),
        contradicts=reported_cap,
    ),
)
"""In the order in which their reasons are shown."""
