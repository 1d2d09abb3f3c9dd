"""Offline ccxt: the module of one exchange, loaded when it is needed, whose calls end with us.

Importing ccxt as a package loads every exchange: 1.4 s and 83 MB, each time that a worker starts.
One exchange alone takes 0.3 s and 39 MB, so only its module is loaded. https://docs.ccxt.com.
"""

import importlib
import importlib.util
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from assets.identity.venues import is_exchange
from assets.sourcing.contract import RefusedError, TransientError, UnreadableError, UnsupportedError
from assets.sourcing.reading import text_of

LOADING: Final = threading.Lock()

STUMBLES: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    NameError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What ccxt fails with on a body of another shape than it expects; all else is an `errors.BaseError`."""


class NoSuchPairError(Exception):
    """The exchange does not trade this pair. An answer, not a failure."""


@cache
def _class_of(name: str) -> Any:
    """The class of one exchange, without running the package's own `__init__`, which loads them all."""
    if not is_exchange(name):
        raise UnsupportedError("ccxt has no exchange %(name)s.", name=repr(name))
    with LOADING:
        package = sys.modules.get("ccxt")
        if package is None:
            spec = importlib.util.find_spec("ccxt")
            if spec is None:
                raise UnsupportedError("ccxt is not installed.")
            sys.modules["ccxt"] = importlib.util.module_from_spec(spec)
        try:
            return getattr(importlib.import_module(f"ccxt.{name}"), name)
        finally:
            if package is None:  # Who imports ccxt after us gets it whole.
                del sys.modules["ccxt"]


def offline_exchange(name: str, options: Mapping[str, Any], fetch: Callable[..., object]) -> Any:
    """ccxt's view of an exchange, whose every call ends in `fetch`; making one takes 2 ms."""
    exchange = _class_of(name)({"enableRateLimit": False})
    exchange.options.update(options)
    exchange.session.close()
    exchange.session = None  # What its own HTTP needs.
    exchange.fetch = fetch
    return exchange


def raise_errors_in(exchange: Any, status_code: int, text: str, answer: object) -> None:
    """Raise what ccxt finds wrong in an answer, in the words of a provider; `NoSuchPairError` for a pair."""
    name = exchange.id
    with reading_answer(name):
        errors: Any = sys.modules["ccxt.base.errors"]
        try:
            exchange.handle_errors(status_code, "", "", "GET", {}, text, answer, {}, None)
        except errors.BadSymbol as error:
            raise NoSuchPairError from error
        except errors.NetworkError as error:
            raise TransientError(
                "%(provider)s is busy or away: %(reason)s.", provider=name, reason=_reason(name, error)
            ) from error
        except errors.BaseError as error:
            raise RefusedError(
                "%(provider)s refused: %(reason)s.", provider=name, reason=_reason(name, error)
            ) from error


@contextmanager
def reading_answer(name: str) -> Iterator[None]:
    """Whatever ccxt fails with while it reads: the answer is not what it expects."""
    _class_of(name)
    errors: Any = sys.modules["ccxt.base.errors"]
    try:
        yield
    except (errors.BaseError, *STUMBLES) as error:
        raise UnreadableError(
            "%(provider)s sent something other than it promises: %(reason)s.",
            provider=name,
            reason=_reason(name, error),
        ) from error


def _reason(name: str, error: BaseException) -> str:
    return text_of(str(error)).removeprefix(name).strip()[:200].rstrip(".") or type(error).__name__
