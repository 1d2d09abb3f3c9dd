"""Conventions of a sheet: how it writes numbers, dates and shares, judged by column, then over the file.

A column whose cells prove nothing goes by the other columns of the file, which one program has written. What
nothing proves is a question for whoever imports the file (`Choices`); until it is answered, the cells that
could mean two things are left out with both meanings, and all others count.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Final

from assets.sheets import cells, dates, numbers
from assets.sheets.cells import ABSENT, ABSENT_NUMBER, Cell, CellError
from assets.sheets.schema import SheetColumn, SheetSchema
from assets.sheets.tables import SheetTable
from assets.sheets.units import NO_UNIT, HeaderUnit

FRACTION: Final = "fraction"
PERCENT: Final = "percent"
SHARES: Final = (FRACTION, PERCENT)

Proofs = set[tuple[str, str]]
"""For which mark between their parts (dates only) which convention is proven."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a person has said about a file; "" leaves it to the file. `tab` is the sheet of a workbook."""

    decimal_mark: str = ""
    date_order: str = ""
    share_form: str = ""
    amounts_in: str = ""
    tab: str = ""

    @classmethod
    def of(cls, context: Mapping[str, str]) -> "Choices":
        return cls(**{name: context.get(name, "") for name in CHOICE_NAMES})

    @property
    def said(self) -> dict[str, str]:
        """What was said, for the context of the import."""
        return {name: value for name in CHOICE_NAMES if (value := getattr(self, name))}


CHOICE_NAMES: Final = tuple(Choices.__dataclass_fields__)
UNSAID: Final = Choices()
AMOUNTS: Final = ("1", "1000", "1000000")
"""What `amounts_in` can be: dollars, thousands, millions."""


@dataclass(frozen=True, slots=True)
class ColumnStyle:
    """How the cells of one column are written; a function makes plain ones of them."""

    written_out: Callable[[Cell], Cell]
    question: str = ""
    """Which of `CHOICE_NAMES` it waits for; "" where nothing is open."""
    says: str = ""
    """The convention that was read from it, where there was a choice."""


@dataclass(frozen=True, slots=True)
class Conventions:
    """By column how it is written; what is not named is taken as it stands."""

    columns: Mapping[str, ColumnStyle] = field(default_factory=dict)

    def plain(self, column: str, cell: Cell) -> Cell:
        """The cell as its reader takes it, None where it says that there is nothing; `CellError`."""
        style = self.columns.get(column)
        return style.written_out(cell) if style else cell

    @property
    def questions(self) -> dict[str, list[str]]:
        """By choice the columns that wait for it."""
        found: dict[str, list[str]] = {}
        for name, style in self.columns.items():
            if style.question:
                found.setdefault(style.question, []).append(name)
        return found


def judged(table: SheetTable, sheet: SheetSchema, choices: Choices) -> Conventions:
    """The conventions of the columns that this sheet reads."""
    texts = {
        column.name: list(dict.fromkeys(e for e in _column(table, column.name) if isinstance(e, str)))
        for column in sheet.columns
        if column.name in table.header
    }
    of_kind: dict[str, list[SheetColumn]] = {"number": [], "day": [], "text": []}
    for column in sheet.columns:
        if column.name in texts:
            of_kind[_kind_of(column)].append(column)
    marks = {each.name: numbers.proven(texts[each.name]) for each in of_kind["number"]}
    orders = {each.name: dates.proven(texts[each.name]) for each in of_kind["day"]}
    styles: dict[str, ColumnStyle] = {}
    for column in of_kind["number"]:
        mark = choices.decimal_mark or _one_of(marks[column.name], *marks.values())
        if column.read is cells.share:
            styles[column.name] = _share_style(
                _column(table, column.name),
                mark,
                choices.share_form,
                in_percent=_unit(table, column).is_percent,
            )
        else:
            style = _number_style(texts[column.name], mark, column.name)
            styles[column.name] = _scaled(style, column, table, choices)
    for column in of_kind["day"]:
        cells_of_it = _column(table, column.name)
        # What has been through two programs is not written as the other columns are.
        proofs = {column.name: orders[column.name]} if dates.is_mixed(cells_of_it) else orders
        style = _day_style(texts[column.name], proofs, column.name, choices)
        styles[column.name] = _unless_converted(style) if dates.are_converted(cells_of_it) else style
    for column in of_kind["text"]:
        styles[column.name] = ColumnStyle(_text)
    return Conventions(styles)


