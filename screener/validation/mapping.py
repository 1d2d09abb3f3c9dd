"""A mapping: which columns of a labelled table are which facts. docs/validation.md explains the file."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from assets.metrics.facts import MANY_ROWS_AN_ASSET, ONE_ROW_AN_ASSET
from assets.metrics.families import KINDS
from screener.validation.expressions import Expression, ExpressionError, parse, unknown_name

SHIPPED: Final = Path(__file__).parent
KEYS: Final = frozenset(
    {"name", "kind", "now", "limits", "label", "terms", "rows", "age", "size", "facts", "baselines"}
)
FRAMES: Final = {
    name: frozenset(columns) - {"asset_id", "kind"}
    for name, columns in (ONE_ROW_AN_ASSET | MANY_ROWS_AN_ASSET).items()
    if name != "sources"
}
"""What can be told, by frame: the harness itself gives the assets' ids and kind, and what facts rest on."""


class MappingError(ValueError):
    """A mapping that can't be used; the message is one sentence for the person who wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows of one frame, at most one for each row of the table; `key` is its place in the mapping."""

    key: str
    frame: str
    columns: Mapping[str, Expression]
    when: Expression | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What came of a row: bad by these words in a column, or by a condition; `good` limits the others."""

    column: str | None = None
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    condition: Expression | None = None

    @property
    def names(self) -> frozenset[str]:
        return self.condition.names if self.condition else frozenset({str(self.column)})


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    name: str
    kind: str
    now: datetime
    label: Label
    parts: tuple[Part, ...]
    limits: tuple[str, ...]
    terms: Mapping[str, Expression]
    """Names of the mapping's own; each may rest on columns and on those before it."""
    keep: tuple[Expression, ...]
    age: Expression | None
    size: Expression | None
    left_out: tuple[str, ...]
    """Columns that the baselines must not see: what tells the outcome or only identifies a row."""

    @property
    def inputs(self) -> frozenset[str]:
        """The table's columns that facts are worked out from."""
        told = (each for part in self.parts for each in (*part.columns.values(), part.when) if each)
        return frozenset(name for each in told for name in self.columns_of(each))

    def columns_of(self, expression: Expression) -> frozenset[str]:
        """The table's columns that an expression rests on, through terms too."""
        terms, columns = expression.names & self.terms.keys(), expression.names - self.terms.keys()
        return columns.union(*(self.columns_of(self.terms[each]) for each in terms))


def read_mapping(told: str) -> TableMapping:
    """The mapping of this name, or of the file at this path."""
    shipped = SHIPPED / f"{told}.toml"
    path = shipped if told.isidentifier() and shipped.is_file() else Path(told)
    try:
        told_toml = path.read_text(encoding="utf-8")
    except OSError as error:
        names = ", ".join(sorted(each.stem for each in SHIPPED.glob("*.toml")))
        raise MappingError(f"There is no mapping {told}; shipped are {names}.") from error
    try:
        return mapping_of(tomllib.loads(told_toml), name=path.stem)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"{path} is no TOML: {error}.") from error
    except MappingError as error:
        raise MappingError(f"{path}: {error}") from error


def mapping_of(told: Mapping[str, Any], *, name: str) -> TableMapping:
    """Check a parsed mapping and understand its expressions."""
    _known_keys(told, KEYS, "")
    kind, now = _needed(told, "kind", str, ""), _moment(told)
    if kind not in KINDS:
        raise MappingError(f"kind is {kind!r}; it must be one of {', '.join(KINDS)}.")
    parts = tuple(_parts(_table(told, "facts")))
    if not parts:
        raise MappingError("it tells no facts; write at least one table [facts.…].")
    return TableMapping(
        name=_optional(told, "name", str, "") or name,
        kind=kind,
        now=now,
        label=_label(_table(told, "label")),
        parts=parts,
        limits=_texts(told, "limits", ""),
        terms=_terms(_table(told, "terms")),
        keep=tuple(_filters(told.get("rows", []))),
        age=_expression(told["age"], "age") if "age" in told else None,
        size=_expression(told["size"], "size") if "size" in told else None,
        left_out=_left_out(_table(told, "baselines")),
    )


