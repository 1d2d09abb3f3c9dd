"""honeypot.is: a simulated purchase and sale of a token on an EVM chain, and what its holders could sell.

https://docs.honeypot.is/ishoneypot. Needs no key; taxes are in percent, counts of holders are texts. A token
without a pool is answered with 404: there is nothing to simulate.

That a trial fails may say two things: the pool is empty, or whoever buys can't sell. The answer calls both a
honeypot, and writes a tax of 100 % where no sale took place; a trade that took place has used gas. So an
empty pool is told as a pool without reserves, and a trap where the pool isn't empty, or where the sales of
those who hold it were tried and failed.
"""

from collections.abc import Iterator
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Final

from assets.identity.chains import TO_CHAIN_ID, address_on, namespace_of, pool_on
from assets.identity.checksums import EVM_LOWERCASE
from assets.identity.counterparts import is_listed
from assets.identity.pool_types import pool_type_of
from assets.metrics.contract import TRAP_TAX_SHARE
from assets.metrics.families import CONTRACT, HOLDERS, POOLS, TOKEN
from assets.sourcing.contract import (
    Need,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnreadableError,
)
from assets.sourcing.messages import message
from assets.sourcing.reading import (
    WIDE,
    Count,
    Flag,
    Moment,
    Name,
    Number,
    Portion,
    RowReader,
    Text,
    Usd,
    VendorModel,
    address_of,
    amount_of,
    error_in,
    load_json,
)
from assets.sourcing.rows import AssetRef, ContractRow, HolderRow, Identifier, PoolRow, Row

CHAINS: Final = ("ethereum", "bsc", "base")
"""Source: docs.honeypot.is (supported chains)."""

LEAST_LIQUIDITY_USD: Final = 1
"""A pool that holds less is empty, whatever it once held. Our judgement."""
LEAST_RESERVE: Final = 1_000
"""In smallest units: what Uniswap's pools lock at their creation. Source: MINIMUM_LIQUIDITY of
github.com/Uniswap/v2-core, contracts/UniswapV2Pair.sol."""
MOST_DECIMALS: Final = 255
MAJORITY_SHARE: Final = 0.5
"""When so many of the holders can't sell, or lose most of it, the others are the exception. Our judgement."""


class HoneypotToken(VendorModel):
    """One of the two tokens of a trial."""

    address: Name
    name: Text = ""
    symbol: Text = ""
    decimals: Count = None
    totalHolders: Count = None  # noqa: N815 - the vendor's name
    """0 stands for "not counted": whatever has a pool has a holder."""


class HoneypotVerdict(VendorModel):
    isHoneypot: Flag = None  # noqa: N815
    honeypotReason: Text = ""  # noqa: N815


class HoneypotTrade(VendorModel):
    """Taxes in percent; a trade that didn't take place used no gas. Limits are told where there are any."""

    buyTax: Portion = None  # noqa: N815
    sellTax: Portion = None  # noqa: N815
    transferTax: Portion = None  # noqa: N815
    buyGas: Number = None  # noqa: N815
    sellGas: Number = None  # noqa: N815
    maxBuy: dict[str, Any] | None = None  # noqa: N815
    maxSell: dict[str, Any] | None = None  # noqa: N815


class HoneypotBracket(VendorModel):
    """So many holders lose this many percent, without the fraction, when they sell."""

    tax: Portion = None
    count: Count = None


class HoneypotHolders(VendorModel):
    """Sales tried for those who hold it: each of `holders` succeeded, failed or lost his units (siphoned)."""

    holders: Count = None
    successful: Count = None
    failed: Count = None
    siphoned: Count = None
    averageTax: Portion = None  # noqa: N815
    highTaxWallets: Count = None  # noqa: N815
    taxDistribution: list[HoneypotBracket] | None = None  # noqa: N815


class HoneypotCode(VendorModel):
    """`openSource` speaks of all contracts that a trade calls, `rootOpenSource` of the token's own."""

    openSource: Flag = None  # noqa: N815
    rootOpenSource: Flag = None  # noqa: N815
    isProxy: Flag = None  # noqa: N815


class HoneypotPlace(VendorModel):
    address: Name
    name: Text = ""
    token0: Text = ""
    token1: Text = ""
    type: Text = ""


class HoneypotPair(VendorModel):
    """`liquidity` is in US dollars and of both sides, the reserves in smallest units."""

    pair: HoneypotPlace
    reserves0: Number = None
    reserves1: Number = None
    liquidity: Usd = None
    createdAtTimestamp: Moment = None  # noqa: N815


class HoneypotAnswer(VendorModel):
    token: HoneypotToken
    withToken: HoneypotToken | None = None  # noqa: N815
    simulationSuccess: Flag = None  # noqa: N815
    simulationError: Text = ""  # noqa: N815
    honeypotResult: HoneypotVerdict | None = None  # noqa: N815
    simulationResult: HoneypotTrade | None = None  # noqa: N815
    holderAnalysis: HoneypotHolders | None = None  # noqa: N815
    contractCode: HoneypotCode | None = None  # noqa: N815
    pair: HoneypotPair | None = None


