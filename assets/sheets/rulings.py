"""Ruling: what a person decides about one questioned figure, written as an answer of the analyst. Pure.

The body is JSON: `field` and `value` (a number as text, in the field's unit), `as_of` of the figure that is
ruled, of a report which one it is (`OF_REPORT`), and the reason. The request says, beside who ruled, between
which values: `seen` and `heard`, as JSON (`assets.metrics.ruled.RuledFigure`).
"""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final, get_args, get_type_hints

from assets.metrics import families
from assets.metrics.ruled import Question
from assets.sourcing.contract import Parsed, UnreadableError
from assets.sourcing.messages import message
from assets.sourcing.rows import AssetRef, FundamentalsRow, HolderRow, MarketRow, Row, SupplyRow

RULING: Final = "ruling"
"""What a request's context has as its sheet."""

ROW_OF: Final[Mapping[str, type[Row]]] = {
    families.MARKET: MarketRow,
    families.SUPPLY: SupplyRow,
    families.HOLDERS: HolderRow,
    families.FUNDAMENTALS: FundamentalsRow,
}
"""Families of one row an asset in which an analyst's word counts."""

NUMBERS: Final[Mapping[type, Any]] = {Decimal: Decimal, float: float, int: int}


OF_REPORT: Final = ("period_ends_on", "form", "accession")
"""Fields of a row that say of which report it is; a ruling is of the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """`value` is in the field's unit; `as_of` and `report` (of `OF_REPORT`, where known) are those of the
    figure that is ruled. `seen` and `heard` are what it is ruled between, as `RuledFigure` has them."""

    family: str
    field: str
    value: Decimal
    as_of: datetime
    reason: str
    report: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    seen: Sequence[float] = ()
    heard: Mapping[Question, float | None] = dataclasses.field(default_factory=dict)

    @property
    def body(self) -> bytes:
        written = {
            "field": self.field,
            "value": str(self.value),
            "as_of": self.as_of.isoformat(),
            **{name: str(value) for name, value in self.report.items()},
            "reason": self.reason,
        }
        return json.dumps(written, ensure_ascii=False).encode()

    @property
    def context(self) -> dict[str, str]:
        """What its request holds of it."""
        return {
            "sheet": RULING,
            "field": self.field,
            "value": str(self.value),
            "reason": self.reason,
            "seen": json.dumps([*self.seen]),
            "heard": json.dumps([[*question, says] for question, says in self.heard.items()]),
        }


def number_type(family: str, field: str) -> type | None:
    """What a figure of this name is in its row; None where it can't be ruled."""
    row = ROW_OF.get(family)
    kinds = get_args(get_type_hints(row).get(field)) if row else ()
    return next((each for each in NUMBERS if each in kinds), None)


def read_ruling(body: bytes, *, family: str, asset: AssetRef) -> Parsed:
    """The row of the family that holds this one field; `UnreadableError` where it isn't a ruling."""
    try:
        said = json.loads(body)
        name, kind = said["field"], number_type(family, said["field"])
        if kind is None:
            raise UnreadableError("This figure can't be ruled.")
        values: dict[str, Any] = {name: kind(Decimal(said["value"]))}
        values |= {name: said[name] for name in OF_REPORT if name in said}
        if "period_ends_on" in said:
            values["period_ends_on"] = date.fromisoformat(said["period_ends_on"])
        row = ROW_OF[family](asset=asset, as_of=datetime.fromisoformat(said["as_of"]), **values)
        remark = message("Ruled: %(reason)s", reason=said["reason"])
    except (ValueError, TypeError, KeyError, InvalidOperation) as error:
        raise UnreadableError("The ruling can't be read.") from error
    return Parsed(rows=(row,), remarks=(remark,))
