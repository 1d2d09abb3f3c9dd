"""Mapping of a labelled table: which columns are which facts. docs/validation.md explains the file."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from assets.metrics.facts import MANY_ROWS_AN_ASSET, ONE_ROW_AN_ASSET
from assets.metrics.families import KINDS
from screener.validation.expressions import Expression, ExpressionError, parse, unknown_name
from screener.validation.population import Population, PopulationError, population_of

SHIPPED: Final = Path(__file__).parent
KEYS: Final = frozenset(
    {
        "name",
        "kind",
        "outcome",
        "horizon_days",
        "now",
        "limits",
        "label",
        "terms",
        "rows",
        "age",
        "size",
        "group",
        "population",
        "facts",
        "baselines",
    }
)
OUTCOMES: Final = ("pulled", "silent", "bankrupt", "diluted")
"""Ends that are told apart: liquidity or price gone, no trade any more, bankrupt, a fifth more shares."""
FRAMES: Final = {
    name: frozenset(columns) - {"asset_id", "kind"}
    for name, columns in (ONE_ROW_AN_ASSET | MANY_ROWS_AN_ASSET).items()
    if name not in ("sources", "questions", "outdated", "aged", "second_readings")
}
"""What can be mapped, by frame: the harness itself gives the assets' ids and kind, and what facts rest on."""


class MappingError(ValueError):
    """A mapping that can't be used; the message is one sentence for the person who wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows of one frame, at most one for each row of the table; `key` is its place in the mapping."""

    key: str
    frame: str
    columns: Mapping[str, Expression]
    when: Expression | None

    def without(self, name: str) -> "Part":
        """The same rows with this fact not told."""
        return replace(self, columns={key: each for key, each in self.columns.items() if key != name})


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeLabel:
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
    outcome: str
    """One of `OUTCOMES`, "" where the bad end is none of them; it comes within `horizon_days`, if told."""
    horizon_days: int | None
    now: datetime
    label: OutcomeLabel
    parts: tuple[Part, ...]
    limits: tuple[str, ...]
    terms: Mapping[str, Expression]
    """Names of the mapping's own; each may rest on columns and on those before it."""
    keep: tuple[Expression, ...]
    age: Expression | None
    size: Expression | None
    group: Expression | None
    """What the rows are looked at by, beside all together, such as a year; `group_title` names it."""
    group_title: str
    population: Population | None
    """Which assets the rows stand for; None where that is not told: then they stand for none."""
    left_out: tuple[str, ...]
    """Columns that the baselines must not see: what tells the outcome or only identifies a row."""

    @property
    def inputs(self) -> frozenset[str]:
        """The table's columns that facts are worked out from."""
        expressions = (each for part in self.parts for each in (*part.columns.values(), part.when) if each)
        return frozenset(name for each in expressions for name in self.columns_of(each))

    def columns_of(self, expression: Expression) -> frozenset[str]:
        """The table's columns that an expression rests on, through terms too."""
        terms, columns = expression.names & self.terms.keys(), expression.names - self.terms.keys()
        return columns.union(*(self.columns_of(self.terms[each]) for each in terms))


def read_mapping(name: str) -> TableMapping:
    """The mapping of this name, or of the file at this path."""
    shipped = SHIPPED / f"{name}.toml"
    path = shipped if name.isidentifier() and shipped.is_file() else Path(name)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        names = ", ".join(sorted(each.stem for each in SHIPPED.glob("*.toml")))
        raise MappingError(f"There is no mapping {name}; shipped are {names}.") from error
    try:
        return mapping_of(tomllib.loads(text), name=path.stem)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"{path} is no TOML: {error}.") from error
    except MappingError as error:
        raise MappingError(f"{path}: {error}") from error


def mapping_of(section: Mapping[str, Any], *, name: str) -> TableMapping:
    """Check a parsed mapping and understand its expressions."""
    _known_keys(section, KEYS, "")
    kind, now = _needed(section, "kind", str, ""), _moment(section)
    if kind not in KINDS:
        raise MappingError(f"kind is {kind!r}; it must be one of {', '.join(KINDS)}.")
    parts = tuple(_parts(_table(section, "facts")))
    if not parts:
        raise MappingError("it tells no facts; write at least one table [facts.…].")
    return TableMapping(
        name=_optional(section, "name", str, "") or name,
        kind=kind,
        outcome=_outcome(section),
        horizon_days=_optional(section, "horizon_days", int, ""),
        now=now,
        label=_label(_table(section, "label")),
        parts=parts,
        limits=_texts(section, "limits", ""),
        terms=_terms(_table(section, "terms")),
        keep=tuple(_filters(section.get("rows", []))),
        age=_expression(section["age"], "age") if "age" in section else None,
        size=_expression(section["size"], "size") if "size" in section else None,
        **_group(_table(section, "group")),
        population=_population(section, name),
        left_out=_left_out(_table(section, "baselines")),
    )


def _outcome(section: Mapping[str, Any]) -> str:
    outcome = _optional(section, "outcome", str, "") or ""
    if outcome and outcome not in OUTCOMES:
        raise MappingError(f"outcome is {outcome!r}; it must be one of {', '.join(OUTCOMES)}.")
    return outcome