class Honeypot(Provider):
    name = "honeypot"
    title = "honeypot.is"
    website = "https://honeypot.is"
    attribution = message("Simulated trades by honeypot.is")
    default_url = "https://api.honeypot.is"
    # It publishes no limit; a simulation is work, so that it is asked no oftener than once in two seconds.
    rate = Rate(calls=30, per_s=60)
    families = (CONTRACT,)
    also_provides = (HOLDERS, POOLS)
    fields = {
        POOLS: (
            "address dex pair reserve_usd pool_type quote_address quote_is_listed base_reserve "
            "quote_reserve opened_at chain"
        ),
        HOLDERS: "holder_count",
        CONTRACT: (
            "verified_source proxy honeypot trade_limited buy_tax_share sell_tax_share transfer_tax_share"
        ),
    }
    per_asset = frozenset({CONTRACT})
    one_by_one = message("token by token")
    namespaces = tuple(map(namespace_of, CHAINS))
    known_by = message("contract on Ethereum, BSC or Base")

    def headers(self) -> dict[str, str]:
        return {"X-API-KEY": self.key} if self.key else {}

    def accepts(self, request: Request, status_code: int) -> bool:
        """A token that has no pool is an answer about that token."""
        return status_code in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}

    def is_name(self, namespace: str, value: str) -> bool:
        return bool(EVM_LOWERCASE.fullmatch(value))

    def _requests(self, need: Need, known: tuple[Identifier, ...]) -> tuple[Request, ...]:
        namespace, address = known[0]  # At home: a bridged copy is not the asset's contract.
        chain = namespace.removeprefix("address:")
        chains = sum(each.startswith("address:") for each, _value in need.identifiers or ())
        call = Request(
            family=CONTRACT,
            path="/v2/IsHoneypot",
            params={"address": address, "chainID": str(TO_CHAIN_ID[chain])},
            context={"chain": chain, "address": address, "chains": "several" if chains > 1 else "one"},
        )
        return (call,)

    def parse(self, raw: RawObservation) -> Parsed:
        body, context = load_json(raw.body), raw.request.context
        complaint = error_in(body)
        if raw.status_code == HTTPStatus.NOT_FOUND and isinstance(body, dict) and "code" in body:
            return Parsed(
                remarks=(
                    message(
                        "honeypot.is has nothing to simulate for %(address)s: %(reason)s.",
                        address=context["address"],
                        reason=complaint or message("no reason given"),
                    ),
                )
            )
        if complaint or raw.status_code != HTTPStatus.OK:
            raise self.refusal(complaint)
        reader = RowReader()
        answer = reader.read(HoneypotAnswer, body)
        if answer is None or address_of(answer.token.address) != context["address"]:
            raise UnreadableError(
                "honeypot.is sent something other than a trial of %(address)s.", address=context["address"]
            )
        return HoneypotTrial(raw, answer, reader).parsed()


