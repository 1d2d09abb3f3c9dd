"""Payload parsing: JSON that can be trusted, numbers that are numbers, and a reader of rows.

A body that came to harm is refused as a whole (`DamagedError`). A field that makes no sense is not known,
with a remark that says why, and the rest of its row counts; a row without what it is known by is left out,
and the others land. Null always reads as None: not known.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Context, Decimal, InvalidOperation
from typing import Annotated, Any, Final, TypeVar, get_args
from urllib.parse import quote, urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)

from assets.sourcing.bounds import (
    ABSURD,
    EARLIEST,
    LATEST,
    MOST_COUNT,
    MOST_PRICE_USD,
    MOST_USD,
    WHOLE_PERCENT,
)
from assets.sourcing.contract import DamagedError, Parsed, Request
from assets.sourcing.listings import Listed
from assets.sourcing.messages import message
from assets.sourcing.rows import Row

MOST_LEVELS: Final = 32
"""JSON nested deeper than this is no answer of any provider."""

PLACES: Final = 30
SMALLEST: Final = Decimal(1).scaleb(-PLACES)
WIDE: Final = Context(prec=2 * PLACES + 1)

NOT_A_NUMBER: Final = Decimal("NaN")
"""Stands for what Python writes into JSON as NaN and Infinity, and for an exponent beyond all numbers."""

MILLISECONDS_FROM: Final = Decimal("1e11")
"""An epoch above this counts milliseconds: as seconds it would be the year 5138."""

MOST_REMARKS: Final = 20

COMPLAINTS: Final = {
    "missing": message("is missing"),
    "model_type": message("is not an object"),
    "list_type": message("is not a list"),
    "string_type": message("is not a text"),
}
"""What the library says in its own way; all else is said by the functions below."""

UNSEEN: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
"""Letters and marks that nobody sees: Unicode's Default_Ignorable_Code_Point beyond its controls, and the
empty pattern of Braille."""

CONTROLS: Final = dict.fromkeys((*range(0x20), 0x7F), " ")
"""Those of ASCII."""

HEX: Final = re.compile(r"0[xX][0-9a-fA-F]+")

# Bodies ---------------------------------------------------------------------------


def load_json(body: bytes) -> Any:
    """Read a body; fractions become `Decimal`, so that no digit is lost. NaN stays one, for its field alone.

    `DamagedError` where it is cut off, deeply nested, or something other than JSON.
    """
    if not body.strip():
        raise DamagedError("The body is empty.")
    try:
        value = json.loads(body, parse_float=_fraction, parse_constant=_not_a_number)
    except (ValueError, RecursionError) as error:
        value = _with_long_integers(body, error)
    layer = [value]
    for _level in range(MOST_LEVELS):
        layer = [child for each in layer for child in _children(each)]
        if not layer:
            return value
    raise DamagedError("The body is nested deeper than %(levels)s levels.", levels=MOST_LEVELS)


def _with_long_integers(body: bytes, error: Exception) -> Any:
    """The body once more, for integers longer than Python reads at once; `DamagedError` for all else."""
    try:
        return json.loads(body, parse_float=_fraction, parse_constant=_not_a_number, parse_int=_fraction)
    except (ValueError, RecursionError):
        raise DamagedError(
            "The body is not JSON that can be read: %(reason)s.", reason=_short(error)
        ) from error


def error_in(body: object) -> str:
    """The complaint in a body that came with a status of success, "" when there is none."""
    if not isinstance(body, dict):
        return ""
    status, errors, error = body.get("status"), body.get("errors"), body.get("error")
    reason: object = None
    if isinstance(status, dict) and status.get("error_code"):
        reason = status.get("error_message")
    elif isinstance(errors, list) and errors:
        reason = errors[0].get("title") if isinstance(errors[0], dict) else errors[0]
    elif error:
        reason = error
    else:
        return ""
    return (text_of(reason)[:200].rstrip(".") if isinstance(reason, str) else "") or message(
        "no reason given"
    )


def _children(value: object) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _fraction(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:  # Its exponent has more digits than exponents can have.
        return NOT_A_NUMBER


def _not_a_number(_name: str) -> Decimal:
    return NOT_A_NUMBER


def _short(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:120].rstrip(".") or type(error).__name__


# Values: each takes what JSON gave and raises ValueError when it can't be what it should be ----


def decimal_of(value: object) -> Decimal | None:
    """A number or a text that is one, scientific notation included; kept to 30 places."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        raise ValueError(message("is not a number"))
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise ValueError(message("is not a number")) from None
    if not number.is_finite():
        raise ValueError(message("is not a finite number"))
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -PLACES and number.copy_abs() < ABSURD:
        number = number.quantize(SMALLEST, context=WIDE)
    if number.copy_abs() >= ABSURD:
        raise ValueError(message("is absurdly large"))
    return number


