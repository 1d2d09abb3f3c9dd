"""JSON-RPC 2.0: calls to a node of a blockchain, several in one body, and what it answers to each.

https://www.jsonrpc.org/specification. Nodes answer with HTTP 200 and an error inside, or with the status of
the error; the codes are theirs: https://solana.com/docs/rpc and EIP-1474, https://eips.ethereum.org/EIPS/eip-1474.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assets.sourcing.contract import (
    DamagedError,
    Json,
    LimitError,
    ProviderError,
    RefusedError,
    UnreadableError,
)
from assets.sourcing.messages import message
from assets.sourcing.reading import text_of

UNKNOWN_METHOD: Final = -32601
LIMITED: Final = frozenset({429, -32005, -32029, -32090, -32097})
"""Rate limits: EIP-1474 (-32005, which Solana uses for a node that is behind), and what nodes use beside."""
LIMITED_WORDS: Final = re.compile(
    r"rate.?limit|too many requests|request limit|compute units|capacity|is behind"
)
PRUNED_WORDS: Final = re.compile(
    r"missing trie node|pruned|archive|historical state|header not found|not available for slot"
    r"|no state available|state is not available|cleaned up"
)
"""A node that keeps only the newest states; texts of geth, Erigon, Nethermind, Reth and Agave."""
REVERT_WORDS: Final = re.compile(r"revert|invalid opcode")
"""Texts of geth, Erigon, Nethermind, Besu and Reth where a contract turned a call down."""
WAIT_S: Final = 15.0


@dataclass(frozen=True, slots=True)
class RpcError:
    """An error object; `code` is None where the node tells none."""

    code: int | None
    text: str

    @property
    def is_limit(self) -> bool:
        return self.code in LIMITED or bool(LIMITED_WORDS.search(self.text.casefold()))

    @property
    def is_pruned(self) -> bool:
        return bool(PRUNED_WORDS.search(self.text.casefold()))

    @property
    def is_revert(self) -> bool:
        """Whether a contract turned the call down. Code 3 alone does not say so: nodes refuse with it too."""
        return bool(REVERT_WORDS.search(self.text.casefold()))

    @property
    def is_unknown_method(self) -> bool:
        return self.code == UNKNOWN_METHOD

    def as_problem(self, node: str) -> ProviderError:
        """What a person is told, and whether it is worth another try."""
        if self.is_pruned:
            return RefusedError(
                "%(provider)s no longer has the history that was asked for; an archive node has it.",
                provider=node,
            )
        if self.is_limit:
            return LimitError(
                "%(provider)s wants fewer calls, or is behind: %(reason)s.",
                provider=node,
                reason=self.text,
                retry_after_s=WAIT_S,
            )
        return RefusedError("%(provider)s refused: %(reason)s.", provider=node, reason=self.text)


def call(method: str, *params: object, number: int = 1) -> dict[str, Any]:
    """One call as it is posted."""
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": list(params)}


def calls(*wanted: tuple[str, Sequence[object]]) -> Json:
    """Several calls in one body, numbered from 1."""
    return [call(method, *params, number=place) for place, (method, params) in enumerate(wanted, 1)]


def answers(body: object, *, node: str, count: int) -> list[Any]:
    """By place of the call its result, or an `RpcError`.

    `UnreadableError` where the body answers something else, `DamagedError` where it answers a part of them:
    asked again a node mostly answers the rest. An error for all of them is raised.
    """
    if isinstance(body, Mapping):
        one = _answer(body)
        if isinstance(one, RpcError) and (count > 1 or body.get("id") is None):
            raise one.as_problem(node)
        body = [body]
    if not isinstance(body, list):
        raise _unreadable(node)
    by_number: dict[Any, Any] = {}
    for each in body:
        number = each.get("id") if isinstance(each, Mapping) else None
        if isinstance(number, int) and not isinstance(number, bool) and number not in by_number:
            by_number[number] = _answer(each)
    wanted = {*range(1, count + 1)}
    if by_number.keys() & wanted and not by_number.keys() >= wanted:
        raise DamagedError(
            "%(provider)s answered %(answered)s of %(asked)s calls of one body.",
            provider=node,
            answered=len(by_number.keys() & wanted),
            asked=count,
        )
    if not by_number.keys() >= wanted:
        raise _unreadable(node)
    return [by_number[place] for place in range(1, count + 1)]


def error_of(body: object) -> RpcError | None:
    """The first error in a body, of all calls together or of one of them."""
    for each in body if isinstance(body, list) else [body]:
        answer = _answer(each) if isinstance(each, Mapping) else None
        if isinstance(answer, RpcError):
            return answer
    return None


def result(answer: object, *, node: str) -> Any:
    """The answer itself; an error is raised as what it means to a person."""
    if isinstance(answer, RpcError):
        raise answer.as_problem(node)
    return answer


def _answer(body: Mapping[str, Any]) -> Any:
    """The result, None included; an error where one is told, or neither."""
    error = body.get("error")
    if error is None and "result" in body:
        return body["result"]
    told = error if isinstance(error, Mapping) else {}
    code, text = told.get("code"), told.get("message", error if isinstance(error, str) else None)
    return RpcError(
        code if isinstance(code, int) and not isinstance(code, bool) else None,
        (text_of(text)[:200].rstrip(".") if isinstance(text, str) else "") or message("no reason given"),
    )


def _unreadable(node: str) -> UnreadableError:
    return UnreadableError("%(provider)s answered something other than what was asked.", provider=node)
