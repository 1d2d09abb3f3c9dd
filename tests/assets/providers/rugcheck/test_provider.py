import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.providers.rugcheck.provider import RugCheck
from assets.sourcing.contract import DamagedError, Need, RefusedError, UnreadableError, UnsupportedError
from assets.sourcing.rows import ContractRow, HolderRow, ListingRow, PoolRow, SupplyRow
from tests.assets.providers.answers import NOW, payload, read, recorded
from tests.assets.providers.mutations import mutated

PROVIDER = RugCheck()
MINT = "AEFQCtjuv83LJX5PVdqGv7BHTSoXqiUYLqsF8PvNxrLa"
AURELIUM = (("coingecko", "aurelium"), ("address:solana", MINT))
CREATOR = "DmETnDGfG36CACF2cFi5tPZewbtXhDy6aNg2q26ZVs6U"
WHALE = "4rZMiegvpsnsKZ8yQNatKEYQ1372T3ADYaMr3NMGU8Po"
PROGRAM = "2V1bjezArfo4FbDXrfnSPrc7jCbuKhcYyEUz4N4TpTfJ"
POOL = "BNRKT7yR9qMnX6XiiYG4w3Kk5fKjUnL14Q7KFTrk5N2x"
VAULT = "BzKVzqkRYMcqXAFq5dhjHq3conWysJEvRGhXeCT3PPPL"
INSIDER = "cgzuBJo4bcDHSeTdrWQ9Vn8q5yzVwKEyaU5eonBasfA"
EXCHANGE = "isGjG9A7x4is2Yz4pEyf9SzhVPZtaE6hn7jH3yorajs"


def ask(identifiers=AURELIUM):
    (request,) = PROVIDER.requests(Need(family="contract", identifiers=identifiers))
    return request


ASKED = ask()


def report(**changed):
    value = json.loads(payload("rugcheck", "report")) | changed
    return json.dumps(value).encode()


def rows_of(body, kind, request=ASKED):
    return [row for row in read(PROVIDER, request, body).rows if isinstance(row, kind)]


def holders(body):
    (row,) = rows_of(body, HolderRow)
    return row


def types(body):
    return {each.address: each.holder_type for each in holders(body).positions}


# What is asked ----------------------------------------------------------------------


def test_one_report_is_asked_for():
    assert (ASKED.path, ASKED.params) == (f"/v1/tokens/{MINT}/report", {})


def test_a_key_goes_into_its_header():
    assert PROVIDER.headers() == {}
    assert RugCheck(key="SECRET").headers() == {"X-API-KEY": "SECRET"}


@pytest.mark.parametrize(
    ("need", "says"),
    [
        (Need(family="holders", identifiers=AURELIUM), "has no holders; it has: contract"),
        (Need(family="contract"), "token by token"),
        (Need(family="contract", identifiers=(("address:base", "0x" + "d1" * 20),)), "mint on Solana"),
        (Need(family="contract", identifiers=(("address:solana", "O0"),)), "mint on Solana is not known"),
    ],
)
def test_what_can_not_be_asked_is_told(need, says):
    with pytest.raises(UnsupportedError, match=says):
        PROVIDER.requests(need)


# A report ---------------------------------------------------------------------------


def test_contract_pools_holders_and_supply_come_together():
    parsed = read(PROVIDER, ASKED, report())
    kinds = [type(row) for row in parsed.rows]
    assert kinds == [ContractRow, PoolRow, PoolRow, PoolRow, HolderRow, SupplyRow]
    asset = parsed.rows[0].asset
    assert (asset.identifiers, asset.symbol, asset.name) == (
        (("address:solana", MINT),),
        "AUR",
        "Aurelium",
    )
    assert {row.as_of for row in parsed.rows} == {NOW}
    assert parsed.rows[-1].total == Decimal(1_000_000_000)
    assert parsed.remarks == ()


