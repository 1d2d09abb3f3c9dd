"""Etherscan V2: whether a contract's source is published, whether it can be replaced, who made it and when.

https://docs.etherscan.io/api-reference. Needs a key, which its interface takes in the query only; one
key serves all chains. Holders of a token are shown to paying plans only, so it is not asked for.

Errors come with HTTP 200 and status "0"; so does an empty answer ("No data found"). Status "2", from
servers that speak the same language, says that the answer is not ready yet.
"""

from collections.abc import Mapping
from typing import Any, Final

from assets.identity.chains import TO_CHAIN_ID, address_on, namespace_of
from assets.identity.checksums import EVM_LOWERCASE
from assets.metrics.families import CONTRACT, TOKEN
from assets.sourcing.contract import (
    LimitError,
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    TransientError,
    UnreadableError,
)
from assets.sourcing.messages import message
from assets.sourcing.reading import Moment, Name, RowReader, Text, VendorModel, address_of, load_json, text_of
from assets.sourcing.rows import AssetRef, ContractRow, Identifier

SOURCE: Final = "getsourcecode"
CREATION: Final = "getcontractcreation"
ADDRESSED: Final = {SOURCE: "address", CREATION: "contractaddresses"}
"""How each action calls the address it is asked about."""

PASSING: Final = ("rate limit", "timeout", "too busy", "busy, please")
"""Complaints that another try may spare us."""

NOTHING: Final = ("no data found", "no transactions found", "no records found")
FLAGS: Final = {"1": True, "0": False}


class EtherscanSource(VendorModel):
    SourceCode: Text = ""
    Proxy: Text = ""
    Implementation: Text = ""


class EtherscanCreation(VendorModel):
    contractAddress: Name  # noqa: N815 - the vendor's name
    contractCreator: Text = ""  # noqa: N815
    timestamp: Moment = None


class Etherscan(Provider):
    name = "etherscan"
    title = "Etherscan"
    website = "https://etherscan.io"
    attribution = message("Powered by Etherscan APIs")
    default_url = "https://api.etherscan.io/v2"
    rate = Rate(calls=3, per_s=1)
    daily_calls = 100_000
    families = (CONTRACT,)
    fields = {
        CONTRACT: "verified_source creator_address proxy deployed_at",
    }
    per_asset = frozenset({CONTRACT})
    one_by_one = message("token by token")
    namespaces = tuple(map(namespace_of, TO_CHAIN_ID))
    known_by = message("contract on an EVM chain")
    needs_key = True

    def secret_params(self) -> dict[str, str]:
        return {"apikey": self.key} if self.key else {}

    def is_name(self, namespace: str, value: str) -> bool:
        return bool(EVM_LOWERCASE.fullmatch(value))

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        namespace, address = known[0]  # At home: a bridged copy is not the asset's contract.
        return (_request(SOURCE, namespace.removeprefix("address:"), address),)

    def parse(self, raw: RawObservation) -> Parsed:
        body, context = load_json(raw.body), raw.request.context
        if not isinstance(body, dict) or "status" not in body:
            raise UnreadableError("Etherscan sent something other than the answer it promises.")
        items = body.get("result")
        if str(body["status"]) != "1":
            self._complain(body)
            items = []
        if not isinstance(items, list):
            raise UnreadableError("Etherscan sent no list about %(address)s.", address=context["address"])
        return (_source if context["action"] == SOURCE else _creation)(items, raw)

    def _complain(self, body: Mapping[str, Any]) -> None:
        """Raise what a status other than "1" means; silence means that there is nothing to tell."""
        reasons = [body.get("message"), body.get("result")]
        texts = [text_of(each) for each in reasons if isinstance(each, str)]
        complaint = " ".join(texts).lower()
        if str(body["status"]) == "2":
            raise TransientError("Etherscan has not finished its answer.")
        if any(sign in complaint for sign in PASSING):
            raise LimitError(
                "%(provider)s wants us to wait: %(reason)s.",
                provider=Etherscan.title,
                reason=self._shown(texts),
            )
        if not any(sign in complaint for sign in NOTHING):
            raise self.refusal(self._shown(texts))

    def _shown(self, texts: list[str]) -> str:
        """The reason given, which may repeat our key."""
        reason = next(
            (each for each in reversed(texts) if each and each != "NOTOK"), message("no reason given")
        )
        return (reason.replace(self.key, "…") if self.key else reason)[:200].rstrip(".")


# Calls --------------------------------------------------------------------------------


def _request(action: str, chain: str, address: str, **context: str) -> Request:
    params = {"chainid": str(TO_CHAIN_ID[chain]), "module": "contract", "action": action}
    return Request(
        family=CONTRACT,
        path="/api",
        params=params | {ADDRESSED[action]: address},
        context={"action": action, "chain": chain, "address": address} | context,
    )


# Bodies -------------------------------------------------------------------------------


def _source(items: list[Any], raw: RawObservation) -> Parsed:
    """Source and proxy; the creation is asked for next, and reported together with them."""
    context, reader = raw.request.context, RowReader()
    source = reader.read(EtherscanSource, items[0]) if items else None
    if source is None:
        reader.remark(
            "Etherscan does not say whether the source of %(address)s is published.",
            address=context["address"],
        )
        return reader.parsed([], _request(CREATION, context["chain"], context["address"]))
    is_verified, is_proxy = bool(source.SourceCode), FLAGS.get(source.Proxy)
    if is_proxy is False and (source.Implementation or not is_verified):
        is_proxy = True if source.Implementation else None  # Nobody looks for a proxy in unknown code.
    flags = {"verified": is_verified, "proxy": is_proxy}
    known = {key: str(int(flag)) for key, flag in flags.items() if flag is not None}
    follow = _request(CREATION, context["chain"], context["address"], **known)
    return reader.parsed([_row(raw, known)], follow)


def _creation(items: list[Any], raw: RawObservation) -> Parsed:
    context, reader = raw.request.context, RowReader()
    read = (reader.read(EtherscanCreation, item) for item in items)
    ours = (each for each in read if each and address_of(each.contractAddress) == context["address"])
    creation = next(ours, None)
    if creation is None:
        reader.remark("Etherscan knows of no creation of %(address)s.", address=context["address"])
        return reader.parsed([])
    return reader.parsed([_row(raw, context, creation)])


def _row(
    raw: RawObservation, flags: Mapping[str, str], creation: EtherscanCreation | None = None
) -> ContractRow:
    chain, address = raw.request.context["chain"], raw.request.context["address"]
    deployed_at = creation.timestamp if creation else None
    return ContractRow(
        asset=AssetRef(kind=TOKEN, identifiers=(address_on(chain, address),), chain=chain),
        as_of=raw.fetched_at,
        verified_source=FLAGS.get(flags.get("verified", "")),
        proxy=FLAGS.get(flags.get("proxy", "")),
        creator_address=address_of(creation.contractCreator)[:128] if creation else "",
        deployed_at=deployed_at if deployed_at and deployed_at <= raw.fetched_at else None,
    )
