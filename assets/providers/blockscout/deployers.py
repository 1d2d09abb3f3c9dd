"""Deployers at Blockscout: when a contract was made, by whom, and which tokens the same person made before.

The transaction that created it tells both, also where a factory made it: who sent the transaction is the
person. Tokens made before are contracts that the same account created and that are tokens, and calls of the
same function of the same factory. What an account with more than a page of transactions did is not known, nor
what other factories did in its name.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from assets.metrics.families import CONTRACT
from assets.providers.blockscout.calls import call, is_last_page, items_in, token_of
from assets.sourcing.contract import Parsed, RawObservation, Request, UnreadableError
from assets.sourcing.reading import Moment, Name, RowReader, Text, VendorModel, address_of
from assets.sourcing.rows import ContractRow

MOST_LOOKED_AT: Final = 5
"""Contracts that are looked up: whoever made so many tokens is no beginner, however many there are beside."""
MAKES: Final = re.compile(r"create|deploy|launch|clone", re.IGNORECASE)
"""Names of functions by which factories make contracts."""
FINE: Final = "ok"
TRANSACTION: Final = re.compile(r"0x[0-9a-f]{64}")


class BlockscoutParty(VendorModel):
    hash: Text = ""


class BlockscoutTransaction(VendorModel):
    """`to` is null where it creates a contract by itself."""

    hash: Name
    timestamp: Moment = None
    status: Text = ""
    method: Text = ""
    to: BlockscoutParty | None = None
    created_contract: BlockscoutParty | None = None


def creation_call(chain: str, token: str, transaction: str) -> tuple[Request, ...]:
    """Asks for the transaction that created the token; nothing where it has no such name."""
    named = transaction.casefold()
    if not TRANSACTION.fullmatch(named):
        return ()
    return (call(CONTRACT, "transactions", chain, named, along={"token": token}),)


def read_creation(body: Mapping[str, Any], raw: RawObservation) -> Parsed:
    """When it was made; what the person made before is asked for next."""
    context, reader = raw.request.context, RowReader()
    made = reader.read(BlockscoutTransaction, body)
    sender = reader.read(BlockscoutParty, body.get("from"))
    if made is None or made.hash.casefold() != context["address"]:
        raise UnreadableError(
            "Blockscout sent something other than the transaction %(hash)s.", hash=context["address"]
        )
    if made.timestamp is None or made.timestamp > raw.fetched_at:
        reader.remark("Its creation date is unknown.")
        return reader.parsed([])
    row = ContractRow(asset=token_of(raw), as_of=raw.fetched_at, deployed_at=made.timestamp)
    person = address_of(sender.hash) if sender else ""
    if not person:
        return reader.parsed([row])
    factory = address_of(made.to.hash) if made.to else ""
    along = {
        "token": context["token"],
        "before": made.timestamp.isoformat(),
        "factory": factory if made.created_contract is None else "",
        "method": made.method[:160],
    }
    history = call(
        CONTRACT,
        "addresses",
        context["chain"],
        person,
        tail="/transactions",
        body="history",
        params={"filter": "from"},
        along=along,
    )
    return reader.parsed([row], history)


def read_history(body: Mapping[str, Any], raw: RawObservation) -> Parsed:
    """How many tokens the person made before; what may be a token is looked up, one after the other."""
    context, reader = raw.request.context, RowReader()
    items, person = items_in(body), context["address"]
    if items is None:
        raise UnreadableError(
            "Blockscout sent something other than the transactions of %(address)s.",
            address=context["address"],
        )
    every = [reader.read(BlockscoutTransaction, item) for item in items]
    readable = [each for each in every if each is not None and each.timestamp is not None]
    if not is_last_page(body) or len(readable) < len(every) or not readable:
        reader.remark(
            "What %(person)s made before is not known: not all its transactions are on one page.",
            person=person,
        )
        return reader.parsed([])
    before = datetime.fromisoformat(context["before"])
    earlier = [
        each for each in readable if each.timestamp and each.timestamp < before and each.status == FINE
    ]
    created = [each.created_contract.hash for each in earlier if each.created_contract]
    others = [each for each in earlier if each.created_contract is None]
    alike = [each for each in others if _is_alike(each, context)]
    if any(MAKES.search(each.method) and not _is_alike(each, context) for each in others):
        reader.remark(
            "%(person)s called other factories; what they made is not known.", person=context["address"]
        )
        return reader.parsed([])
    asked = [address for each in created if (address := address_of(each))]
    if len(asked) < len(created):
        return reader.parsed([])
    return _next(asked[:MOST_LOOKED_AT], len(alike), raw, reader, is_whole=len(asked) <= MOST_LOOKED_AT)


def _is_alike(each: BlockscoutTransaction, context: Mapping[str, str]) -> bool:
    """Whether it calls what made this token."""
    is_same = (
        each.to is not None and bool(context["factory"]) and address_of(each.to.hash) == context["factory"]
    )
    return is_same and each.method == context["method"]


def read_earlier(body: Mapping[str, Any] | None, raw: RawObservation) -> Parsed:
    """Whether a contract is a token: it isn't where the answer is that there is none (None)."""
    context, reader = raw.request.context, RowReader()
    is_token = body is not None and address_of(body.get("address_hash") or "") == context["address"]
    if body is not None and not is_token:
        raise UnreadableError(
            "Blockscout sent something other than the token %(address)s.", address=context["address"]
        )
    count, is_whole = int(context["count"]) + is_token, bool(context["is_whole"])
    return _next(json.loads(context["left"]), count, raw, reader, is_whole=is_whole)


def _next(
    left: Sequence[str], count: int, raw: RawObservation, reader: RowReader, *, is_whole: bool
) -> Parsed:
    context = raw.request.context
    if left:
        along = {
            "token": context["token"],
            "left": json.dumps([*left[1:]]),
            "count": str(count),
            "is_whole": "yes" if is_whole else "",
        }
        return reader.parsed(
            [], call(CONTRACT, "tokens", context["chain"], left[0], body="earlier", along=along)
        )
    if not is_whole and count < MOST_LOOKED_AT:
        reader.remark("Its deployer made more contracts before than were examined.")
        return reader.parsed([])
    row = ContractRow(asset=token_of(raw), as_of=raw.fetched_at, creator_earlier_tokens=count)
    return reader.parsed([row])