def amount_of(value: object) -> Decimal | None:
    """Zero or more: units of a token, shares of a company."""
    number = decimal_of(value)
    if number is not None and number < 0:
        raise ValueError(message("is negative"))
    return None if number is None else number.copy_abs()


def positive_of(value: object) -> Decimal | None:
    """More than zero: supplies. Providers write 0 there for what they do not know."""
    return amount_of(value) or None


def money_of(value: object) -> Decimal | None:
    """US dollars that may be owed as well as owned: what protocols and companies earn."""
    number = decimal_of(value)
    if number is not None and number.copy_abs() > MOST_USD:
        raise ValueError(message("is more than all money there is"))
    return number


def usd_of(value: object) -> Decimal | None:
    """US dollars, zero or more: volumes, reserves, depths."""
    return money_of(amount_of(value))


def positive_usd_of(value: object) -> Decimal | None:
    """US dollars, more than zero: caps. Providers write 0 there for what they do not know."""
    return usd_of(value) or None


def price_of(value: object) -> Decimal | None:
    """The price of one unit, in whatever currency. Providers write 0 there for what they do not know."""
    price = positive_of(value)
    if price is not None and price > MOST_PRICE_USD:
        raise ValueError(message("is dearer than anything that trades"))
    return price


def change_of(percent: object) -> float | None:
    """A change in percent as a share; nothing can fall by more than all of it."""
    number = decimal_of(percent)
    if number is not None and number < -WHOLE_PERCENT:
        raise ValueError(message("is less than nothing"))
    return None if number is None else float(number / 100)


def positive_share_of(percent: object) -> float | None:
    number = amount_of(percent)
    return None if number is None else float(number / 100)


def portion_of(percent: object) -> float | None:
    """A percentage of a whole as a share; `ValueError` outside 0 to 100."""
    share = positive_share_of(percent)
    if share is not None and share > 1:
        raise ValueError(message("is more than the whole"))
    return share


def count_of(value: object) -> int | None:
    number = amount_of(value)
    if number is None:
        return None
    if number != number.to_integral_value() or number > MOST_COUNT:
        raise ValueError(message("is not a count"))
    return int(number)


def moment_of(value: object) -> datetime | None:
    """ISO 8601 with an offset, or seconds or milliseconds since 1970."""
    if value is None or value == "":
        return None
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None:
        seconds = decimal_of(value)
        if seconds is None or seconds < 0:
            raise ValueError(message("is not a moment"))
        if seconds >= MILLISECONDS_FROM:
            seconds /= 1000
        if seconds > LATEST.timestamp():
            raise ValueError(message("is not a moment of our time"))
        moment = datetime.fromtimestamp(float(seconds), UTC)
    if moment.tzinfo is None:
        raise ValueError(message("is a moment without a time zone"))
    if not EARLIEST <= moment <= LATEST:
        raise ValueError(message("is not a moment of our time"))
    return moment.astimezone(UTC)


def happened_of(value: object) -> datetime:
    """A moment that must be there: without it there is nothing to tell."""
    moment = moment_of(value)
    if moment is None:
        raise ValueError(message("is not a moment"))
    return moment


