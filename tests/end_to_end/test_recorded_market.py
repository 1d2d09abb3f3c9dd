"""The main job on real recorded input: providers → facts → scores → screener, through the real commands.

Reads the recordings beside the checkout through their own local server; skipped by name without them.
"""

import pytest

from tests.end_to_end.installation import RECORDED, SCORING, Installation, replay_server

pytestmark = [
    *RECORDED,
    pytest.mark.slow(
        *("assets", "screener/supervisor", "screener/management", "screener/screens", "screener/universe"),
        *(
            "screener/services/screening",
            "screener/views/screening",
            "templates/screening",
            "screener/urls.py",
        ),
        *SCORING,
    ),
]

COUNTS = """
import json
from assets.models import Asset, AssetIdentifier, MarketSnapshot, PoolSnapshot, RefreshRun
from screener.models import Scorecard
named = AssetIdentifier.objects.values_list("namespace", flat=True)
print(json.dumps({
    "assets": Asset.objects.count(),
    "coins": named.filter(namespace="coingecko").count(),
    "solana_tokens": named.filter(namespace="address:solana").count(),
    "markets": MarketSnapshot.objects.filter(observation__provider="coingecko").count(),
    "solana_pools": PoolSnapshot.objects.filter(asset__chain="solana").values("address").distinct().count(),
    "unscored": Asset.objects.exclude(pk__in=Scorecard.objects.values("asset_id")).count(),
    "failed": list(RefreshRun.objects.exclude(state="done").values_list("provider", "family", "problem")),
}))
"""

SCREEN = """
import json
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
page = Client(headers={"host": "localhost"}).get("/", {"q": "kind:token tier:micro"})
print(json.dumps({"status": page.status_code, "total": page.context["screen"].total}))
"""


@pytest.fixture(scope="module")
def replay_url():
    with replay_server() as url:
        yield url


@pytest.fixture(scope="module")
def installation(replay_url, tmp_path_factory):
    made = Installation(tmp_path_factory.mktemp("assay"), replay_url)
    made.manage("migrate", "-v", "0")
    made.refresh_coingecko("coingecko-2017")
    made.manage("refresh", "--provider", "geckoterminal", "--family", "pools", "--wait")
    return made


def test_the_whole_market_of_2017_is_stored_and_scored(installation):
    counts = installation.ask(COUNTS)
    assert counts["markets"] == 1326
    assert counts["coins"] == 1325, "one id stands for two coins in the recording"
    assert counts["unscored"] == 0
    assert counts["failed"] == []


def test_thousands_of_real_solana_pools_are_stored_and_scored(installation):
    counts = installation.ask(COUNTS)
    assert counts["solana_pools"] > 4_000
    assert counts["solana_tokens"] > 3_000
    assert counts["unscored"] == 0


def test_the_screener_filters_the_micro_caps_among_them(installation):
    screen = installation.ask(SCREEN)
    assert screen["status"] == 200
    assert screen["total"] > 800


def test_a_later_market_replaces_the_earlier_one_by_its_date(installation):
    before = installation.ask(COUNTS)
    installation.refresh_coingecko("coingecko")
    counts = installation.ask(COUNTS)
    assert counts["markets"] == before["markets"] + 250
    assert counts["unscored"] == 0