def _group(section: Mapping[str, Any]) -> dict[str, Any]:
    """The two fields of what the rows are grouped by."""
    _known_keys(section, {"by", "title"}, "group.")
    if not section:
        return {"group": None, "group_title": ""}
    by = _expression(_needed(section, "by", str, "group."), "group.by")
    return {"group": by, "group_title": _needed(section, "title", str, "group.")}


def _population(section: Mapping[str, Any], name: str) -> Population | None:
    try:
        return population_of(_table(section, "population"), name=name) if "population" in section else None
    except PopulationError as error:
        raise MappingError(str(error)) from error


def _moment(section: Mapping[str, Any]) -> datetime:
    moment: datetime = _needed(section, "now", datetime, "")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _label(section: Mapping[str, Any]) -> OutcomeLabel:
    _known_keys(section, {"column", "bad", "good", "condition"}, "label.")
    if "condition" in section:
        if len(section) > 1:
            raise MappingError("label has a condition; column, bad and good have no place beside it.")
        return OutcomeLabel(condition=_expression(section["condition"], "label.condition"))
    column = _needed(section, "column", str, "label.")
    if "bad" not in section:
        raise MappingError("label.bad is missing: the value, or list of values, that mean a bad outcome.")
    return OutcomeLabel(column=column, bad=_words(section["bad"]), good=_words(section.get("good", [])))


def _words(value: Any) -> tuple[str, ...]:
    return tuple(word(each) for each in (value if isinstance(value, list) else [value]))


def word(value: object) -> str:
    """A value of a label as it is compared: True, "true" and 1 are written alike, as are 1 and 1.0."""
    text = str(value).strip().casefold()
    text = {"true": "1", "false": "0"}.get(text, text)
    return text.removesuffix(".0")


def _terms(section: Mapping[str, Any]) -> Mapping[str, Expression]:
    terms: dict[str, Expression] = {}
    for name, text in section.items():
        terms[name] = _expression(text, f"terms.{name}")
        if later := sorted(terms[name].names & (section.keys() - terms.keys() | {name})):
            raise MappingError(
                f"terms.{name} rests on {later[0]!r}; a term may only rest on those before it."
            )
    return terms


def _filters(rows: Any) -> Iterable[Expression]:
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        raise MappingError("rows must be written as tables [[rows]], each with keep = “…”.")
    for place, each in enumerate(rows):
        _known_keys(each, {"keep"}, f"rows[{place}].")
        yield _expression(_needed(each, "keep", str, f"rows[{place}]."), f"rows[{place}].keep")


def _parts(section: Mapping[str, Any]) -> Iterable[Part]:
    for frame, tables in section.items():
        if frame not in FRAMES:
            raise MappingError(f"facts: {unknown_name('frame', frame, FRAMES)}")
        if isinstance(tables, dict):
            yield _part(frame, f"facts.{frame}", tables)
        elif not isinstance(tables, list) or frame in ONE_ROW_AN_ASSET:
            raise MappingError(f"facts.{frame} has one row an asset; write one table [facts.{frame}].")
        else:
            for place, section in enumerate(tables):
                yield _part(frame, f"facts.{frame}[{place}]", section)


def _part(frame: str, key: str, section: Mapping[str, Any]) -> Part:
    columns = {name: text for name, text in section.items() if name != "when"}
    _known_keys(columns, FRAMES[frame], f"{key}.", what="fact")
    return Part(
        key=key,
        frame=frame,
        columns={name: _expression(text, f"{key}.{name}") for name, text in columns.items()},
        when=_expression(section["when"], f"{key}.when") if "when" in section else None,
    )


def _left_out(section: Mapping[str, Any]) -> tuple[str, ...]:
    _known_keys(section, {"leave_out"}, "baselines.")
    return _texts(section, "leave_out", "baselines.")


def _expression(value: Any, key: str) -> Expression:
    if not isinstance(value, str | int | float):
        raise MappingError(f"{key} must be an expression in quotes, or a number.")
    try:
        return parse(str(value))
    except ExpressionError as error:
        raise MappingError(f"{key}: {error}") from error


def _table(section: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = section.get(key, {})
    if not isinstance(part, dict):
        raise MappingError(f"{key} must be a table [{key}].")
    return part


def _needed(section: Mapping[str, Any], key: str, kind: type, path: str) -> Any:
    if key not in section:
        raise MappingError(f"{path}{key} is missing.")
    return _optional(section, key, kind, path)


def _optional(section: Mapping[str, Any], key: str, kind: type, path: str) -> Any:
    value = section.get(key)
    if value is not None and not isinstance(value, kind):
        wanted = {
            str: "a text in quotes",
            int: "a whole number",
            datetime: "a moment such as 2021-09-15T00:00:00Z",
        }[kind]
        raise MappingError(f"{path}{key} is {value!r}; it must be {wanted}.")
    return value


def _texts(section: Mapping[str, Any], key: str, path: str) -> tuple[str, ...]:
    value = section.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise MappingError(f"{path}{key} must be a list of texts.")
    return tuple(value)


def _known_keys(section: Mapping[str, Any], known: Iterable[str], path: str, *, what: str = "key") -> None:
    for key in section:
        if key not in known:
            raise MappingError(f"{path}{key}: {unknown_name(what, key, known)}")
