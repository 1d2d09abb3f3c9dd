"""Pasted text: lists of symbols, addresses and CIKs, or a CSV of them, as references one by one. Pure.

Nothing that was pasted is left out in silence: what names no asset is a line with its problem.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import StringIO
from typing import Final

from assets.identity.chains import known_chain
from assets.identity.references import AssetReference, read_reference
from assets.sheets.delimited import DELIMITERS
from assets.sheets.identity import SLUG
from assets.sheets.tables import column_name
from assets.sourcing.messages import message

MOST_CHARACTERS: Final = 40_000
MOST_LINES: Final = 500
LONGEST_NOTE: Final = 20_000

BULLET: Final = re.compile(r"^\s*(?:[-*–—•·]|\d{1,3}[.)])\s+")
BETWEEN: Final = re.compile(r"[,;\t|]+")

NAMES: Final[dict[str, frozenset[str]]] = {
    "slug": frozenset({"slug", "asset"}),
    "address": frozenset(
        (
            *("address", "contract", "contract_address", "token_address", "mint", "mint_address", "ca"),
            "token_contract",
        )
    ),
    "chain": frozenset(["chain", "network", "blockchain", "platform"]),
    "cik": frozenset({"cik", "cik_number"}),
    "symbol": frozenset(["symbol", "ticker", "tickers", "symbols", "coin", "token", "code", "stock"]),
    "exchange": frozenset(["exchange", "venue", "market", "listing"]),
    "name": frozenset(["name", "asset_name", "company", "company_name", "token_name", "coin_name"]),
    "target": frozenset(["target", "target_price", "price_target", "target_usd", "take_profit", "tp"]),
    "stop": frozenset(["stop", "stop_loss", "stop_price", "stop_usd", "sl"]),
    "note": frozenset(["note", "notes", "comment", "comments", "remark", "remarks", "thesis"]),
}
"""By what a column holds the names that people give it."""

MEANING: Final = {name: meaning for meaning, names in NAMES.items() for name in names}
IDENTIFYING: Final = frozenset({"slug", "address", "cik", "symbol", "name"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedLine:
    """One thing that was pasted: its line, what it names, and what stands beside it in a CSV."""

    number: int
    reference: AssetReference
    target: str = ""
    stop: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        return self.reference.text


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedText:
    """The lines of a text; with a `problem`, which says what to do, there are none.

    `decimal_comma` is None where the file does not say how its numbers are written.
    """

    lines: tuple[PastedLine, ...] = ()
    is_csv: bool = False
    decimal_comma: bool | None = None
    problem: str = ""


def read_pasted(text: str) -> PastedText:
    """Read what was pasted; never raises."""
    if len(text) > MOST_CHARACTERS:
        return PastedText(
            problem=message(
                "The text has %(count)s characters and may have %(most)s. Paste it in parts.",
                count=f"{len(text):,}",
                most=f"{MOST_CHARACTERS:,}",
            )
        )
    text = _plain(text)
    header = _header(text)
    if header is None:
        lines: list[PastedLine] = list(_listed(text))
    else:
        lines = list(_rows(text, *header))
    if len(lines) > MOST_LINES:
        return PastedText(
            problem=message(
                "The text names %(count)s assets and may name %(most)s. Paste it in parts.",
                count=f"{len(lines):,}",
                most=f"{MOST_LINES:,}",
            )
        )
    is_comma = header is not None and header[0] == ","
    return PastedText(
        lines=tuple(lines), is_csv=header is not None, decimal_comma=False if is_comma else None
    )


def _plain(text: str) -> str:
    """Line ends of every system as one, without characters that can't be seen."""
    joined = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\xa0", " ")
    return "".join(each for each in joined if each in "\n\t" or unicodedata.category(each)[0] != "C")


# Lists ------------------------------------------------------------------------------


def _listed(text: str) -> Iterator[PastedLine]:
    for number, line in enumerate(text.split("\n"), start=1):
        for piece in BETWEEN.split(BULLET.sub("", line)):
            if piece.strip():
                for reference in _references(piece):
                    yield PastedLine(number=number, reference=reference)


def _references(piece: str) -> Iterator[AssetReference]:
    """One, or of words with an address among them each by itself."""
    whole = read_reference(piece)
    words = piece.split()
    if len(words) > 1 and not whole.is_certain:
        each = [read_reference(word) for word in words]
        if any(one.is_certain for one in each) or (whole.problem and not any(one.problem for one in each)):
            yield from each
            return
    yield whole


def by_words(line: PastedLine) -> tuple[PastedLine, ...]:
    """The words of a line each by itself, for a line that is the name of nothing as a whole."""
    return tuple(replace(line, reference=read_reference(word)) for word in line.reference.words)


# CSV --------------------------------------------------------------------------------


def _header(text: str) -> tuple[str, list[str], int] | None:
    """Delimiter, meanings of the columns and the number of the line that names them; None for a list."""
    lines = text.split("\n")
    number = next((number for number, line in enumerate(lines, start=1) if line.strip()), 0)
    if not number or not any(line.strip() for line in lines[number:]):
        return None
    best: tuple[str, list[str], int] | None = None
    for delimiter in DELIMITERS:
        cells = next(csv.reader([lines[number - 1]], delimiter=delimiter), [])
        meanings = [MEANING.get(column_name(cell), "") for cell in cells]
        known = [each for each in meanings if each]
        is_header = bool(IDENTIFYING & {*known}) and len(known) == len({*known}) and len(cells) < 80
        if is_header and (best is None or len(known) > len([each for each in best[1] if each])):
            best = (delimiter, meanings, number)
    return best


def _rows(text: str, delimiter: str, meanings: list[str], header_line: int) -> Iterator[PastedLine]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        if reader.line_num <= header_line:
            continue
        row = {
            meaning: cell.strip()
            for meaning, cell in zip(meanings, cells, strict=False)
            if meaning and cell.strip()
        }
        if not row and not any(cell.strip() for cell in cells):
            continue
        yield PastedLine(
            number=reader.line_num,
            reference=_row_reference(row, delimiter.join(cells)),
            target=row.get("target", ""),
            stop=row.get("stop", ""),
            note=row.get("note", "")[:LONGEST_NOTE],
        )


def _row_reference(row: dict[str, str], line: str) -> AssetReference:
    """By what is most certain: our own name of it, an address, a CIK, a symbol, a name."""
    if slug := row.get("slug"):
        return AssetReference(text=row.get("name", slug)[:100], identifiers=((SLUG, slug[:120]),))
    if address := row.get("address"):
        chain = row.get("chain", "")
        return read_reference(f"{chain}:{address}" if known_chain(chain) else address)
    if cik := row.get("cik"):
        return replace(read_reference(f"CIK {cik}"), text=cik[:100])
    if symbol := row.get("symbol"):
        placed = read_reference(f"{row['exchange']}:{symbol}") if row.get("exchange") else None
        found = placed if placed and not placed.problem else read_reference(symbol)
        chain = known_chain(row.get("chain", ""))
        return replace(found, text=symbol[:100], words=(), chain=found.chain or chain)
    if name := row.get("name"):
        return replace(read_reference(name), words=())
    return AssetReference(text=line[:100], problem=message("names no asset"))
