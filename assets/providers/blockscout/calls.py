"""Calls to Blockscout: paths of a chain's explorer, what a request carries, and pages that follow."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from assets.identity.chains import TO_CHAIN_ID, address_on
from assets.metrics.families import TOKEN
from assets.sourcing.contract import RawObservation, Request
from assets.sourcing.rows import AssetRef

MOST_PARAMETERS: Final = 20
LONGEST: Final = 100


def call(
    family: str,
    route: str,
    chain: str,
    named: str,
    *,
    tail: str = "",
    body: str = "",
    params: Mapping[str, str] | None = None,
    along: Mapping[str, str] | None = None,
) -> Request:
    """`body` says how the answer is read; the tail or the route, where it is not given. `along` is what the
    reader must know beside."""
    return Request(
        family=family,
        path=f"/{TO_CHAIN_ID[chain]}/api/v2/{route}/{quote(named, safe='')}{tail}",
        params=params or {},
        context={
            **{"body": body or tail.strip("/") or route, "chain": chain, "address": named},
            **(along or {}),
        },
    )


def next_page(body: Mapping[str, Any]) -> dict[str, str] | None:
    """The parameters of the page that follows, as they are to be sent; None of the last page, and where they
    make no sense."""
    told = body.get("next_page_params")
    if not isinstance(told, Mapping) or not 0 < len(told) <= MOST_PARAMETERS:
        return None
    values = {key: _text(value) for key, value in told.items()}
    texts = {key: value for key, value in values.items() if value is not None}
    return texts if all(len(each) <= LONGEST for pair in texts.items() for each in pair) else None


def is_last_page(body: Mapping[str, Any]) -> bool:
    """Whether it says that nothing follows; a body that does not speak of it says nothing."""
    return "next_page_params" in body and body["next_page_params"] is None


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (str, int)) and str(value).isprintable() else None


def token_of(raw: RawObservation, *, symbol: str = "", name: str = "") -> AssetRef:
    """The token that a call is about: `token` of its context, or the address that it asks for."""
    context = raw.request.context
    address = context.get("token", context["address"])
    return AssetRef(
        kind=TOKEN,
        identifiers=(address_on(context["chain"], address),),
        symbol=symbol,
        name=name,
        chain=context["chain"],
    )


def objects_in(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def items_in(body: Mapping[str, Any]) -> Sequence[Any] | None:
    items = body.get("items")
    return items if isinstance(items, list) else None