def _moment(told: Mapping[str, Any]) -> datetime:
    moment: datetime = _needed(told, "now", datetime, "")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _label(told: Mapping[str, Any]) -> Label:
    _known_keys(told, {"column", "bad", "good", "condition"}, "label.")
    if "condition" in told:
        if len(told) > 1:
            raise MappingError("label has a condition; column, bad and good have no place beside it.")
        return Label(condition=_expression(told["condition"], "label.condition"))
    column = _needed(told, "column", str, "label.")
    if "bad" not in told:
        raise MappingError("label.bad is missing: the value, or list of values, that mean a bad outcome.")
    return Label(column=column, bad=_words(told["bad"]), good=_words(told.get("good", [])))


def _words(told: Any) -> tuple[str, ...]:
    return tuple(word(each) for each in (told if isinstance(told, list) else [told]))


def word(value: object) -> str:
    """A value of a label as it is compared: True, "true" and 1 are written alike, as are 1 and 1.0."""
    text = str(value).strip().casefold()
    text = {"true": "1", "false": "0"}.get(text, text)
    return text.removesuffix(".0")


def _terms(told: Mapping[str, Any]) -> Mapping[str, Expression]:
    terms: dict[str, Expression] = {}
    for name, text in told.items():
        terms[name] = _expression(text, f"terms.{name}")
        if later := sorted(terms[name].names & (told.keys() - terms.keys() | {name})):
            raise MappingError(
                f"terms.{name} rests on {later[0]!r}; a term may only rest on those before it."
            )
    return terms


def _filters(told: Any) -> Iterable[Expression]:
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        raise MappingError("rows must be written as tables [[rows]], each with keep = “…”.")
    for place, each in enumerate(told):
        _known_keys(each, {"keep"}, f"rows[{place}].")
        yield _expression(_needed(each, "keep", str, f"rows[{place}]."), f"rows[{place}].keep")


def _parts(told: Mapping[str, Any]) -> Iterable[Part]:
    for frame, tables in told.items():
        if frame not in FRAMES:
            raise MappingError(f"facts: {unknown_name('frame', frame, FRAMES)}")
        if isinstance(tables, dict):
            yield _part(frame, f"facts.{frame}", tables)
        elif not isinstance(tables, list) or frame in ONE_ROW_AN_ASSET:
            raise MappingError(f"facts.{frame} has one row an asset; write one table [facts.{frame}].")
        else:
            for place, table in enumerate(tables):
                yield _part(frame, f"facts.{frame}[{place}]", table)


def _part(frame: str, key: str, told: Mapping[str, Any]) -> Part:
    columns = {name: text for name, text in told.items() if name != "when"}
    _known_keys(columns, FRAMES[frame], f"{key}.", what="fact")
    return Part(
        key=key,
        frame=frame,
        columns={name: _expression(text, f"{key}.{name}") for name, text in columns.items()},
        when=_expression(told["when"], f"{key}.when") if "when" in told else None,
    )


def _left_out(told: Mapping[str, Any]) -> tuple[str, ...]:
    _known_keys(told, {"leave_out"}, "baselines.")
    return _texts(told, "leave_out", "baselines.")


def _expression(told: Any, key: str) -> Expression:
    if not isinstance(told, str | int | float):
        raise MappingError(f"{key} must be an expression in quotes, or a number.")
    try:
        return parse(str(told))
    except ExpressionError as error:
        raise MappingError(f"{key}: {error}") from error


def _table(told: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = told.get(key, {})
    if not isinstance(table, dict):
        raise MappingError(f"{key} must be a table [{key}].")
    return table


def _needed(told: Mapping[str, Any], key: str, kind: type, path: str) -> Any:
    if key not in told:
        raise MappingError(f"{path}{key} is missing.")
    return _optional(told, key, kind, path)


def _optional(told: Mapping[str, Any], key: str, kind: type, path: str) -> Any:
    value = told.get(key)
    if value is not None and not isinstance(value, kind):
        wanted = {str: "a text in quotes", datetime: "a moment such as 2021-09-15T00:00:00Z"}[kind]
        raise MappingError(f"{path}{key} is {value!r}; it must be {wanted}.")
    return value


def _texts(told: Mapping[str, Any], key: str, path: str) -> tuple[str, ...]:
    value = told.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise MappingError(f"{path}{key} must be a list of texts.")
    return tuple(value)


def _known_keys(told: Mapping[str, Any], known: Iterable[str], path: str, *, what: str = "key") -> None:
    for key in told:
        if key not in known:
            raise MappingError(f"{path}{key}: {unknown_name(what, key, known)}")
