"""Expression language: a small one of arithmetic over the columns of a table, in which mappings are written.

Numbers, texts in quotes, names of columns and terms, + - * / % **, one comparison at a time, `and`,
`or`, `not` and the functions of `FUNCTIONS`. Nothing else is understood, so that a stranger's mapping
can do no harm. What is unknown stays unknown: a comparison with it is unknown too.
"""

import ast
import difflib
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Values = npt.NDArray[Any]
"""Floats with NaN, texts with None or moments with NaT for unknown; a single one stands for all rows."""


class ExpressionError(ValueError):
    """An expression that is not understood; the message says what in it, and what may have been meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the names in an expression stand for, and the moment at which the rows were observed."""

    columns: Mapping[str, Values]
    now: datetime
    rows: int

    def named(self, name: str) -> Values:
        if name not in self.columns:
            raise ExpressionError(unknown_name("column", name, self.columns))
        return self.columns[name]


Work = Callable[[Scope], Values]


@dataclass(frozen=True, slots=True)
class Expression:
    """One understood expression; `names` are the columns and terms it asks for."""

    text: str
    names: frozenset[str]
    work: Work

    def __call__(self, scope: Scope) -> Values:
        """Its value for each row of the table."""
        try:
            with np.errstate(all="ignore"):
                return np.broadcast_to(self.work(scope), (scope.rows,)).copy()
        except ExpressionError as error:
            raise ExpressionError(f"In “{self.text}”: {error}") from error


def parse(text: str) -> Expression:
    """Understand an expression."""
    names: set[str] = set()
    try:
        work = _work(ast.parse(text.strip(), mode="eval").body, names)
    except (SyntaxError, RecursionError) as error:
        raise ExpressionError(f"“{text}” is no expression ({error.args[0]}).") from error
    except ExpressionError as error:
        raise ExpressionError(f"In “{text}”: {error}") from error
    return Expression(text, frozenset(names), work)


def unknown_name(kind: str, name: str, known: Iterable[str]) -> str:
    """One sentence about a name that nobody knows, with the nearest that somebody does."""
    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f" Is it {near[0]!r}?" if near else f" There is: {', '.join(sorted(known))}."
    return f"there is no {kind} {name!r}.{hint}"


def _work(node: ast.expr, names: set[str]) -> Work:
    """What works out this part; the names it asks for are added to `names`."""
    match node:
        case ast.Constant(value=bool() | int() | float() as number):
            return lambda _scope: np.asarray(number, dtype=np.float64)
        case ast.Constant(value=str() as text):
            return lambda _scope: np.array(text, dtype=object)
        case (
            ast.Name(id=name)
            | ast.Call(func=ast.Name(id="col"), args=[ast.Constant(value=str() as name)], keywords=[])
        ):
            names.add(name)
            return lambda scope: scope.named(name)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            return _call(name, [_work(each, names) for each in args])
        case ast.UnaryOp(op=op, operand=operand) if type(op) in UNARY:
            return _applied(UNARY[type(op)], _work(operand, names))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
            return _applied(BINARY[type(op)], _work(left, names), _work(right, names))
        case ast.BoolOp(op=op, values=values):
            of = _both if isinstance(op, ast.And) else _either
            return _applied(of, *(_work(each, names) for each in values))
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in COMPARISONS:
            return _comparison(COMPARISONS[type(op)], _work(left, names), _work(right, names))
    raise ExpressionError(f"“{ast.unparse(node)}” is not part of the language.")


def _applied(of: Callable[..., Values], *parts: Work) -> Work:
    return lambda scope: of(*(_numbers(part(scope)) for part in parts))


def _call(name: str, parts: list[Work]) -> Work:
    if name not in FUNCTIONS:
        raise ExpressionError(unknown_name("function", name, [*FUNCTIONS, "col"]))
    least, most, of = FUNCTIONS[name]
    if not least <= len(parts) <= most:
        wanted = str(least) if least == most else f"at least {least}"
        raise ExpressionError(f"{name}() takes {wanted}, not {len(parts)}, values.")
    return lambda scope: of(scope, *(part(scope) for part in parts))


def _comparison(of: Callable[[Any, Any], Any], left: Work, right: Work) -> Work:
    def compared(scope: Scope) -> Values:
        one, other = left(scope), right(scope)
        if one.dtype == object and other.dtype == object:
            unknown = pd.isna(one) | pd.isna(other)
            safe = (np.where(pd.isna(each), "", each) for each in (one, other))
            return np.where(unknown, np.nan, np.asarray(of(*safe), dtype=np.float64))
        one, other = _numbers(one), _numbers(other)
        return np.where(np.isnan(one) | np.isnan(other), np.nan, of(one, other))

    return compared


def _numbers(values: Values) -> Values:
    if values.dtype.kind == "f":
        return values
    what = "moments; take days_since()" if values.dtype.kind == "M" else "texts; take number()"
    raise ExpressionError(f"numbers are needed, and these are {what} of them.")


def _both(*parts: Values) -> Values:
    """1 where all are true, 0 where one is false, else unknown."""
    false = np.any(np.broadcast_arrays(*(part == 0 for part in parts)), axis=0)
    unknown = np.any(np.broadcast_arrays(*(np.isnan(part) for part in parts)), axis=0)
    return np.where(false, 0.0, np.where(unknown, np.nan, 1.0))


