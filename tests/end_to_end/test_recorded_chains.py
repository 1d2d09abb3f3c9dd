"""Recorded answers of nodes and launchpads: what a card shows, against the body that it rests on."""

import json

import pytest

from tests.end_to_end.installation import RECORDED, SCORING, Installation, replay_server
from tests.end_to_end.recordings import recording
from tests.end_to_end.scan import REFRESH, Card

pytestmark = [*RECORDED, pytest.mark.slow("assets", *SCORING)]

SOLANA, ETHEREUM = "address:solana", "address:ethereum"
GARY = "8ZCmwpW3MtC5UpNcZf7U4HMvRNTo71syU11BDiAFpump"
AAPLX = "XsbEhLAtcf6HdfpFZ5xEMdqW8nfAvcsP5bdudRLJzJp"
TRUMP = "6p6xgHyF7AeE6TZkSmFsko444wqoP15icUSqi2jfGiPN"
NO_MINT = "4rZMiegvpsnsKZ8yQNatKEYQ1372T3ADYaMr3NMGU8Po"
USDC, NOBODYS = "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48", "0x" + "d1" * 20
PAIR = "0xb4e16d0168e52d35cacd2c6185b44281ec28c9dc"
WALKED = "0xcbcdf9626bc03e24f779434178a73a0b4bad62ed"
WBTC = "0x2260fac5e5542a773aa44fbcfedf7c193bc2c599"

PATHS = {
    "SOLANA_RPC": "/solana-rpc",
    "EVM_RPC_1": "/evm-rpc/1",
    "EVM_RPC_56": "/evm-rpc/1",
    "JUPITER": "/jupiter",
    "PUMPFUN": "/pumpfun",
    "RUGCHECK": "/rugcheck",
    "DEXSCREENER": "/dexscreener",
    "GOPLUS": "/goplus",
}
FAMILIES = [("geckoterminal", ("market", "pools", "holders")), ("dexscreener", ("market", "pools"))]
CHAIN = [
    *(("jupiter", "market", SOLANA, each) for each in (GARY, NO_MINT)),
    *(("pumpfun", "market", SOLANA, each) for each in (GARY, NO_MINT)),
    *(("solana_rpc", "contract", SOLANA, each) for each in (GARY, AAPLX, NO_MINT)),
    *(("solana_rpc", "holders", SOLANA, each) for each in (TRUMP, GARY)),
    ("evm_rpc_1", "pools", ETHEREUM, USDC),
    ("evm_rpc_1", "pools", ETHEREUM, NOBODYS),
]
OTHERS = [
    *((provider, family, SOLANA, GARY) for provider, families in FAMILIES for family in families),
    ("rugcheck", "contract", SOLANA, GARY),
]

