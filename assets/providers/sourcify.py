"""Sourcify: whether the source of a contract on an EVM chain is published, whether its code can be replaced.

https://docs.sourcify.dev/docs/api, version 2. Needs no key. A match is a source that compiles to the code on
the chain: "exact_match" where its metadata agree as well, "match" where they don't; either can be read.

It is a register of what was handed in, not of all there is: a contract that it doesn't have (404, the match
null) may be published elsewhere. So it confirms a source and never denies one.
"""

from http import HTTPStatus
from typing import Final

from assets.identity.chains import TO_CHAIN_ID, address_on, namespace_of
from assets.identity.checksums import EVM_LOWERCASE
from assets.metrics.families import CONTRACT, TOKEN
from assets.sourcing.contract import (
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    RefusedError,
    Request,
    UnreadableError,
)
from assets.sourcing.messages import message
from assets.sourcing.reading import Flag, Name, RowReader, Text, VendorModel, address_of, load_json
from assets.sourcing.rows import AssetRef, ContractRow, Identifier

FIELDS: Final = "proxyResolution,deployment"
"""Asked for beside what is always told: the matches, chain and address."""

UNSUPPORTED_CHAIN: Final = "unsupported_chain"
MATCHES: Final = frozenset({"match", "exact_match"})
FIXED_PROXIES: Final = frozenset({"EIP1167Proxy", "FixedProxy"})
"""They point to one contract for ever. Source: eips.ethereum.org/EIPS/eip-1167; ProxyType of the API."""


class SourcifyError(VendorModel):
    customCode: Text = ""  # noqa: N815 - the vendor's name
    message: Text = ""


class SourcifyProxy(VendorModel):
    """Where it could not be found out there is an error in the place of `isProxy`."""

    isProxy: Flag = None  # noqa: N815
    proxyType: Text = ""  # noqa: N815


class SourcifyDeployment(VendorModel):
    deployer: Text = ""


class SourcifyContract(VendorModel):
    """`match` is the better one of the two others."""

    address: Name
    match: Text = ""
    creationMatch: Text = ""  # noqa: N815
    runtimeMatch: Text = ""  # noqa: N815
    proxyResolution: SourcifyProxy | None = None  # noqa: N815
    deployment: SourcifyDeployment | None = None


class Sourcify(Provider):
    name = "sourcify"
    title = "Sourcify"
    website = "https://sourcify.dev"
    attribution = message("Verified sources by Sourcify")
    default_url = "https://sourcify.dev/server"
    # It publishes no limit and refuses with 429; a public good is asked no oftener than once a second.
    rate = Rate(calls=60, per_s=60)
    families = (CONTRACT,)
    fields = {
        CONTRACT: "verified_source creator_address proxy",
    }
    per_asset = frozenset({CONTRACT})
    one_by_one = message("token by token")
    namespaces = tuple(map(namespace_of, TO_CHAIN_ID))
    known_by = message("contract on an EVM chain")

    def accepts(self, request: Request, status_code: int) -> bool:
        """A contract that it doesn't have is an answer, and so is a chain that it doesn't cover."""
        return status_code in {HTTPStatus.OK, HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST}

    def is_name(self, namespace: str, value: str) -> bool:
        return bool(EVM_LOWERCASE.fullmatch(value))

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        namespace, address = known[0]  # At home: a bridged copy is not the asset's contract.
        chain = namespace.removeprefix("address:")
        call = Request(
            family=CONTRACT,
            path=f"/v2/contract/{TO_CHAIN_ID[chain]}/{address}",
            params={"fields": FIELDS},
            context={"chain": chain, "address": address},
        )
        return (call,)

    def parse(self, raw: RawObservation) -> Parsed:
        body, context, reader = load_json(raw.body), raw.request.context, RowReader()
        if raw.status_code == HTTPStatus.BAD_REQUEST:
            return _refused(body, reader, chain=context["chain"])
        contract = reader.read(SourcifyContract, body)
        if contract is None or "match" not in body or address_of(contract.address) != context["address"]:
            raise UnreadableError(
                "Sourcify sent something other than the contract %(address)s.", address=context["address"]
            )
        if not {contract.match, contract.creationMatch, contract.runtimeMatch} & MATCHES:
            reader.remark(
                "Sourcify has no source of %(address)s; it may be published elsewhere.",
                address=context["address"],
            )
            return reader.parsed([])
        row = ContractRow(
            asset=AssetRef(
                kind=TOKEN,
                identifiers=(address_on(context["chain"], context["address"]),),
                chain=context["chain"],
            ),
            as_of=raw.fetched_at,
            verified_source=True,
            proxy=_is_proxy(contract.proxyResolution, reader),
            creator_address=_creator(contract.deployment),
        )
        return reader.parsed([row])


def _refused(body: object, reader: RowReader, *, chain: str) -> Parsed:
    error = reader.read(SourcifyError, body) or SourcifyError()
    if error.customCode != UNSUPPORTED_CHAIN:
        raise RefusedError(
            "%(provider)s refused: %(reason)s.",
            provider=Sourcify.title,
            reason=error.message[:200].rstrip(".") or message("no reason given"),
        )
    reader.remark("Sourcify has no contracts of the chain %(chain)s.", chain=chain)
    return reader.parsed([])


def _is_proxy(resolved: SourcifyProxy | None, reader: RowReader) -> bool | None:
    """Whether its code can be replaced; None where that was not found out."""
    if resolved is None or resolved.isProxy is None:
        return None
    if resolved.proxyType in FIXED_PROXIES:
        reader.remark("It is a clone of another contract; whether that one can be replaced is not known.")
        return None
    return resolved.isProxy or bool(resolved.proxyType)


def _creator(deployment: SourcifyDeployment | None) -> str:
    creator = address_of(deployment.deployer) if deployment else ""
    return creator if EVM_LOWERCASE.fullmatch(creator) else ""