def _not(part: Values) -> Values:
    return np.where(np.isnan(part), np.nan, (part == 0).astype(np.float64))


def _either(*parts: Values) -> Values:
    return _not(_both(*(_not(part) for part in parts)))


def _of_numbers(of: Callable[..., Values]) -> Callable[..., Values]:
    return lambda _scope, *parts: of(*(_numbers(part) for part in parts))


def _where(_scope: Scope, condition: Values, then: Values, otherwise: Values) -> Values:
    if then.dtype.kind != otherwise.dtype.kind:
        raise ExpressionError("both answers of where() must be of one kind.")
    asked = _numbers(condition)
    nothing = np.array(UNKNOWN[then.dtype.kind], dtype=then.dtype)
    return np.asarray(np.where(np.isnan(asked), nothing, np.where(asked != 0, then, otherwise)))


def _isnan(_scope: Scope, values: Values) -> Values:
    return np.asarray(pd.isna(values), dtype=np.float64)


def _first(_scope: Scope, *parts: Values) -> Values:
    found = parts[0]
    for part in parts[1:]:
        found = np.where(pd.isna(found), part, found)
    return found


def _number(_scope: Scope, values: Values) -> Values:
    if values.dtype == object:
        return np.asarray(pd.to_numeric(pd.Series(np.atleast_1d(values)), errors="coerce"), dtype=np.float64)
    return _numbers(values)


def _moment(_scope: Scope, values: Values) -> Values:
    if values.dtype != object:
        raise ExpressionError(
            "moment() reads texts such as '2022-12-30 21:31:46'; of seconds take from_unix()."
        )
    moments = pd.to_datetime(pd.Series(np.atleast_1d(values)), utc=True, errors="coerce", format="ISO8601")
    return moments.dt.tz_localize(None).to_numpy(dtype="datetime64[us]")


def _from_unix(_scope: Scope, values: Values) -> Values:
    return _shifted(np.datetime64(0, "us"), _numbers(values) / DAY_SECONDS)


def _days_ago(scope: Scope, values: Values) -> Values:
    return _shifted(_utc(scope.now), -_numbers(values))


def _days_since(scope: Scope, values: Values) -> Values:
    """Days from these moments to the second ones, or to `now`."""
    return _days_between(scope, values, np.asarray(_utc(scope.now)))


def _days_between(_scope: Scope, start: Values, end: Values) -> Values:
    if start.dtype.kind != "M" or end.dtype.kind != "M":
        raise ExpressionError("days are counted between moments; take moment() of texts.")
    return np.asarray((end - start) / np.timedelta64(1, "D"), dtype=np.float64)


def _utc(moment: datetime) -> np.datetime64:
    return np.datetime64(moment.astimezone(UTC).replace(tzinfo=None), "us")


def _shifted(start: np.datetime64, days: Values) -> Values:
    sound = np.abs(days) < LONGEST_DAYS
    microseconds = np.where(sound, days, 0) * DAY_SECONDS * 1e6
    return np.where(sound, start + microseconds.astype("timedelta64[us]"), np.datetime64("NaT"))


DAY_SECONDS: Final = 86_400
LONGEST_DAYS: Final = 100_000
"""A moment further off than this is a mistake of the table's, so that it is not known."""

UNKNOWN: Final[Mapping[str, Any]] = {"f": np.nan, "M": "NaT", "O": None}
"""What is not known, by the kind of a column's values."""

MANY: Final = 99
FUNCTIONS: Final[Mapping[str, tuple[int, int, Callable[..., Values]]]] = {
    "abs": (1, 1, _of_numbers(np.abs)),
    "clip": (3, 3, _of_numbers(np.clip)),
    "days_ago": (1, 1, _days_ago),
    "days_between": (2, 2, _days_between),
    "days_since": (1, 1, _days_since),
    "exp": (1, 1, _of_numbers(np.exp)),
    "first": (2, MANY, _first),
    "floor": (1, 1, _of_numbers(np.floor)),
    "from_unix": (1, 1, _from_unix),
    "isnan": (1, 1, _isnan),
    "log": (1, 1, _of_numbers(np.log)),
    "max": (2, MANY, _of_numbers(lambda *parts: np.max(np.broadcast_arrays(*parts), axis=0))),
    "min": (2, MANY, _of_numbers(lambda *parts: np.min(np.broadcast_arrays(*parts), axis=0))),
    "moment": (1, 1, _moment),
    "number": (1, 1, _number),
    "sqrt": (1, 1, _of_numbers(np.sqrt)),
    "unknown": (0, 0, lambda _scope: np.asarray(np.nan)),
    "where": (3, 3, _where),
}
"""Name → fewest and most values, and what works it out; `docs/validation.md` explains each."""

UNARY: Final[Mapping[type[ast.AST], Callable[..., Values]]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: _not,
}
BINARY: Final[Mapping[type[ast.AST], Callable[..., Values]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: np.divide,
    ast.Mod: np.mod,
    ast.Pow: np.power,
}
COMPARISONS: Final[Mapping[type[ast.AST], Callable[[Any, Any], Any]]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