POOLS = """
import json
from assets.models import PoolSnapshot
rows = PoolSnapshot.objects.filter(provider={provider!r}).order_by("pk")
print(json.dumps([{{name: str(getattr(row, name)) for name in {names!r}}} for row in rows]))
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    with replay_server() as url:
        made = Installation(tmp_path_factory.mktemp("assay"), url)
        made.env |= {f"ASSAY_{name}_URL": url + path for name, path in PATHS.items()}
        made.manage("migrate", "-v", "0")
        made.silent = made.ask(REFRESH.format(walks=[], named=OTHERS + CHAIN))
        yield made


def test_what_nobody_knows_is_an_answer_without_a_row(installation):
    silent = [each[:2] for each in installation.silent if each[2] == "done"]
    assert ["jupiter", "market"] in silent
    assert ["pumpfun", "market"] in silent
    assert ["solana_rpc", "contract"] in silent
    assert ["evm_rpc_1", "pools"] in silent
    assert [each for each in installation.silent if each[2] != "done"] == []


def test_a_token_recorded_at_six_sources_is_known_well(installation):
    """Its mint at the chain, its holders at RugCheck, its curve at Pump.fun, its pool at everybody."""
    card = Card.of(installation, SOLANA, GARY)
    state = card.states()
    assert card.gates == []
    assert card.value("tokenomics.taxes") == 0
    for criterion in ("tokenomics.mint_authority", "transparency.verified_source"):
        assert state[criterion] == "pass"
    assert state["liquidity_depth.pool_control"] == "pass", "burned, whatever is called locked beside"
    assert state["tokenomics.float_share"] != "unknown", "Jupiter tells the circulating supply"
    assert state["transparency.deployer"] != "unknown"
    (token,) = recording("jupiter/tokens_v2_search_gary.json")
    assert card.figures["creator_earlier_tokens"] == token["audit"]["devMints"] - 1
    known = [each for each in state.values() if each not in ("unknown", "not_applicable")]
    assert len(known) >= 0.6 * len([each for each in state.values() if each != "not_applicable"])


def test_powers_of_token_2022(installation):
    card = Card.of(installation, SOLANA, AAPLX)
    assert {provider for provider, _family, _body in card.answers.values()} == {"solana_rpc"}
    info = recording("solana_rpc/recorded/getAccountInfo_mint2022_AAPLx_delegate_pausable.json")
    extensions = info["body"]["result"]["value"]["data"]["parsed"]["info"]["extensions"]
    delegate = {each["extension"]: each.get("state") for each in extensions}["permanentDelegate"]["delegate"]
    assert delegate
    assert card.findings["transparency.verified_source"]["state"] == "fail", "whoever holds it can take units"
    assert card.findings["tokenomics.mint_authority"]["state"] == "fail"
    assert "tokenomics.mint_authority" in card.gates


def test_owners_of_the_largest_accounts(installation):
    card = Card.of(installation, SOLANA, TRUMP)
    held = [each["amount"] for each in recording("rugcheck/report_trump.json")["topHolders"]]
    supply = recording("rugcheck/report_trump.json")["token"]["supply"]
    top = sum(sorted(held, reverse=True)[:10]) / supply
    assert card.figures["top_ten_share"] == pytest.approx(top, abs=0.06), "an exchange's accounts don't count"


def test_a_pair_that_its_factory_knows(installation):
    names = ("address", "pool_type", "base_reserve", "quote_reserve")
    pools = installation.ask(POOLS.format(provider="evm_rpc_1", names=names))
    pair = next(each for each in pools if each["address"] == PAIR)
    assert pair["pool_type"] == "constant_product"
    assert float(pair["base_reserve"]) == pytest.approx(10_171_515.362865)
    assert float(pair["quote_reserve"]) == pytest.approx(4_857.7075002)


def test_a_node_of_another_chain_is_not_believed(installation):
    silent = installation.ask(
        REFRESH.format(walks=[], named=[("evm_rpc_56", "contract", "address:bsc", NOBODYS)])
    )
    (run,) = [each for each in silent if each[0] == "evm_rpc_56"]
    assert run[2] == "failed"
    assert "is of chain 1 and not of 56; check ASSAY_EVM_RPC_56_URL" in run[4]


def test_the_ticks_of_a_pool_that_somebody_named(installation):
    """Its liquidity within 2 % of the price: what a trade of that size is sure to find."""
    installation.ask(
        f"""
import json
from django.utils import timezone
from assets.models import Asset, Observation, PoolSnapshot
asset = Asset.objects.create(kind="token", slug="wrapped", chain="ethereum")
asset.identifiers.create(namespace="{ETHEREUM}", value="{WBTC}")
now, seen = timezone.now(), Observation.objects.first()
PoolSnapshot.objects.create(asset=asset, observation=seen, provider="geckoterminal", as_of=now, known_at=now,
                            address="{WALKED}", chain="ethereum")
print(json.dumps(1))
"""
    )
    installation.ask(REFRESH.format(walks=[], named=[("evm_rpc_1", "pools", ETHEREUM, WBTC)]))
    names = ("address", "virtual_base_reserve", "virtual_quote_reserve")
    pools = installation.ask(POOLS.format(provider="evm_rpc_1", names=names))
    walked = [each for each in pools if each["address"] == WALKED and each["virtual_quote_reserve"] != "None"]
    state = json.dumps(recording("evm_rpc/degenbot/1_block_24947230.json"))
    assert WALKED in state.lower()
    assert [float(walked[0]["virtual_base_reserve"])] == pytest.approx([527.61], rel=1e-3)