def _kind_of(column: SheetColumn) -> str:
    if column.read in (cells.number, cells.amount, cells.positive, cells.share):
        return "number"
    return "day" if column.read is cells.day else "text"


def _column(table: SheetTable, name: str) -> list[Cell]:
    place = table.header.index(name)
    return [cells[place] for _number, cells in table.lines if place < len(cells)]


def _one_of(own: Iterable[str], *others: Iterable[str]) -> str:
    """What the column proves, else what the columns of the file agree upon, else ""."""
    own, all_of_them = {*own}, {each for some in others for each in some}
    proof = own or all_of_them
    return next(iter(proof)) if len(proof) == 1 else ""


def _number_style(texts: list[str], mark: str, name: str) -> ColumnStyle:
    is_open = not mark and any(map(numbers.is_ambiguous, texts))
    read = partial(
        _number, mark=mark, roman=numbers.has_roman_millions(texts), in_dollars=name.endswith("_usd")
    )
    return ColumnStyle(read, "decimal_mark" if is_open else "", mark)


def _scaled(style: ColumnStyle, column: SheetColumn, table: SheetTable, choices: Choices) -> ColumnStyle:
    """Multiples are named by the column's own header, or by a line above it that leaves open of what."""
    unit, is_money = _unit(table, column), column.name.endswith("_usd")
    money = unit if unit.currency else table.said_unit
    if is_money and money.is_other_money:
        return ColumnStyle(partial(_in_other_money, currency=money.currency), "", style.says)
    factor = unit.factor
    if factor is None and not is_money and table.counts_are_scaled:
        return ColumnStyle(partial(_of_unknown_multiple, title=table.said), "", style.says)
    if factor is None and is_money and column.read is not cells.positive:
        if table.said_unit.factor and not choices.amounts_in:
            refused = partial(_of_unknown_unit, title=table.said)
            return ColumnStyle(refused, "amounts_in", style.says)
        factor = Decimal(choices.amounts_in or 1)
    if factor in (None, 1):
        return style
    return ColumnStyle(partial(_multiplied, style.written_out, factor), style.question, style.says)


def _unit(table: SheetTable, column: SheetColumn) -> HeaderUnit:
    return table.units.get(column.name, NO_UNIT)


def _in_other_money(cell: Cell, *, currency: str) -> Cell:
    if isinstance(cell, str) and cell.lower() in ABSENT_NUMBER:
        return None
    raise CellError("is in %(currency)s, as the header says; write US dollars", currency=currency)


def _multiplied(written_out: Callable[[Cell], Cell], factor: Decimal, cell: Cell) -> Cell:
    plain = written_out(cell)
    return None if plain is None else f"{cells.number(plain) * factor:f}"


def _of_unknown_multiple(cell: Cell, *, title: str) -> Cell:
    if isinstance(cell, str) and cell.lower() in ABSENT_NUMBER:
        return None
    raise CellError("stands below “%(title)s”; name the multiple in the header of its column", title=title)


def _of_unknown_unit(cell: Cell, *, title: str) -> Cell:
    if isinstance(cell, str) and cell.lower() in ABSENT_NUMBER:
        return None
    raise CellError("stands below “%(title)s”; say in which unit the amounts are", title=title)