def test_holders_are_typed_and_counted_by_owner():
    row = holders(report())
    assert (row.holder_count, row.supply) == (640, Decimal(1_000_000_000))
    assert [(each.address, each.holder_type, each.share) for each in row.positions] == [
        (POOL, "pool", 0.2),
        (WHALE, "wallet", pytest.approx(0.15)),
        (CREATOR, "insider", 0.02),
        (PROGRAM, "contract", 0.015),
        (VAULT, "locker", 0.012),
        (INSIDER, "insider", 0.01),
        (EXCHANGE, "exchange", 0.005),
    ]
    assert row.positions[1].balance == Decimal(150_000_000)
    assert [each.label for each in row.positions[:3]] == ["Raydium CPMM", "", "Creator"]


def test_a_pool_is_known_by_its_market_where_nobody_names_its_accounts():
    found = types(report(knownAccounts={}))
    assert (found[POOL], found[CREATOR], found[VAULT]) == ("pool", "insider", "contract")


def test_the_account_of_a_pool_makes_its_owner_one():
    """One authority owns the accounts of all pools of an exchange."""
    value = json.loads(report(knownAccounts={}))
    value["markets"][0]["liquidityB"] = value["topHolders"][1]["address"]
    found = [(each.holder_type, each.share) for each in holders(json.dumps(value).encode()).positions
             if each.address == WHALE]  # fmt: skip
    assert found == [("pool", 0.1), ("wallet", 0.05)]


def test_an_account_that_is_listed_twice_counts_once():
    value = json.loads(report())
    value["topHolders"].append(value["topHolders"][0])
    assert holders(json.dumps(value).encode()) == holders(report())


def test_a_share_that_is_not_told_is_worked_out_from_the_units():
    value = json.loads(report())
    del value["topHolders"][0]["pct"]
    assert holders(json.dumps(value).encode()).positions[0].share == 0.2


@pytest.mark.parametrize("line", [None, 5, {"pct": "much", "amount": None}, {"pct": 300, "amount": 10**20}])
def test_a_list_ends_at_the_first_line_that_can_not_be_read(line):
    value = json.loads(report())
    value["topHolders"][3] = line
    parsed = read(PROVIDER, ASKED, json.dumps(value).encode())
    (row,) = [each for each in parsed.rows if isinstance(each, HolderRow)]
    assert [each.address for each in row.positions] == [POOL, WHALE]
    assert [each for each in parsed.remarks if "up to the first" in each]


@pytest.mark.parametrize("count", [0, None, "many", 3])
def test_a_number_of_holders_that_can_not_be_is_not_known(count):
    assert holders(report(totalHolders=count)).holder_count is None


def test_without_anybody_listed_the_number_of_holders_stands_alone():
    row = holders(report(topHolders=None))
    assert (row.holder_count, row.positions) == (640, ())
    assert rows_of(report(topHolders=None, totalHolders=0), HolderRow) == []


def test_of_an_asset_on_several_chains_holders_and_supply_of_one_are_not_taken():
    request = ask((*AURELIUM, ("address:base", "0x" + "d1" * 20)))
    kinds = {type(row) for row in read(PROVIDER, request, report()).rows}
    assert kinds == {ContractRow, PoolRow}


def test_a_report_without_anything_is_a_listing():
    body = json.dumps({"mint": MINT}).encode()
    (row,) = read(PROVIDER, ASKED, body).rows
    assert isinstance(row, ListingRow)


# Answers that are none --------------------------------------------------------------


def test_a_mint_that_it_does_not_know_is_an_answer():
    parsed = read(PROVIDER, ASKED, payload("rugcheck", "not_found"), status_code=400)
    assert (parsed.rows, parsed.remarks) == ((), (f"RugCheck does not know {MINT}.",))
    assert PROVIDER.accepts(ASKED, 400)
    assert not PROVIDER.accepts(ASKED, 429)