class HoneypotTrial:
    """One token's trial on its way to rows."""

    def __init__(self, raw: RawObservation, answer: HoneypotAnswer, reader: RowReader) -> None:
        self.answer, self.reader, self.at = answer, reader, raw.fetched_at
        self.chain, self.address = raw.request.context["chain"], raw.request.context["address"]
        self.is_alone = raw.request.context.get("chains", "one") == "one"
        self.asset = AssetRef(
            kind=TOKEN,
            identifiers=(address_on(self.chain, self.address),),
            symbol=answer.token.symbol,
            name=answer.token.name,
            chain=self.chain,
        )

    def parsed(self) -> Parsed:
        rows: list[Row] = []
        known = {**self.code(), **self.verdict()}
        if any(each is not None for each in known.values()):
            rows.append(ContractRow(asset=self.asset, as_of=self.at, **known))
        else:
            self.reader.remark("honeypot.is could not find out anything about this contract.")
        rows += self.pools()
        count = self.answer.token.totalHolders
        if count and self.is_alone:  # Those of one chain are not those of an asset on several.
            rows.append(HolderRow(asset=self.asset, as_of=self.at, holder_count=count))
        return self.reader.parsed(rows)

    def code(self) -> dict[str, Any]:
        code = self.answer.contractCode or HoneypotCode()
        # Where all that is called can be read, its own source can.
        verified = True if code.rootOpenSource is None and code.openSource else code.rootOpenSource
        return {"verified_source": verified, "proxy": code.isProxy}

    def verdict(self) -> dict[str, Any]:
        """Whether it is a trap, and its taxes; none of it where nothing was tried."""
        bought, sold = self.took_place()
        trade = self.answer.simulationResult or HoneypotTrade()
        (is_trapped, held_tax), by_trial = self.of_holders(), self.of_trial(sold=sold)
        is_limited = bool(trade.maxBuy or trade.maxSell)
        return {
            "honeypot": is_trapped or by_trial,
            "buy_tax_share": trade.buyTax if bought else None,
            "sell_tax_share": trade.sellTax if sold else held_tax,
            "transfer_tax_share": trade.transferTax if bought else None,
            # That no limit was met with one small trade says nothing.
            "trade_limited": is_limited or None,
        }

    def took_place(self) -> tuple[bool, bool]:
        """Whether there was a purchase, and a sale after it."""
        trade = self.answer.simulationResult
        if trade is None or not self.answer.simulationSuccess:
            return False, False
        called = self.answer.honeypotResult.isHoneypot if self.answer.honeypotResult else None
        untold = called is False  # Without gas told, a trial that was no honeypot's took place.
        bought = untold if trade.buyGas is None else trade.buyGas > 0
        sold = untold if trade.sellGas is None else trade.sellGas > 0
        return bought, bought and sold

    def of_trial(self, *, sold: bool) -> bool | None:
        """What the trial says of a trap: nothing, where it failed because the pool is empty."""
        verdict = self.answer.honeypotResult or HoneypotVerdict()
        if not self.answer.simulationSuccess:
            self.reader.remark(
                "The trial trade failed: %(reason)s.",
                reason=self.answer.simulationError.rstrip(".") or message("no reason given"),
            )
            return None
        if verdict.isHoneypot and not sold and self.is_empty():
            self.reader.remark(
                "The pool is empty, so that the trial trade failed (%(reason)s): that is no sign of a trap.",
                reason=verdict.honeypotReason[:200].rstrip(".") or message("no reason given"),
            )
            return None
        if verdict.isHoneypot is False and not sold:
            return None
        return verdict.isHoneypot

    def of_holders(self) -> tuple[bool, float | None]:
        """Whether most who hold it can't sell or lose most of it, and what sellers lose on average."""
        analysis = self.answer.holderAnalysis or HoneypotHolders()
        told = (analysis.successful, analysis.failed, analysis.siphoned)
        ended = [each for each in told if each is not None]
        if not analysis.holders or not ended:
            return False, None
        if sum(ended) > analysis.holders:
            self.reader.remark("More holders sold or failed to sell than were examined; none of them counts.")
            return False, None
        lost = (analysis.failed or 0) + (analysis.siphoned or 0) + self.taxed_away(analysis)
        average = analysis.averageTax if analysis.successful else None
        return lost > MAJORITY_SHARE * analysis.holders, average

    def taxed_away(self, analysis: HoneypotHolders) -> int:
        """How many sellers lose most of it."""
        told = [each for each in analysis.taxDistribution or () if None not in (each.tax, each.count)]
        if not told:
            return min(analysis.highTaxWallets or 0, analysis.successful or 0)
        heavy = sum(each.count or 0 for each in told if (each.tax or 0) >= TRAP_TAX_SHARE)
        return min(heavy, analysis.successful or 0)

    # The pool -----------------------------------------------------------------------

    def is_empty(self) -> bool:
        """Whether nothing can be had from the pool in which it was tried."""
        pair = self.answer.pair
        if pair is None:
            return False
        told = [each for each in (pair.reserves0, pair.reserves1) if each is not None]
        is_dry = any(each < LEAST_RESERVE for each in told)
        return is_dry or (pair.liquidity is not None and pair.liquidity < LEAST_LIQUIDITY_USD)

    def pools(self) -> Iterator[PoolRow]:
        pair = self.answer.pair
        address = pool_on(self.chain, pair.pair.address)[:128] if pair else ""
        if pair is None or not address:
            return
        own, other = self.reserves(pair)
        quote = self.counterpart(pair)
        opened_at = pair.createdAtTimestamp
        exchange, _, tokens = pair.pair.name.partition(":")
        yield PoolRow(
            asset=self.asset,
            as_of=self.at,
            address=address,
            chain=self.chain,
            dex=exchange.strip()[:64],
            pair=tokens.strip().replace("-", "/")[:160],
            pool_type=pool_type_of(pair.pair.type),
            reserve_usd=pair.liquidity,
            quote_address=quote[:128],
            quote_is_listed=is_listed(self.chain, quote, token=self.address) if quote else None,
            base_reserve=own,
            quote_reserve=other,
            opened_at=opened_at if opened_at and opened_at <= self.at else None,
        )

    def counterpart(self, pair: HoneypotPair) -> str:
        sides = [address_of(pair.pair.token0), address_of(pair.pair.token1)]
        return next((each for each in sides if each != self.address), "") if self.address in sides else ""

    def reserves(self, pair: HoneypotPair) -> tuple[Decimal | None, Decimal | None]:
        """In whole units of the token and of its counterpart; None where side or decimals are not known."""
        told = self.answer.withToken
        quote = self.counterpart(pair)
        of_quote = told.decimals if told and quote and address_of(told.address) == quote else None
        sides = (pair.reserves0, pair.reserves1)
        own, other = sides if address_of(pair.pair.token0) == self.address else sides[::-1]
        if not quote:
            return None, None
        return _whole(own, self.answer.token.decimals), _whole(other, of_quote)


def _whole(units: Decimal | None, decimals: int | None) -> Decimal | None:
    if units is None or decimals is None or decimals > MOST_DECIMALS:
        return None
    try:
        return amount_of(units.scaleb(-decimals, context=WIDE))
    except ValueError:
        return None
