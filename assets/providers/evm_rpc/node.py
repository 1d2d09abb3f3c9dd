"""EVM node: one body of questions, and whether its answers can be believed.

Each body asks which chain it is and how new its newest block is, so that a node of another chain, or one
that has stopped, is found out. https://ethereum.github.io/execution-apis. Many questions to contracts go in
one call through Multicall3 (`abi`); a node that can't run it is asked one by one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from assets.providers.evm_rpc.abi import MULTICALL, ContractCall, Returned, aggregate, calls_in, results
from assets.sourcing.contract import RawObservation, RefusedError, Request, UnreadableError
from assets.sourcing.jsonrpc import RpcError, answers, calls, result
from assets.sourcing.messages import message
from assets.sourcing.reading import load_json

MOST_BEHIND: Final = timedelta(hours=1)
"""A node whose newest block is older has stopped, or follows another chain. Our judgement."""
MOST_ONE_BY_ONE: Final = 100
"""Questions that are put one by one: public nodes take a hundred in one body."""
MOST_AHEAD: Final = timedelta(minutes=15)
"""Clocks differ; a block that is newer than our own by more is of a test chain or a clock that is wrong."""
BEFORE: Final = 2
"""What stands before the questions: the chain's number and the newest block."""


@dataclass(frozen=True, slots=True)
class NodeAnswer:
    """A node's answer: the moment of its newest block, each question's words, and what was asked beside."""

    at: datetime
    words: list[Returned | None]
    beside: list[Any]


def ask(
    family: str,
    asked: Sequence[ContractCall],
    context: Mapping[str, str],
    *beside: tuple[str, Sequence[object]],
) -> Request:
    """One body: chain, newest block, the questions through Multicall3, and other calls beside."""
    together = ("eth_call", ({"to": MULTICALL, "data": aggregate(asked)}, "latest"))
    return _request(family, [together], context, beside)


def one_by_one(raw: RawObservation, *, node: str) -> Request | None:
    """The same questions each by itself, where the node can't put them together; None where it did.

    A chain may have no Multicall3, and a node too little gas for it.
    """
    request, body = raw.request, raw.request.body
    if "single" in request.context or not isinstance(body, Sequence):
        return None
    answer = answers(load_json(raw.body), node=node, count=len(body))[BEFORE]
    is_refused = isinstance(answer, RpcError) and not answer.is_limit and not answer.is_pruned
    posted: Any = body[BEFORE]
    asked = calls_in(posted["params"][0]["data"]) if is_refused or answer == "0x" else []
    if not 0 < len(asked) <= MOST_ONE_BY_ONE:
        return None
    each: list[tuple[str, Sequence[object]]] = [
        ("eth_call", ({"to": call.to, "data": "0x" + call.data}, "latest")) for call in asked
    ]
    rest: Any = body[BEFORE + 1 :]
    beside = [(call["method"], call["params"]) for call in rest]
    return _request(request.family, each, {**request.context, "single": str(len(asked))}, beside)


def told(
    raw: RawObservation, count: int, *, beside: int, chain_id: int, node: str, variable: str
) -> NodeAnswer:
    """What a node says that is of this chain and follows it; else the reason why it isn't believed."""
    single = "single" in raw.request.context
    questions = count if single else 1
    every = answers(load_json(raw.body), node=node, count=BEFORE + questions + beside)
    number = quantity(result(every[0], node=node))
    if number != chain_id:
        raise RefusedError(
            "The node is of chain %(found)s and not of %(wanted)s; check %(variable)s.",
            found=number if number is not None else message("no known number"),
            wanted=chain_id,
            variable=variable,
        )
    at = _moment_of(every[1], raw.fetched_at, node=node)
    if raw.fetched_at - at > MOST_BEHIND:
        raise RefusedError(
            "%(provider)s is behind: its newest block is of %(moment)s.",
            provider=node,
            moment=at.isoformat(timespec="minutes"),
        )
    asked = every[BEFORE : BEFORE + questions]
    words = [_words_of(each) for each in asked] if single else _together(asked[0], count, node=node)
    return NodeAnswer(at, words, every[BEFORE + questions :])


def quantity(value: object) -> int | None:
    """A number in hexadecimal digits."""
    if not isinstance(value, str) or not re.fullmatch(r"0x[0-9a-fA-F]{1,64}", value):
        return None
    return int(value, 16)


def _request(
    family: str,
    questions: Sequence[tuple[str, Sequence[object]]],
    context: Mapping[str, str],
    beside: Sequence[tuple[str, Sequence[object]]],
) -> Request:
    head = (("eth_chainId", ()), ("eth_getBlockByNumber", ("latest", False)))
    return Request(family=family, path="", body=calls(*head, *questions, *beside), context=context)


def _together(answer: object, count: int, *, node: str) -> list[Returned | None]:
    digits = result(answer, node=node)
    if digits == "0x":
        raise RefusedError(
            "%(provider)s finds no Multicall3 on its chain, by which many questions go in one call.",
            provider=node,
        )
    words = results(digits, count)
    if words is None:
        raise UnreadableError("%(provider)s sent something other than what was asked.", provider=node)
    return words


def _words_of(answer: object) -> Returned | None:
    """What a single call returned; a contract that isn't there returns nothing."""
    words = None if isinstance(answer, RpcError) else Returned.of(answer)
    return words if words is not None and words.data else None


def _moment_of(block: object, fetched_at: datetime, *, node: str) -> datetime:
    """When the newest block was made; the moment of the answer of a node without that method."""
    if isinstance(block, RpcError) and block.is_unknown_method:
        return fetched_at
    found = result(block, node=node)
    if found is None:
        raise RefusedError(
            "%(provider)s has no blocks: it has yet to catch up with its chain.", provider=node
        )
    seconds = quantity(found.get("timestamp")) if isinstance(found, Mapping) else None
    if seconds is None:
        raise UnreadableError("%(provider)s doesn't say of when its newest block is.", provider=node)
    if seconds > (fetched_at + MOST_AHEAD).timestamp():
        raise RefusedError(
            "%(provider)s says that its newest block is yet to come; its clock or its chain is another.",
            provider=node,
        )
    return min(datetime.fromtimestamp(seconds, UTC), fetched_at)
