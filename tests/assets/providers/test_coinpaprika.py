import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.coinpaprika import CoinPaprika
from assets.sourcing.contract import DamagedError, Need, RefusedError, UnreadableError, UnsupportedError
from assets.sourcing.rows import DisclosureRow, MarketRow, SupplyRow
from tests.assets.providers.answers import NOW, payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = CoinPaprika()
CONTRACT = ("address:ethereum", "0x" + "a" * 36 + "0001")
BY_ID = (("coinpaprika", "aur-aurelium"),)
TEAM = {"id": "x", "position": "Founder"}


def ask(family="disclosure", identifiers=BY_ID):
    (request,) = PROVIDER.requests(Need(family=family, identifiers=identifiers))
    return request


ASKED = {family: ask(family) for family in ("disclosure", "market")}
BODIES = {"disclosure": "coin", "market": "ticker"}


def coin(**changed):
    return json.dumps(json.loads(payload("coinpaprika", "coin")) | changed).encode()


def ticker(**changed):
    return json.dumps(json.loads(payload("coinpaprika", "ticker")) | changed).encode()


# What is asked ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("identifiers", "path"),
    [
        (BY_ID, "/coins/aur-aurelium"),
        ((("coingecko", "tezos"),), "/coins/xtz-tezos"),
        ((("coingecko", "aurelium"), CONTRACT), f"/contracts/eth-ethereum/{CONTRACT[1]}"),
        ((*BY_ID, CONTRACT), "/coins/aur-aurelium"),
        ((CONTRACT, ("coingecko", "ethereum")), "/coins/eth-ethereum"),
        ((("coinpaprika", "../tickers?x"),), "/coins/..%2Ftickers%3Fx"),
    ],
)
def test_a_coin_is_asked_for_by_its_id_there_or_its_contract(identifiers, path):
    assert ask(identifiers=identifiers).path == path


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="disclosure"), "coin by coin"),
        (Need(family="market"), "coin by coin"),
        (Need(family="holders", identifiers=BY_ID), "has no holders"),
        # Its symbol and its name may be anybody's.
        (Need(family="disclosure", identifiers=(("coingecko", "aurelium"),)), "or contract is not known"),
        (Need(family="market", identifiers=(("address:base", CONTRACT[1]),)), "or contract is not known"),
    ],
)
def test_what_can_not_be_asked_is_told(need, says):
    with pytest.raises(UnsupportedError, match=says):
        PROVIDER.requests(need)


@pytest.mark.parametrize(("status_code", "is_answer"), [(200, True), (404, True), (403, False), (500, False)])
def test_a_coin_that_is_not_known_is_an_answer(status_code, is_answer):
    assert PROVIDER.accepts(ASKED["market"], status_code) == is_answer


# Price and supply -------------------------------------------------------------------


def test_a_ticker_tells_price_and_supply():
    supply, market = read(PROVIDER, ASKED["market"], ticker()).rows
    assert (type(supply), type(market)) == (SupplyRow, MarketRow)
    assert (supply.total, supply.maximum) == (100_000_000, None)  # 0 is its word for "not known"
    assert (market.price_usd, market.volume_24h_usd) == (Decimal("0.5"), Decimal("310250.75"))
    assert (market.market_cap_usd, market.price_change_24h_share) == (25_000_000, -0.025)
    assert market.as_of.isoformat() == "2026-03-01T11:55:00+00:00"
    assert market.asset.identifiers == BY_ID


def test_a_chains_own_coin_is_who_it_is_elsewhere():
    request = ask("market", (("coingecko", "tezos"),))
    row = read(PROVIDER, request, ticker(id="xtz-tezos")).rows[0]
    assert row.asset.identifiers == (("coinpaprika", "xtz-tezos"), ("coingecko", "tezos"))


def test_a_contract_leads_to_its_ticker_and_from_there_to_its_coin():
    request = ask("market", (CONTRACT,))
    assert {row.asset.identifiers for row in read(PROVIDER, request, ticker()).rows} == {(CONTRACT, *BY_ID)}
    parsed = read(PROVIDER, ask(identifiers=(CONTRACT,)), ticker())
    (follow,) = parsed.follow
    assert (parsed.rows, follow.path) == ((), "/coins/aur-aurelium")
    (row,) = read(PROVIDER, follow, coin()).rows
    assert row.asset.identifiers == (CONTRACT, *BY_ID)


