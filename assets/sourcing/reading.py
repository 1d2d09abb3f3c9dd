"""Payload parsing: JSON that can be trusted, numbers that are numbers, and a reader of rows.

A broken body is refused as a whole (`UnreadableError`); a broken row is left out with a
remark and the others land. Null always reads as None: not known.
"""

import json
import re
import unicodedata
from collections.abc import Hashable
from datetime import UTC, datetime
from decimal import Context, Decimal, InvalidOperation
from typing import Annotated, Any, Final, NoReturn, TypeVar
from urllib.parse import quote, urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from assets.sourcing.contract import Parsed, Request, UnreadableError
from assets.sourcing.messages import message
from assets.sourcing.rows import Row

MOST_LEVELS: Final = 32
"""JSON nested deeper than this is no answer of any provider."""

ABSURD: Final = Decimal("1e30")
"""No price, supply or amount is this large; it is also where the database's columns end."""

PLACES: Final = 30
SMALLEST: Final = Decimal(1).scaleb(-PLACES)
WIDE: Final = Context(prec=2 * PLACES + 1)

EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
MILLISECONDS_FROM: Final = Decimal("1e11")
"""An epoch above this counts milliseconds: as seconds it would be the year 5138."""

MOST_REMARKS: Final = 20

COMPLAINTS: Final = {
    "missing": message("is missing"),
    "model_type": message("is not an object"),
}
"""What the library says in its own way; all else is said by the functions below."""

HARMED: Final = (
    message("is negative"),
    message("is absurdly large"),
    message("is not a finite number"),
    message("is less than nothing"),
)
"""Complaints about what no provider means to say: the body may have come to harm on its way."""

HEX: Final = re.compile(r"0[xX][0-9a-fA-F]+")

# Bodies ---------------------------------------------------------------------------


def load_json(body: bytes) -> Any:
    """Read a body; fractions become `Decimal`, so that no digit is lost. NaN and deep nesting are refused."""
    if not body.strip():
        raise UnreadableError("The body is empty.")
    try:
        value = json.loads(body, parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, RecursionError, InvalidOperation) as error:
        raise UnreadableError(
            "The body is not JSON that can be read: %(reason)s.", reason=_short(error)
        ) from error
    layer = [value]
    for _level in range(MOST_LEVELS):
        layer = [child for each in layer for child in _children(each)]
        if not layer:
            return value
    raise UnreadableError("The body is nested deeper than %(levels)s levels.", levels=MOST_LEVELS)


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


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(message("it contains %(name)s", name=name))


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
    """Zero or more: volumes, reserves, depths."""
    number = decimal_of(value)
    if number is not None and number < 0:
        raise ValueError(message("is negative"))
    return None if number is None else number.copy_abs()


def positive_of(value: object) -> Decimal | None:
    """More than zero: prices, caps, supplies. Providers write 0 there for what they do not know."""
    return amount_of(value) or None


def change_of(percent: object) -> float | None:
    """A change in percent as a share; nothing can fall by more than all of it."""
    number = decimal_of(percent)
    if number is not None and number < -100:
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
    if number != number.to_integral_value() or number > 2**31 - 1:
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
    """One line of text without characters that can't be seen: they break databases and disguise names."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(message("is not a text"))
    visible = (each if unicodedata.category(each)[0] != "C" else " " for each in value)
    return " ".join("".join(visible).split())


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


class VendorModel(BaseModel):
    """One object of a vendor's body: the fields we read, each of them optional unless it is a `Name`."""

    model_config = ConfigDict(extra="ignore", frozen=True)


VendorModelT = TypeVar("VendorModelT", bound=VendorModel)


class RowReader:
    """Reads objects of a body into models; remembers which were left out and why."""

    def __init__(self) -> None:
        self.rejected = 0
        self.is_suspicious = False
        self._remarks: list[str] = []
        self._seen: set[Hashable] = set()

    def read(self, model: type[VendorModelT], item: object) -> VendorModelT | None:
        """Read one object; None when it is broken."""
        try:
            return model.model_validate(item)
        except ValidationError as error:
            field, problem = _complaint(error)
            self.reject("%(name)s: %(field)s %(problem)s.", name=_name_of(item), field=field, problem=problem)
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
        self.is_suspicious |= message(text, **values).rstrip(".").endswith(HARMED)
        self.remark(text, **values)

    def remark(self, text: str, /, **values: object) -> None:
        self._remarks.append(message(text, **values))

    def parsed(self, rows: list[Row], *follow: Request) -> Parsed:
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
            suspicious=self.is_suspicious,
        )


def _name_of(item: object) -> str:
    name = item.get("id") or item.get("address") if isinstance(item, dict) else None
    return (text_of(name)[:80] if isinstance(name, str) else "") or message("A row without a name")


def _complaint(error: ValidationError) -> tuple[str, str]:
    """The first thing wrong: the field, and what is the matter with it."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"])) or message("it")
    ours = first["msg"].removeprefix("Value error, ")
    return where, COMPLAINTS.get(first["type"], ours)
