import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.honeypot import Honeypot
from assets.sourcing.contract import DamagedError, Need, RefusedError, UnreadableError, UnsupportedError
from assets.sourcing.rows import ContractRow, HolderRow, PoolRow
from tests.assets.providers.answers import payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = Honeypot()
ADDRESS = "0x" + "aa" * 18 + "0001"
COUNTERPART = "0x" + "c2" * 20
AURELIUM = (("coingecko", "aurelium"), ("address:base", ADDRESS))


def ask(identifiers=AURELIUM):
    (request,) = PROVIDER.requests(Need(family="contract", identifiers=identifiers))
    return request


ASKED = ask()


def answer(name="trial", **changed):
    """The invented answer with some of its parts changed; None drops one."""
    value = json.loads(payload("honeypot", name))
    for part, new in changed.items():
        merged = {**value.get(part, {}), **new} if isinstance(new, dict) else new
        value[part] = merged
    return json.dumps({key: each for key, each in value.items() if each is not None}).encode()


def rows_of(body, kind, request=ASKED):
    return [row for row in read(PROVIDER, request, body).rows if isinstance(row, kind)]


def contract(body):
    (row,) = rows_of(body, ContractRow)
    return row


# What is asked ----------------------------------------------------------------------


def test_a_trial_is_asked_at_home_by_the_number_of_its_chain():
    assert ASKED.path == "/v2/IsHoneypot"
    assert ASKED.params == {"address": ADDRESS, "chainID": "8453"}
    assert ask((("address:bsc", ADDRESS), ("address:base", "0x" + "d1" * 20))).params["chainID"] == "56"


def test_a_key_goes_into_its_header():
    assert PROVIDER.headers() == {}
    assert Honeypot(key="SECRET").headers() == {"X-API-KEY": "SECRET"}


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="holders", identifiers=AURELIUM), "has no holders; it has: contract"),
        (Need(family="contract"), "token by token"),
        (Need(family="contract", identifiers=(("coingecko", "x"),)), "Ethereum, BSC or Base is not known"),
        (Need(family="contract", identifiers=(("address:gnosis", ADDRESS),)), "BSC or Base is not known"),
        (Need(family="contract", identifiers=(("address:base", "0x1"),)), "BSC or Base is not known"),
    ],
)
def test_what_can_not_be_asked_is_told(need, says):
    with pytest.raises(UnsupportedError, match=says):
        PROVIDER.requests(need)


# A trial ----------------------------------------------------------------------------


def test_taxes_are_percentages_and_a_sale_is_no_trap():
    row = contract(answer())
    assert row.buy_tax_share == pytest.approx(0.03)
    assert (row.sell_tax_share, row.transfer_tax_share) == (0.045, 0)
    assert (row.honeypot, row.verified_source, row.proxy) == (False, True, False)
    assert row.trade_limited is True, "a largest purchase was met"
    assert (row.cannot_buy, row.external_call, row.mint_authority) == (None, None, "")


def test_that_no_limit_was_met_is_no_word_on_limits():
    assert contract(answer(simulationResult={"maxBuy": None})).trade_limited is None
    assert contract(answer(simulationResult={"maxBuy": None, "maxSell": {"token": 1}})).trade_limited is True


def test_the_pool_and_the_number_of_holders_come_along():
    (pool,) = rows_of(answer(), PoolRow)
    assert (pool.address, pool.dex, pool.pair) == ("0x" + "be" * 20, "Uniswap V2", "AUR/WCOIN")
    assert (pool.base_reserve, pool.quote_reserve) == (Decimal(2_500_000), Decimal("12.5"))
    assert (pool.reserve_usd, pool.pool_type) == (Decimal("60000.25"), "constant_product")
    assert (pool.quote_address, pool.quote_is_listed) == (COUNTERPART, False)
    assert pool.opened_at == datetime(2024, 5, 7, 16, 54, 23, tzinfo=UTC)
    assert pool.price_usd is None
    (holders,) = rows_of(answer(), HolderRow)
    assert (holders.holder_count, holders.positions) == (1480, ())


def test_of_an_asset_on_several_chains_the_holders_of_one_are_not_counted():
    request = ask((*AURELIUM, ("address:solana", "So11111111111111111111111111111111111111112")))
    assert rows_of(answer(), HolderRow, request) == []


def test_0_holders_are_holders_that_nobody_counted():
    assert rows_of(answer(token={"totalHolders": 0}), HolderRow) == []


@pytest.mark.parametrize(
    ("code", "verified", "proxy"),
    [
        ({"rootOpenSource": True, "openSource": False}, True, False),
        ({"rootOpenSource": False, "openSource": False}, False, False),
        ({"rootOpenSource": None, "openSource": True}, True, False),
        ({"rootOpenSource": None, "openSource": False}, None, False),
        ({"rootOpenSource": None, "openSource": None, "isProxy": True}, None, True),
        ({"isProxy": None}, True, None),
    ],
)
def test_the_tokens_own_source_counts(code, verified, proxy):
    row = contract(answer(contractCode=code))
    assert (row.verified_source, row.proxy) == (verified, proxy)