def text_of(value: object) -> str:
    """One line of text without characters that can't be seen: they break databases and disguise names.

    Zero-width and direction characters, fillers and soft hyphens vanish; breaks, controls and blanks of any
    kind are one space. The one rule for names, symbols and all else that is shown.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(message("is not a text"))
    if value.isascii():  # Nearly all that comes; letter by letter it takes twenty times as long.
        return " ".join(value.translate(CONTROLS).split())
    return " ".join("".join(map(_seen, value)).split())


def _seen(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter.isspace() or category == "Cc":
        return " "
    return "" if letter in UNSEEN or category[0] == "C" else letter


def name_of(value: object) -> str:
    name = text_of(value)
    if not 0 < len(name) <= 200:
        raise ValueError(message("is too long") if name else message("is empty"))
    return name


def flag_of(value: object) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise ValueError(message("is neither true nor false"))
    return value


def url_of(value: object) -> str:
    """An address that is safe to link to, or "": a useless link is no reason to lose a row."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and text_of(text) == text
    return text if is_web and " " not in text and len(text) <= 500 else ""


def handle_url(prefix: str, handle: object) -> str:
    """The address of an account, or "" when there is none."""
    name = text_of(handle).lstrip("@") if isinstance(handle, str) else ""
    return url_of(prefix + quote(name, safe="-_+/")) if name else ""


def address_of(value: object) -> str:
    """An address as it is compared on whatever chain: hexadecimal digits in lower case, others as they are.

    Where the chain is known `identity.chains` has its one writing.
    """
    address = text_of(value)
    return address.lower() if HEX.fullmatch(address) else address


Number = Annotated[Decimal | None, BeforeValidator(decimal_of)]
Amount = Annotated[Decimal | None, BeforeValidator(amount_of)]
Positive = Annotated[Decimal | None, BeforeValidator(positive_of)]
Price = Annotated[Decimal | None, BeforeValidator(price_of)]
Usd = Annotated[Decimal | None, BeforeValidator(usd_of)]
PositiveUsd = Annotated[Decimal | None, BeforeValidator(positive_usd_of)]
Money = Annotated[Decimal | None, BeforeValidator(money_of)]
Change = Annotated[float | None, BeforeValidator(change_of)]
PositiveShare = Annotated[float | None, BeforeValidator(positive_share_of)]
Portion = Annotated[float | None, BeforeValidator(portion_of)]
Count = Annotated[int | None, BeforeValidator(count_of)]
Moment = Annotated[datetime | None, BeforeValidator(moment_of)]
Happened = Annotated[datetime, BeforeValidator(happened_of)]
Flag = Annotated[bool | None, BeforeValidator(flag_of)]
Text = Annotated[str, BeforeValidator(text_of)]
Name = Annotated[str, BeforeValidator(name_of)]
"""A text by which something is known, so it must be there."""


@dataclass(frozen=True, slots=True)
class UnreadField:
    """A field, of this or of an object in it, that is not known, and what is the matter with its value."""

    model: "type[VendorModel]"
    field: str
    problem: str


