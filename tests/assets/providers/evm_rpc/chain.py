"""An invented chain: contracts that answer what they are told to, through Multicall3 or one by one."""

import json

from assets.providers.evm_rpc.abi import MULTICALL, WORD, ContractCall, calls_in, selector, word


def words(*values):
    """A returned value of these words, in hexadecimal digits."""
    return "0x" + "".join(map(word, values))


def text(value):
    data = value.encode().hex()
    return words(WORD, len(value.encode())) + data + "0" * (-len(data) % 64)


def aggregated(results):
    """What `aggregate3` returns: None stands for a call that failed."""
    bodies = []
    for each in results:
        data = "" if each is None else each[2:]
        size = len(data) // 2
        bodies.append(
            word(int(each is not None)) + word(2 * WORD) + word(size) + data + "0" * (-len(data) % 64)
        )
    heads, at = "", WORD * len(bodies)
    for body in bodies:
        heads += word(at)
        at += len(body) // 2
    return "0x" + word(WORD) + word(len(bodies)) + heads + "".join(bodies)


def code_with(*signatures, tail="00"):
    """Code that compares with these functions' selectors, as solc writes it."""
    return "0x" + "".join(f"8063{selector(each)}1461ffff57" for each in signatures) + tail


class Chain:
    """`says` is by contract, question and arguments; `beside` by method and first two parameters."""

    def __init__(self, number=8453, *, block=None):
        self.number, self.block, self.contracts, self.beside = number, block, {}, {}
        self.trials = {}
        self.has_multicall = True

    def says(self, contract, question, *arguments, answer):
        self.contracts[contract, ContractCall.of(contract, question, *arguments).data] = answer
        return self

    def lets(self, who, contract, question, *arguments, answer="0x"):
        """An attempt that goes through; all others are turned down."""
        self.trials[who, contract, ContractCall.of(contract, question, *arguments).data] = answer
        return self

    def answer(self, request):
        """The body with which a node of this chain answers."""
        lines = [self._line(call) | {"jsonrpc": "2.0", "id": call["id"]} for call in request.body]
        return json.dumps(lines).encode()

    def _line(self, call):
        method, params = call["method"], call["params"]
        if method == "eth_chainId":
            return {"result": hex(self.number)}
        if method == "eth_getBlockByNumber" and self.block is not None:
            return {"result": {"number": "0x5", "timestamp": hex(int(self.block.timestamp()))}}
        if method == "eth_call":
            return self._call(params[0])
        found = self.beside.get((method, *params[:2]))
        return (
            {"error": {"code": -32601, "message": "Method not found"}} if found is None else {"result": found}
        )

    def _call(self, asked):
        if asked["to"] != MULTICALL:
            if "from" in asked:
                found = self.trials.get((asked["from"], asked["to"], asked["data"][2:]))
                return (
                    {"error": {"code": 3, "message": "execution reverted"}}
                    if found is None
                    else {"result": found}
                )
            found = self.contracts.get((asked["to"], asked["data"][2:]))
            return (
                {"error": {"code": 3, "message": "execution reverted"}}
                if found is None
                else {"result": found}
            )
        if not self.has_multicall:
            return {"result": "0x"}
        return {
            "result": aggregated(
                [self.contracts.get((each.to, each.data)) for each in calls_in(asked["data"])]
            )
        }