def test_a_coin_of_other_contracts_than_the_one_asked_for_is_left_out():
    (follow,) = read(PROVIDER, ask(identifiers=(CONTRACT,)), ticker()).follow
    other = [{"contract": "0x" + "b" * 40, "platform": "eth-ethereum"}]
    parsed = read(PROVIDER, follow, coin(contracts=other))
    assert not parsed.rows
    assert "other contracts" in str(parsed.remarks[0])


# Team and channels ------------------------------------------------------------------


def test_a_coin_tells_its_team_and_channels():
    (row,) = read(PROVIDER, ASKED["disclosure"], coin()).rows
    assert type(row) is DisclosureRow
    assert row.as_of == NOW
    assert row.team == "named"
    assert row.channels == {
        "homepage": "https://aurelium.example/",
        "github": "https://github.com/aurelium/core",
        "x": "https://twitter.com/aurelium",
        "whitepaper": "https://aurelium.example/paper.pdf",
    }
    # A contract on a chain of which it doesn't know the form is left out.
    assert row.asset.identifiers == (*BY_ID, CONTRACT)


@pytest.mark.parametrize(
    ("names", "level"),
    [
        (["Ada Example"], "named"),
        (["aurdev", "Ada van Example"], "named"),
        (["aurdev"], "pseudonymous"),
        (["0xMaki Dev42"], "pseudonymous"),
        (["satoshi nakamoto", "Satoshi  Nakamoto"], "pseudonymous"),
        ([], ""),
    ],
)
def test_a_team_is_named_where_somebody_has_a_first_and_a_last_name(names, level):
    body = coin(team=[TEAM | {"name": name} for name in names])
    (row,) = read(PROVIDER, ASKED["disclosure"], body).rows
    assert row.team == level


@pytest.mark.parametrize("changed", [{"team": None}, {"team": "Ada Example"}, {"team": [None, {"id": "x"}]}])
def test_a_team_that_is_not_told_is_not_known(changed):
    (row,) = read(PROVIDER, ASKED["disclosure"], coin(**changed)).rows
    assert row.team == ""


# Answers that are none --------------------------------------------------------------


@pytest.mark.parametrize("family", ASKED)
def test_another_coin_than_the_one_asked_for_is_unreadable(family):
    body = {"disclosure": coin, "market": ticker}[family](id="other-coin")
    with pytest.raises(UnreadableError, match="other than aur-aurelium"):
        read(PROVIDER, ASKED[family], body)


@pytest.mark.parametrize("family", ASKED)
@pytest.mark.parametrize("body", [b"", b"<html>", b"5", b"[]", b"null", b'{"id": "aur-'])
def test_a_body_of_another_shape_is_unreadable(family, body):
    with pytest.raises((UnreadableError, DamagedError)):
        read(PROVIDER, ASKED[family], body)


@pytest.mark.parametrize("family", ASKED)
def test_an_error_in_a_200_is_a_refusal_and_a_404_an_answer(family):
    with pytest.raises(RefusedError, match="too many"):
        read(PROVIDER, ASKED[family], b'{"error": "too many requests"}')
    parsed = read(PROVIDER, ASKED[family], b'{"error": "id not found"}', status_code=404)
    assert not parsed.rows
    assert "does not know aur-aurelium" in str(parsed.remarks[0])


@pytest.mark.parametrize("family", ASKED)
@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(family, data):
    mutated(data, PROVIDER, ASKED[family], payload("coinpaprika", BODIES[family]))


# Recorded answers -------------------------------------------------------------------


@pytest.mark.shared
def test_the_recorded_coin_names_its_team_and_links():
    request = ask(identifiers=(("coingecko", "ethereum"),))
    (row,) = read(PROVIDER, request, recorded("coinpaprika/coins_eth-ethereum.json")).rows
    assert row.team == "named"
    assert row.channels["github"] == "https://github.com/ethereum/go-ethereum"
    assert {"homepage", "x", "reddit", "whitepaper", "forum"} <= row.channels.keys()


@pytest.mark.shared
def test_the_recorded_ticker_tells_supply_and_price():
    request = ask("market", (("coinpaprika", "link-chainlink"),))
    body = json.loads(recorded("coinpaprika/tickers_link-chainlink.json"))
    supply, market = read(PROVIDER, request, json.dumps(body).encode()).rows
    assert supply.total == supply.maximum == 10**9
    assert market.market_cap_usd == 10_595_336_521