def _number(cell: Cell, *, mark: str, roman: bool, in_dollars: bool) -> Cell:
    if not isinstance(cell, str):
        return cell
    if cell.lower() in ABSENT_NUMBER:
        return None
    if not in_dollars and any(sign in cell.lower() for sign in numbers.IN_DOLLARS):
        raise CellError("is an amount of money, where units are counted")
    return numbers.plain(cell, mark=mark, roman=roman)


# Shares -------------------------------------------------------------------------------


def _share_style(column: list[Cell], mark: str, form: str, *, in_percent: bool) -> ColumnStyle:
    """Without signs all above 1 are percentages and all others fractions; both in a column are a question,
    which a person answers by `form`, or the header where it says `in_percent`. Fractions alone below such a
    header are one, too."""
    texts = [each for each in column if isinstance(each, str)]
    is_open = not mark and any(map(numbers.is_ambiguous, texts))
    signed = any("%" in text for text in texts)
    values = [value for each in column if (value := _unsigned(each, mark)) is not None and value != 0]
    above = [value > 1 for value in values]
    if not form and above:
        both = any(above) and not all(above)
        if in_percent:
            form = PERCENT if any(above) else ""
        else:
            form = "" if both or (signed and not all(above)) else PERCENT if above[0] else FRACTION
    waits = "decimal_mark" if is_open else "" if form or not above else "share_form"
    return ColumnStyle(partial(_share, mark=mark, form=form), waits, form)


def _unsigned(cell: Cell, mark: str) -> float | None:
    """The number of a cell without a percent sign; None of any other cell."""
    try:
        plain = _number(cell, mark=mark, roman=False, in_dollars=False)
        if plain is None or (isinstance(plain, str) and plain.endswith("%")):
            return None
        return float(cells.number(plain))
    except CellError:
        return None


def _share(cell: Cell, *, mark: str, form: str) -> Cell:
    plain = _number(cell, mark=mark, roman=False, in_dollars=False)
    if plain is None or (isinstance(plain, str) and plain.endswith("%")):
        return plain
    value = cells.number(plain)
    if form == PERCENT:
        return f"{value:f}%"
    if not form and value:
        raise CellError(
            "may be %(value)s percent or a fraction; say how shares without a sign are meant",
            value=f"{value:f}",
        )
    return plain


# Dates and texts ------------------------------------------------------------------------


def _day_style(texts: list[str], orders: Mapping[str, Proofs], name: str, choices: Choices) -> ColumnStyle:
    """An order is proven for dates with the same mark between their parts: 30.06. says nothing of 8/12."""
    of_mark = {
        mark: choices.date_order
        or _one_of(_of_mark(orders[name], mark), *(_of_mark(each, mark) for each in orders.values()))
        for mark in {dates.mark_of(text) for text in texts}
    }
    is_open = any(not of_mark[dates.mark_of(text)] and dates.is_ambiguous(text) for text in texts)
    said = " ".join(sorted({order for order in of_mark.values() if order}))
    return ColumnStyle(partial(_day, orders=of_mark), "date_order" if is_open else "", said)


def _unless_converted(style: ColumnStyle) -> ColumnStyle:
    """The same without the dates that a spreadsheet program may have made: no answer to a question helps."""
    return ColumnStyle(partial(_unswapped, style.written_out), style.question, style.says)


def _unswapped(written_out: Callable[[Cell], Cell], cell: Cell) -> Cell:
    dates.refuse_converted(cell)
    return written_out(cell)


def _of_mark(proofs: Proofs, mark: str) -> set[str]:
    return {order for of, order in proofs if of == mark}


def _day(cell: Cell, *, orders: Mapping[str, str]) -> Cell:
    if isinstance(cell, int | float):
        raise CellError(dates.NUMBER_PROBLEM)
    if not isinstance(cell, str):
        return cell
    if cell.lower() in ABSENT_NUMBER:
        return None
    return dates.plain(cell, order=orders.get(dates.mark_of(cell), ""))


def _text(cell: Cell) -> Cell:
    return None if isinstance(cell, str) and cell.lower() in ABSENT else cell