class VendorModel(BaseModel):
    """One object of a vendor's body: the fields we read.

    A field without a default is one by which the object is known, as every `Name` is: where it makes no sense
    there is no object. Any other field is then not known (its default), whatever the others say.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    _unread: frozenset[str] = PrivateAttr(default=frozenset())

    @property
    def unread(self) -> frozenset[str]:
        """The fields whose values made no sense. What is added up without them is no sum."""
        return self._unread

    @field_validator("*", mode="wrap")
    @classmethod
    def _known_or_not(cls, value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        try:
            return handler(value)
        except ValidationError as error:
            doubts: list[UnreadField] | None = info.context
            name = info.field_name or ""
            field = cls.model_fields[name]
            if doubts is None or field.is_required():
                raise
            where, problem = _complaint(error)
            own = field.alias or name
            doubts.append(UnreadField(cls, f"{own}.{where}" if where else own, problem))
            return field.get_default(call_default_factory=True)

    @classmethod
    def paths_to(cls, inner: "type[VendorModel]") -> Iterator[str]:
        """Where an object of this model holds one of that: "liquidity."."""
        for name, field in cls.model_fields.items():
            for each in (field.annotation, *get_args(field.annotation)):
                if isinstance(each, type) and issubclass(each, VendorModel):
                    below = ("",) if each is inner else each.paths_to(inner)
                    yield from (f"{field.alias or name}.{path}" for path in below)


ValueT = TypeVar("ValueT")
VendorModelT = TypeVar("VendorModelT", bound=VendorModel)


class RowReader:
    """Reads objects of a body into models; remembers what was left out and why."""

    def __init__(self) -> None:
        self.rejected = 0
        self._remarks: list[str] = []
        self._doubts: set[str] = set()
        self._seen: set[Hashable] = set()

    def read(self, model: type[VendorModelT], item: object) -> VendorModelT | None:
        """Read one object, without the fields that make no sense; None when it is not known what it is."""
        doubts: list[UnreadField] = []
        try:
            found = model.model_validate(item, context=doubts)
        except ValidationError as error:
            field, problem = _complaint(error)
            self.reject(
                "%(name)s: %(field)s %(problem)s.",
                name=_name_of(item),
                field=field or message("it"),
                problem=problem,
            )
            return None
        for each in doubts:
            paths = [""] if each.model is model else [*model.paths_to(each.model)]
            path = paths[0] if len(paths) == 1 else ""  # Of two alike nobody knows which one it was.
            self.doubt(_name_of(item), path + each.field, each.problem)
        if doubts:
            found._unread = frozenset(each.field.partition(".")[0] for each in doubts if each.model is model)
        return found

    def doubt(self, name: str, field: str, problem: object) -> None:
        """A field of this row is not known, and why; the row counts. Said once, however often it is read."""
        text = message("%(name)s: %(field)s %(problem)s.", name=name, field=field, problem=problem)
        if text not in self._doubts:
            self._doubts.add(text)
            self._remarks.append(text)

    def known(
        self, read: Callable[[object], ValueT], value: object, *, name: str, field: str
    ) -> ValueT | None:
        """What this reader makes of a value by itself; None, and a remark, where it makes no sense."""
        try:
            return read(value)
        except ValueError as error:
            self.doubt(name, field, error)
            return None

    def is_first(self, key: Hashable, *, what: str) -> bool:
        """Whether this key is new; what comes twice is left out the second time, because it is ambiguous."""
        if key in self._seen:
            self.reject("%(what)s occurs twice; the first one is kept.", what=what)
            return False
        self._seen.add(key)
        return True

    def reject(self, text: str, /, **values: object) -> None:
        """Leave a row out, with a message that says why."""
        self.rejected += 1
        self.remark(text, **values)

    def remark(self, text: str, /, **values: object) -> None:
        self._remarks.append(message(text, **values))

    def parsed(self, rows: list[Row], *follow: Request, listed: Listed | None = None) -> Parsed:
        """What was read; `listed` counts only where nothing had to be left out of the answer."""
        remarks = self._remarks
        if len(remarks) > MOST_REMARKS:
            remarks = [
                *remarks[:MOST_REMARKS],
                message("… and %(count)s more.", count=len(remarks) - MOST_REMARKS),
            ]
        return Parsed(
            rows=tuple(rows),
            follow=follow,
            remarks=tuple(remarks),
            rejected=self.rejected,
            listed=(listed,) if listed and not self.rejected else (),
        )


NAMED_BY: Final = (
    *("id", "address", "address_hash", "hash", "pairAddress", "contractAddress", "defillamaId"),
    *("symbol", "Symbol", "ACT Symbol", "IssueSymbol", "symbolCode", "recipient", "name", "label"),
)
"""By which of its fields an object is called in a remark, the most telling first."""


def _name_of(item: object) -> str:
    names = (item.get(key) for key in NAMED_BY) if isinstance(item, dict) else ()
    name = next((each for each in names if each and isinstance(each, str)), "")
    return text_of(name)[:80] or message("A row without a name")


def _complaint(error: ValidationError) -> tuple[str, str]:
    """The first thing wrong: the field, "" for the value as a whole, and what is the matter with it."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"]))
    ours = first["msg"].removeprefix("Value error, ")
    return where, COMPLAINTS.get(first["type"], ours)
