import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.identity.token_programs import CLASSIC_PROGRAM, POWER_EXTENSIONS, PROGRAM_2022
from assets.providers.jupiter import Jupiter
from assets.sourcing.contract import DamagedError, Need, RefusedError, UnreadableError, UnsupportedError
from assets.sourcing.rows import ContractRow, DisclosureRow, HolderRow, ListingRow, MarketRow, SupplyRow
from tests.assets.providers.answers import payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = Jupiter()
MINT = "AEFQCtjuv83LJX5PVdqGv7BHTSoXqiUYLqsF8PvNxrLa"
AURELIUM = (("coingecko", "aurelium"), ("address:solana", MINT))
CREATOR = "DmETnDGfG36CACF2cFi5tPZewbtXhDy6aNg2q26ZVs6U"


def ask(identifiers=AURELIUM):
    (request,) = PROVIDER.requests(Need(family="market", identifiers=identifiers))
    return request


ASKED = ask()


def answer(**changed):
    """The invented token with some members changed; None drops one."""
    token = json.loads(payload("jupiter", "token"))[0] | changed
    return json.dumps([{key: each for key, each in token.items() if each is not None}]).encode()


def row_of(kind, body=None, request=ASKED):
    (row,) = (each for each in read(PROVIDER, request, body or answer()).rows if isinstance(each, kind))
    return row


def kinds(body, request=ASKED):
    return [type(row) for row in read(PROVIDER, request, body).rows]


def test_a_token_is_searched_by_its_mint():
    assert (ASKED.path, ASKED.params) == ("/tokens/v2/search", {"query": MINT})
    assert (PROVIDER.headers(), Jupiter(key="SECRET").headers()) == ({}, {"x-api-key": "SECRET"})


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="holders", identifiers=AURELIUM), "has no holders; it has: market"),
        (Need(family="market"), "token by token"),
        (Need(family="market", identifiers=(("address:solana", "0x1"),)), "mint on Solana is not known"),
    ],
)
def test_what_can_not_be_asked_is_told(need, says):
    with pytest.raises(UnsupportedError, match=says):
        PROVIDER.requests(need)


def test_the_market_is_of_all_pools():
    row = row_of(MarketRow, payload("jupiter", "token"))
    assert (row.price_usd, row.volume_24h_usd) == (Decimal("0.00060365"), Decimal("10028.75"))
    assert (row.market_cap_usd, row.fully_diluted_usd) == (Decimal("362195.02"), Decimal("603658.38"))
    assert row.price_change_24h_share == -0.125
    assert (row.launch_completed, row.launch_pool[:4]) == (True, "BNRK")
    assert row.launch_completed_at == datetime(2026, 2, 27, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stats", "volume"),
    [
        ({"buyVolume": 5, "numBuys": 1}, 5),  # nobody sold
        ({"buyVolume": 5, "numBuys": 1, "numSells": 2}, None),  # for how much is not told
        ({"buyVolume": 5, "sellVolume": -1}, None),
        ({"priceChange": 5}, None),
    ],
)
def test_a_side_without_trades_is_left_out(stats, volume):
    assert row_of(MarketRow, answer(stats24h=stats)).volume_24h_usd == volume


@pytest.mark.parametrize(
    ("stats", "trades"),
    [
        ({"numBuys": 101, "numSells": 52, "numTraders": 66}, (101, 52, 66)),
        ({"numBuys": 3, "numTraders": 2}, (3, 0, 2)),
        ({"numBuys": 3, "numSells": -1}, (3, None, None)),
        ({"numTraders": 2}, (None, None, 2)),
        ({"priceChange": 5}, (None, None, None)),
    ],
)
def test_trades_and_who_made_them(stats, trades):
    row = row_of(MarketRow, answer(stats24h=stats))
    assert (row.buys_24h, row.sells_24h, row.traders_24h) == trades


def test_a_token_may_still_be_on_its_launchpad():
    row = row_of(MarketRow, answer(graduatedPool=None))
    assert (row.launch_completed, row.launch_completed_at, row.launch_pool) == (None, None, "")


def test_supply_and_holders_are_those_of_a_token_on_one_chain():
    supply = row_of(SupplyRow)
    assert (supply.circulating, supply.total) == (Decimal("600000000.5"), 10**9)
    assert row_of(HolderRow).holder_count == 2_988
    several = ask((*AURELIUM, ("address:base", "0x" + "aa" * 20)))
    assert not {SupplyRow, HolderRow} & {*kinds(answer(), several)}
    assert HolderRow not in kinds(answer(holderCount=0))


@pytest.mark.parametrize(
    ("audit", "mint", "freeze"),
    [
        ({"mintAuthorityDisabled": True, "devMints": 1}, "none", "wallet"),
        ({"freezeAuthorityDisabled": True, "mintAuthorityDisabled": False}, "wallet", "none"),
        ({"mintAuthorityDisabled": "x", "freezeAuthorityDisabled": True}, "", "none"),
        ({}, "", ""),
        (None, "", ""),
    ],
)
def test_an_authority_that_is_not_named_as_disabled_is_there(audit, mint, freeze):
    row = row_of(ContractRow, answer(audit=audit))
    assert (row.mint_authority, row.freeze_authority) == (mint, freeze)


