"""Recorded answers about projects, who is behind a coin and what is worked on, against their bodies."""

import json

import pytest

from tests.end_to_end.installation import RECORDED, SCORING, Installation, replay_server
from tests.end_to_end.recordings import recording
from tests.end_to_end.scan import Card

pytestmark = [*RECORDED, pytest.mark.slow("assets", *SCORING)]

PATHS = {"COINGECKO": "/coingecko/api/v3", "COINPAPRIKA": "/coinpaprika/v1", "GITHUB": "/github"}
NAMED = [
    ("coingecko", "disclosure", [("coingecko", "bitcoin")]),
    ("coingecko", "disclosure", [("coingecko", "usd-coin")]),
    ("coinpaprika", "disclosure", [("coingecko", "ethereum")]),
    ("coinpaprika", "market", [("coinpaprika", "link-chainlink")]),
    ("coinpaprika", "market", [("coinpaprika", "nobody-nobodys-coin")]),
    # No coin's repository is recorded: this one stands for one that a project names.
    ("github", "disclosure", [("coingecko", "ethereum"), ("github", "pygithub/pygithub")]),
    ("github", "disclosure", [("coingecko", "ethereum"), ("github", "nobody/nothing")]),
]
REFRESH = f"""
import json
from assets.models import DisclosureSnapshot, RefreshRun
from assets.services.refreshing.runs import start_run
from screener.supervisor import local_services
from tests.servers.waiting import until

def wait():
    until(lambda: not RefreshRun.objects.filter(state="running").exists(), "the end of the runs")

with local_services():
    for provider, family, identifiers in {NAMED!r}:
        start_run(provider=provider, family=family, identifiers=identifiers)
        wait()
code = DisclosureSnapshot.objects.filter(provider="github").values_list("repository", "commits_90d", "as_of")
print(json.dumps({{
    "runs": sorted(RefreshRun.objects.values_list("provider", "state", "rows_stored")),
    "code": [[repository, commits, as_of.date().isoformat()] for repository, commits, as_of in code],
}}))
"""
OF_A_CONTRACT = (
    *(
        "tokenomics.mint_authority",
        "tokenomics.taxes",
        "transparency.verified_source",
        "transparency.deployer",
    ),
    *("liquidity_depth.pool_control", "liquidity_depth.lp_holder_count", "utility.sells_per_buy"),
)


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    with replay_server() as url:
        made = Installation(tmp_path_factory.mktemp("assay"), url)
        made.env |= {f"ASSAY_{name}_URL": url + path for name, path in PATHS.items()}
        made.manage("migrate", "-v", "0")
        made.refreshed = made.ask(REFRESH)
        yield made


def test_every_answer_is_one_and_silence_has_no_rows(installation):
    assert {state for _provider, state, _rows in installation.refreshed["runs"]} == {"done"}
    assert [rows for name, _state, rows in installation.refreshed["runs"] if name == "coinpaprika"] == [
        0,
        1,
        2,
    ]


def test_a_chains_own_coin_is_asked_nothing_about_a_contract(installation):
    body = recording("coingecko/jkorf/GetAssetDetails.json")["body"]
    assert (body["asset_platform_id"], body["platforms"]) == (None, {"": ""})
    native, token = (Card.of(installation, "coingecko", coin).states() for coin in ("bitcoin", "usd-coin"))
    assert {native[each] for each in OF_A_CONTRACT} == {"n-a"}
    assert {token[each] for each in OF_A_CONTRACT} == {"unknown"}


def test_a_team_and_its_links_are_those_of_the_answer(installation):
    body = recording("coinpaprika/coins_eth-ethereum.json")
    assert len(body["team"]) > 5
    card = Card.of(installation, "coingecko", "ethereum")
    assert card.findings["transparency.team"]["state"] == "pass"
    assert body in [json.loads(each) for _provider, _family, each in card.answers.values()]


def test_commits_are_those_of_the_last_weeks_that_were_counted(installation):
    """The repository was asked for twice: the first time its commits were still being counted."""
    weeks = recording("github/recorded/Repository.testStatisticsCommitActivity__2.json")["body"]
    ((repository, commits, day),) = installation.refreshed["code"]
    assert repository == "pygithub/pygithub"
    assert sum(each["total"] for each in weeks[-12:]) <= commits <= sum(each["total"] for each in weeks[-13:])
    assert day == "2013-11-17", "the last week that the recorded answer tells ended then"
