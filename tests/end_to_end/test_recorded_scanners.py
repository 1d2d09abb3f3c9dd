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

PATHS = {"HONEYPOT": "/honeypot", "SOURCIFY": "/sourcify"}
NAMED = [
    *(("honeypot", "contract", "address:ethereum", each) for each in (NITRO, CNDL, NOBODYS)),
    *(("sourcify", "contract", "address:ethereum", each) for each in (TETHER, NOBODYS)),
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