@pytest.mark.parametrize(
    ("program", "tax", "power"),
    [(CLASSIC_PROGRAM, 0.0, False), (PROGRAM_2022, None, None), (None, None, None)],
)
def test_a_mint_of_the_classic_program_has_no_extensions(program, tax, power):
    """Of one of Token-2022 it is not told which ones it has."""
    row = row_of(ContractRow, answer(tokenProgram=program))
    assert (row.buy_tax_share, row.sell_tax_share, row.transfer_tax_share) == (tax, tax, tax)
    assert {getattr(row, each) for each in POWER_EXTENSIONS} == {power}
    assert (row.non_transferable, row.frozen_by_default, row.default_state_mutable) == (power, power, power)


def test_the_developer_and_what_they_made_before():
    row = row_of(ContractRow)
    assert (row.creator_address, row.creator_share, row.creator_earlier_tokens) == (CREATOR, 0.205, 2)
    assert row.deployed_at == datetime(2026, 2, 26, 8, tzinfo=UTC)
    old = {"createdAt": "2025-02-26T08:00:00Z", "firstPool": None}
    assert row_of(ContractRow, answer(**old)).creator_earlier_tokens is None, "some came after it"
    nobody = row_of(ContractRow, answer(dev=None))
    assert (nobody.creator_address, nobody.creator_share) == ("", None)


def test_the_first_token_of_its_developer():
    body = answer(audit={"mintAuthorityDisabled": True, "freezeAuthorityDisabled": True, "devMints": 1})
    assert row_of(ContractRow, body).creator_earlier_tokens == 0
    old = answer(audit={"devMints": 1}, createdAt="2025-02-26T08:00:00Z", firstPool=None)
    assert row_of(ContractRow, old).creator_earlier_tokens == 0, "it is the only one, however old"
    later = answer(createdAt="2027-01-01T00:00:00Z", firstPool={"createdAt": "2027-01-01T00:00:00Z"})
    assert row_of(ContractRow, later).deployed_at is None


def test_channels_are_addresses_that_can_be_opened():
    found = row_of(DisclosureRow, answer(telegram="javascript:alert(1)"))
    assert found.channels == {"homepage": "https://aurelium.example", "x": "https://x.com/aurelium"}


def test_a_namesake_is_another_token():
    listed = json.loads(payload("jupiter", "token"))[1:]
    parsed = read(PROVIDER, ASKED, json.dumps(listed).encode())
    assert (parsed.rows, parsed.remarks) == ((), (f"Jupiter does not know {MINT}.",))
    assert read(PROVIDER, ASKED, b"[]").rows == ()


def test_a_token_of_which_only_the_name_is_known():
    bare = json.dumps([{"id": MINT, "symbol": "AUR"}]).encode()
    assert kinds(bare) == [ListingRow]


@pytest.mark.parametrize(
    ("body", "kind", "says"),
    [
        (b'{"error": "Rate limited"}', RefusedError, "Jupiter refused: Rate limited"),
        (b'{"tokens": []}', UnreadableError, "other than the list"),
        (b"<html>", DamagedError, "not JSON"),
        (b"", DamagedError, "empty"),
    ],
)
def test_what_is_no_answer_is_refused(body, kind, says):
    with pytest.raises(kind, match=says):
        read(PROVIDER, ASKED, body)


@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(data):
    mutated(data, PROVIDER, ASKED, payload("jupiter", "token"))


# Recorded ---------------------------------------------------------------------------


def recorded_token(name):
    body = recorded(f"jupiter/tokens_v2_{name}.json")
    return ask((("address:solana", json.loads(body)[0]["id"]),)), body


def test_recorded_tokens():
    asked, body = recorded_token("search_gary")
    (token,) = json.loads(body)
    assert row_of(HolderRow, body, asked).holder_count == token["holderCount"]
    assert row_of(MarketRow, body, asked).launch_pool == token["graduatedPool"]
    stats = token["stats24h"]
    volume = Decimal(str(stats["buyVolume"])) + Decimal(str(stats["sellVolume"]))
    assert row_of(MarketRow, body, asked).volume_24h_usd == volume
    wrapped = json.loads(recorded("jupiter/tokens_v2_toptrending.json"))[1]
    body = json.dumps([wrapped]).encode()
    row = row_of(ContractRow, body, ask((("address:solana", wrapped["id"]),)))
    assert (row.mint_authority, row.freeze_authority) == ("wallet", "none"), (
        "its mint authority is told beside"
    )


@pytest.mark.shared
@pytest.mark.parametrize("name", ["search_gary", "search_sol", "recent", "toptrending"])
@given(data=st.data())
def test_whatever_changes_in_a_recorded_body_no_row_is_unsound(name, data):
    mutated(data, PROVIDER, *recorded_token(name))