@pytest.mark.parametrize(
    ("body", "status"),
    [(payload("rugcheck", "error"), 400), (payload("rugcheck", "error"), 200), (b"{}", 400), (b"[]", 400)],
)
def test_any_other_complaint_is_a_refusal(body, status):
    with pytest.raises(RefusedError, match="RugCheck refused: "):
        read(PROVIDER, ASKED, body, status_code=status)


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"mint": '])
def test_a_body_that_came_to_harm_is_asked_for_again(body):
    with pytest.raises(DamagedError):
        read(PROVIDER, ASKED, body)


@pytest.mark.parametrize("body", [b"[]", b"{}", b"5", report(mint=CREATOR)])
def test_the_report_of_another_mint_is_none(body):
    with pytest.raises(UnreadableError):
        read(PROVIDER, ASKED, body)


@given(data=st.data())
def test_whatever_changes_in_a_body_no_row_is_unsound(data):
    mutated(data, PROVIDER, ASKED, payload("rugcheck", "report"))


# Recorded bodies --------------------------------------------------------------------

GARY = "8ZCmwpW3MtC5UpNcZf7U4HMvRNTo71syU11BDiAFpump"
NWO = "EDQRk4ETkyb4qkcGfeVMxK3FsFXava7Q3HFxmpJXpump"
TRUMP = "6p6xgHyF7AeE6TZkSmFsko444wqoP15icUSqi2jfGiPN"


def rows_recorded(name, mint, kind):
    return rows_of(recorded(f"rugcheck/{name}.json"), kind, ask((("address:solana", mint),)))


@pytest.mark.shared
def test_a_recorded_token_that_moved_to_its_pool():
    (pool,) = rows_recorded("report_gary", GARY, PoolRow)
    assert (pool.lp_burned_share, pool.lp_locked_share, pool.lp_free_share) == (1, 0, 0)
    assert pool.reserve_usd == pytest.approx(Decimal("74193.83161390272"))
    assert pool.quote_reserve == Decimal("324.107363089")
    (row,) = rows_recorded("report_gary", GARY, HolderRow)
    assert [each.holder_type for each in row.positions] == ["pool", "wallet", "wallet"]
    assert (row.holder_count, row.positions[0].share) == (3090, pytest.approx(0.05436474347966708))


@pytest.mark.shared
def test_a_recorded_token_on_its_curve():
    (pool,) = rows_recorded("report_nwo_curve", NWO, PoolRow)
    assert (pool.pool_type, pool.quote_reserve) == ("bonding_curve", Decimal("0.010570201"))
    assert (pool.lp_locked_share, pool.lp_burned_share, pool.reserve_usd) == (None, None, None)
    (contract,) = rows_recorded("report_nwo_curve", NWO, ContractRow)
    assert (contract.creator_earlier_tokens, contract.malicious, contract.creator_rugs) == (3, True, 1)
    assert contract.creator_share == pytest.approx(2_181_662_779_733 / 2e15)
    (row,) = rows_recorded("report_nwo_curve", NWO, HolderRow)
    types = [each.holder_type for each in row.positions]
    assert types == ["pool", "pool", "insider"], "the curve, and the launchpad's own agent"


@pytest.mark.shared
def test_a_recorded_token_of_many_pools():
    body = json.loads(recorded("rugcheck/report_trump.json"))
    pools = rows_recorded("report_trump", TRUMP, PoolRow)
    assert len(body["markets"]) == 175
    assert len(pools) == 30
    assert pools[0].address == max(body["markets"], key=lambda each: each["lp"]["quoteUSD"])["pubkey"]
    (row,) = rows_recorded("report_trump", TRUMP, HolderRow)
    assert (row.holder_count, len(row.positions), row.positions[0].holder_type) == (None, 20, "contract")
    (contract,) = rows_recorded("report_trump", TRUMP, ContractRow)
    assert (contract.balance_mutable, contract.sell_tax_share, contract.creator_share) == (False, 0, None)


@pytest.mark.shared
def test_the_recorded_400_is_an_answer():
    parsed = read(PROVIDER, ASKED, recorded("rugcheck/error_400_not_found.json"), status_code=400)
    assert (parsed.rows, len(parsed.remarks)) == ((), 1)