def test_the_side_of_a_pool_is_that_of_its_token():
    (pool,) = rows_of(answer("empty_pool"), PoolRow)
    assert (pool.base_reserve, pool.quote_reserve) == (Decimal("1.3E-12"), Decimal("1E-18"))
    assert pool.quote_address == COUNTERPART


def test_a_pool_of_two_others_has_no_sides_of_ours():
    sides = {"address": "0x" + "be" * 20, "token0": COUNTERPART, "token1": "0x" + "d1" * 20}
    (pool,) = rows_of(answer(pair={"pair": sides}), PoolRow)
    assert (pool.base_reserve, pool.quote_reserve, pool.quote_address) == (None, None, "")


# Empty pool and trap ----------------------------------------------------------------

REVERTED = {"isHoneypot": True, "honeypotReason": "TransferHelper: TRANSFER_FROM_FAILED"}
NO_SALE = {"buyTax": 0, "sellTax": 100, "buyGas": "150000", "sellGas": "0"}
NO_TRADE = {"buyTax": 0, "sellTax": 100, "buyGas": "0", "sellGas": "0"}
EMPTY = {"reserves0": "1300000000000", "reserves1": "1", "liquidity": 0}


def test_an_empty_pool_and_a_trap_are_two_findings():
    parsed = read(PROVIDER, ASKED, answer("empty_pool"))
    row, pool = parsed.rows[0], parsed.rows[1]
    assert row.honeypot is True, "five of five holders lose most of it"
    assert row.sell_tax_share == 0.965, "what they lose on average"
    assert (row.buy_tax_share, row.transfer_tax_share) == (None, None), "nothing was bought"
    assert pool.reserve_usd == 0
    assert [each for each in parsed.remarks if "INSUFFICIENT_OUTPUT_AMOUNT" in each]


def test_an_empty_pool_alone_is_no_trap():
    row = contract(answer("empty_pool", holderAnalysis=None, contractCode={"rootOpenSource": True}))
    assert (row.honeypot, row.sell_tax_share) == (None, None)


@pytest.mark.parametrize(
    "pair",
    [EMPTY, EMPTY | {"liquidity": None}, EMPTY | {"reserves0": None, "reserves1": None}],
    ids=["both", "reserves", "dollars"],
)
def test_an_empty_pool_is_known_by_its_dollars_or_its_reserves(pair):
    row = contract(answer(pair=pair, honeypotResult=REVERTED, simulationResult=NO_TRADE, holderAnalysis=None))
    assert row.honeypot is None


def test_where_the_pool_is_full_and_no_sale_takes_place_it_is_a_trap():
    row = contract(answer(honeypotResult=REVERTED, simulationResult=NO_SALE, holderAnalysis=None))
    assert (row.honeypot, row.buy_tax_share, row.sell_tax_share) == (True, 0, None)


def test_where_nothing_is_told_of_the_pool_the_verdict_stands():
    row = contract(answer(pair=None, honeypotResult=REVERTED, simulationResult=NO_TRADE))
    assert row.honeypot is True


def test_a_tax_that_was_charged_is_told_whatever_the_verdict():
    charged = {"buyTax": 5, "sellTax": 99.5, "buyGas": "1", "sellGas": "1"}
    row = contract(answer(honeypotResult=REVERTED, simulationResult=charged, holderAnalysis=None))
    assert (row.honeypot, row.buy_tax_share, row.sell_tax_share) == (True, 0.05, 0.995)


@pytest.mark.parametrize(
    ("analysis", "is_trap"),
    [
        ({"holders": "10", "successful": "5", "failed": "5", "siphoned": "0", "highTaxWallets": "0",
              "taxDistribution": []}, False),
        ({"holders": "10", "successful": "4", "failed": "6", "siphoned": "0", "taxDistribution": []}, True),
        ({"holders": "10", "successful": "4", "failed": "3", "siphoned": "3", "taxDistribution": []}, True),
        ({"successful": "800", "failed": "0", "siphoned": "0", "highTaxWallets": "401",
          "taxDistribution": None}, True),
        ({"taxDistribution": [{"tax": 49, "count": 790}]}, False),
        ({"taxDistribution": [{"tax": 50, "count": 400}]}, True),
        ({"holders": "10", "successful": "8", "failed": "8"}, False),
        ({"holders": None}, False),
    ],
)  # fmt: skip
def test_a_trap_is_one_in_which_most_holders_sit(analysis, is_trap):
    assert contract(answer(holderAnalysis=analysis)).honeypot is is_trap


