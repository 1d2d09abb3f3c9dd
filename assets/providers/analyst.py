"""Analyst sheets: facts that a person has looked up and imported as a sheet of CSV or XLSX.

Nobody is asked and there is no network: a sheet comes in by `assets.services.importing`, is kept
word for word like any answer, and is read by `parse` with what its request's context holds: the
kind of sheet, its format, who vouches for it, the evidence, and the assets that were known to it.
"""

from typing import Final

from assets.metrics.families import MARKET
from assets.sheets.columns import SHEETS
from assets.sheets.conventions import Choices
from assets.sheets.identity import from_text
from assets.sheets.parsing import parsed_sheet
from assets.sheets.rulings import RULING, read_ruling
from assets.sheets.tables import read_table
from assets.sourcing.contract import (
    HttpClient,
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnreadableError,
    UnsupportedError,
)
from assets.sourcing.messages import message
from assets.sourcing.rows import Identifier

NOT_ASKED: Final = message("An analyst can't be asked. Import a file on the Data page.")


class Analyst(Provider):
    name = "analyst"
    title = "Analyst"
    website = "https://example.org"
    attribution = message("Imported by the staff of this server")
    default_url = "analyst:"
    rate = Rate(calls=1_000, per_s=1)
    families = tuple(sheet.family for sheet in SHEETS.values())
    also_provides = (MARKET,)
    in_parts = True
    namespaces = ()

    def known(self, family: str, identifiers: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
        return identifiers

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        raise UnsupportedError(NOT_ASKED)

    def fetch(self, request: Request, client: HttpClient) -> RawObservation:
        raise UnsupportedError(NOT_ASKED)

    def parse(self, raw: RawObservation) -> Parsed:
        context = raw.request.context
        if context.get("sheet") == RULING:
            known = from_text(context.get("assets", ""))
            asset = next(iter(known.values()), None)
            if asset is None:
                raise UnreadableError("The ruling names no asset.")
            return read_ruling(raw.body, family=raw.request.family, asset=asset)
        sheet = SHEETS.get(context.get("sheet", ""))
        if sheet is None:
            raise UnreadableError("There is no such sheet; there are: %(sheets)s.", sheets=", ".join(SHEETS))
        wanted = sheet.wanted(Choices.of(context).tab)
        table = read_table(raw.body, context.get("format", ""), wanted)
        return parsed_sheet(table, sheet, context=context, at=raw.fetched_at)
