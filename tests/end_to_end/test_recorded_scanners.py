"""Recorded answers of token scanners: each figure that a card shows, against the body that it rests on."""

import json

import pytest

from tests.end_to_end.installation import RECORDED, SCORING, Installation, replay_server
from tests.end_to_end.recordings import fingerprint, recording
from tests.end_to_end.scan import REFRESH, Card

pytestmark = [*RECORDED, pytest.mark.slow("assets", *SCORING)]

NITRO = "0x95b6cd4acb05a4e3b682f009fd323bb1d822f5cf"
CNDL = "0x6efb32bc7893b793603e39643d86594ce3638157"
NOBODYS = "0x" + "d1" * 20

TETHER = "0xdac17f958d2ee523a2206206994597c13d831ec7"
GARY = "8ZCmwpW3MtC5UpNcZf7U4HMvRNTo71syU11BDiAFpump"
NWO = "EDQRk4ETkyb4qkcGfeVMxK3FsFXava7Q3HFxmpJXpump"
TRUMP = "6p6xgHyF7AeE6TZkSmFsko444wqoP15icUSqi2jfGiPN"
NO_MINT = "4rZMiegvpsnsKZ8yQNatKEYQ1372T3ADYaMr3NMGU8Po"

PATHS = {"HONEYPOT": "/honeypot", "RUGCHECK": "/rugcheck", "SOURCIFY": "/sourcify"}
NAMED = [
    *(("honeypot", "contract", "address:ethereum", each) for each in (NITRO, CNDL, NOBODYS)),
    *(("sourcify", "contract", "address:ethereum", each) for each in (TETHER, NOBODYS)),
    *(("rugcheck", "contract", "address:solana", each) for each in (GARY, NWO, TRUMP, NO_MINT)),
]


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    with replay_server() as url:
        made = Installation(tmp_path_factory.mktemp("assay"), url)
        made.env |= {f"ASSAY_{name}_URL": url + path for name, path in PATHS.items()}
        made.manage("migrate", "-v", "0")
        made.silent = made.ask(REFRESH.format(walks=[], named=NAMED))
        yield made


def test_what_a_scanner_does_not_know_is_an_answer_without_a_row(installation):
    assert sorted(installation.silent) == [
        [provider, "contract", "done", 0, ""] for provider in sorted(each.lower() for each in PATHS)
    ]


# honeypot.is --------------------------------------------------------------------------


def test_a_trap_with_an_empty_pool(installation):
    card = Card.of(installation, "address:ethereum", NITRO)
    body = recording("honeypot/IsHoneypot_nitro.json")
    analysis, pair = body["holderAnalysis"], body["pair"]
    assert analysis["holders"] == analysis["highTaxWallets"], "all of them lose most of it"
    assert (pair["reserves1"], pair["liquidity"]) == ("1", 0), "1 wei"

    assert card.value("tokenomics.taxes") == pytest.approx(analysis["averageTax"] / 100)
    assert card.findings["tokenomics.taxes"]["state"] == "fail"
    assert "tokenomics.taxes" in card.gates
    assert card.value("holder_concentration.holder_count") == body["token"]["totalHolders"]
    assert "liquidity_usd" not in card.figures or card.figures["liquidity_usd"] == 0
    for criterion in ("tokenomics.taxes", "holder_concentration.holder_count"):
        assert list(map(fingerprint, card.bodies(criterion))) == [fingerprint(body)]


def test_a_token_that_can_be_sold(installation):
    card = Card.of(installation, "address:ethereum", CNDL)
    body = recording("honeypot/IsHoneypot_cndl.json")
    trade = body["simulationResult"]
    assert card.value("tokenomics.taxes") == pytest.approx(max(trade["buyTax"], trade["sellTax"]) / 100)
    assert card.findings["tokenomics.taxes"]["state"] != "fail"
    assert card.gates == []
    assert card.value("holder_concentration.holder_count") == body["token"]["totalHolders"]
    assert card.figures["liquidity_usd"] == pytest.approx(body["pair"]["liquidity"])
    assert list(map(fingerprint, card.bodies("tokenomics.taxes"))) == [fingerprint(body)]


# Sourcify -----------------------------------------------------------------------------


def test_a_published_source(installation):
    card = Card.of(installation, "address:ethereum", TETHER)
    body = recording("sourcify/1_usdt_minimal.json")
    assert body["match"] == "match"
    assert card.value("transparency.verified_source") == 1
    assert card.findings["transparency.verified_source"]["state"] == "unknown", "its powers are not known"
    assert [fingerprint(json.loads(each)) for _, _, each in card.answers.values()] == [fingerprint(body)]


# RugCheck -----------------------------------------------------------------------------


def test_a_token_whose_pool_nobody_can_pull(installation):
    card = Card.of(installation, "address:solana", GARY)
    body = recording("rugcheck/report_gary.json")
    (market,) = body["markets"]
    lp = market["lp"]
    assert lp["lpLocked"] == lp["reserveSupply"] == lp["lpTotalSupply"], "all shares that were ever made"
    assert lp["tokenSupply"] == 0, "are burned"

    assert card.findings["liquidity_depth.pool_control"]["state"] == "pass"
    assert card.figures["liquidity_usd"] == pytest.approx(lp["baseUSD"] + lp["quoteUSD"])
    assert card.findings["tokenomics.mint_authority"]["state"] == "pass"
    assert body["mintAuthority"] is body["freezeAuthority"] is None
    assert card.value("tokenomics.taxes") == body["transferFee"]["pct"] == 0
    assert card.findings["transparency.verified_source"]["state"] == "pass"
    assert card.value("holder_concentration.holder_count") == body["totalHolders"]
    assert card.figures["creator_share"] == body["creatorBalance"] == 0
    for criterion in ("liquidity_depth.pool_control", "tokenomics.taxes", "tokenomics.mint_authority"):
        assert list(map(fingerprint, card.bodies(criterion))) == [fingerprint(body)]


def test_a_token_on_its_curve(installation):
    card = Card.of(installation, "address:solana", NWO)
    body = recording("rugcheck/report_nwo_curve.json")
    assert body["markets"][0]["lp"]["lpLockedPct"] == 100, "of 0.01 SOL"
    assert card.findings["liquidity_depth.pool_control"]["state"] == "n-a", "nobody has shares of a curve"
    assert card.findings["liquidity_depth.lp_holder_count"]["state"] == "n-a"
    assert card.findings["liquidity_depth.launch_phase"]["state"] == "fail"
    assert card.value("holder_concentration.holder_count") == body["totalHolders"] == 3
    supply = body["token"]["supply"]
    assert card.figures["creator_share"] == pytest.approx(body["creatorBalance"] / supply)
    assert card.figures["creator_earlier_tokens"] == len(body["creatorTokens"])
    # The pool's half doesn't count, and neither does the launchpad's program with the other one.
    assert card.value("holder_concentration.largest_wallet") == pytest.approx(
        body["topHolders"][2]["pct"] / 100
    )


def test_a_token_of_which_one_program_holds_most(installation):
    card = Card.of(installation, "address:solana", TRUMP)
    body = recording("rugcheck/report_trump.json")
    assert body["topHolders"][0]["pct"] == pytest.approx(80.00003)
    top = sum(each["pct"] for each in body["topHolders"][:10]) / 100
    assert card.figures["top_ten_share"] == pytest.approx(top)
    assert card.value("holder_concentration.holder_count") is None, "the body of 2025-01 doesn't count them"