def test_a_trial_that_failed_says_nothing():
    parsed = read(
        PROVIDER,
        ASKED,
        answer(simulationSuccess=False, simulationError="out of gas", honeypotResult=None,
               simulationResult=None, holderAnalysis=None),
    )  # fmt: skip
    row = parsed.rows[0]
    assert (row.honeypot, row.buy_tax_share, row.verified_source) == (None, None, True)
    assert "The trial trade failed: out of gas." in parsed.remarks


def test_no_word_on_the_trial_is_no_verdict():
    row = contract(answer(simulationSuccess=None, holderAnalysis=None))
    assert (row.honeypot, row.sell_tax_share) == (None, None)


def test_without_gas_a_trial_counts_unless_it_failed():
    plain = {"buyGas": None, "sellGas": None}
    assert contract(answer(simulationResult=plain)).sell_tax_share == 0.045
    row = contract(answer(simulationResult=plain | NO_SALE | plain, honeypotResult=REVERTED,
                          holderAnalysis=None))  # fmt: skip
    assert (row.honeypot, row.sell_tax_share) == (True, None)


def test_a_sale_that_nobody_saw_does_not_clear_it():
    row = contract(answer(simulationResult=NO_SALE, holderAnalysis=None))
    assert (row.honeypot, row.sell_tax_share) == (None, None)


# Answers without a trial ------------------------------------------------------------


def test_a_token_without_a_pool_has_nothing_to_simulate():
    parsed = read(PROVIDER, ASKED, payload("honeypot", "no_pairs"), status_code=404)
    assert parsed.rows == ()
    assert parsed.remarks == (f"honeypot.is has nothing to simulate for {ADDRESS}: No pairs found.",)
    assert PROVIDER.accepts(ASKED, 404)
    assert not PROVIDER.accepts(ASKED, 429)


@pytest.mark.parametrize(
    ("body", "status"),
    [(b'{"message": "no Route matched"}', 404), (payload("honeypot", "error"), 200), (b"[]", 404)],
)
def test_any_other_complaint_is_a_refusal(body, status):
    with pytest.raises(RefusedError, match=r"honeypot\.is refused: "):
        read(PROVIDER, ASKED, body, status_code=status)


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"token": '])
def test_a_body_that_came_to_harm_is_asked_for_again(body):
    with pytest.raises(DamagedError):
        read(PROVIDER, ASKED, body)


@pytest.mark.parametrize("body", [b"[]", b"{}", answer(token={"address": COUNTERPART})])
def test_the_answer_about_another_token_is_none(body):
    with pytest.raises(UnreadableError):
        read(PROVIDER, ASKED, body)


def test_of_what_nothing_is_known_there_is_no_contract():
    body = answer(**dict.fromkeys(("simulationSuccess", "contractCode", "holderAnalysis"), None))
    parsed = read(PROVIDER, ASKED, answer(contractCode=None, holderAnalysis=None, simulationSuccess=None,
                                          simulationResult={"maxBuy": None}))  # fmt: skip
    assert not [row for row in parsed.rows if isinstance(row, ContractRow)]
    assert contract(body).trade_limited is True


@pytest.mark.parametrize("name", ["trial", "empty_pool"])
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(name, data):
    mutated(data, PROVIDER, ASKED, payload("honeypot", name))


# Recorded bodies --------------------------------------------------------------------

RECORDED = {
    "cndl": ("0x6efb32bc7893b793603e39643d86594ce3638157", False, 0.04979118170850721),
    "gpu": ("0x1258d60b224c0c5cd888d37bbf31aa5fcfb7e870", False, 0.039988707480822705),
    "nitro": ("0x95b6cd4acb05a4e3b682f009fd323bb1d822f5cf", True, 0.9787166666666667),
    "usdt": ("0xdac17f958d2ee523a2206206994597c13d831ec7", False, 0),
    "weth": ("0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2", False, 0),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", RECORDED)
def test_recorded_answers_are_read(name):
    address, is_trap, sell_tax = RECORDED[name]
    body = recorded(f"honeypot/IsHoneypot_{name}.json")
    parsed = read(PROVIDER, ask((("address:ethereum", address),)), body)
    row = parsed.rows[0]
    assert (row.honeypot, row.sell_tax_share) == (is_trap, pytest.approx(sell_tax))
    said, pool = json.loads(body), parsed.rows[1]
    assert pool.reserve_usd == pytest.approx(Decimal(str(said["pair"]["liquidity"])))
    assert parsed.rows[2].holder_count == said["token"]["totalHolders"]


@pytest.mark.shared
def test_the_recorded_404_is_an_answer():
    parsed = read(PROVIDER, ASKED, recorded("honeypot/error_404_no_pairs.json"), status_code=404)
    assert (parsed.rows, len(parsed.remarks)) == ((), 1)
