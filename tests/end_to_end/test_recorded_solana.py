"""The recorded Solana market: what stands first, and how well it is known what can be sold into its pools.

Reads the recordings beside the checkout through their own local server; skipped by name without them.
"""

import pytest

from tests.end_to_end.installation import RECORDED, SCORING, Installation, replay_server

pytestmark = [*RECORDED, pytest.mark.slow("assets", *SCORING)]

TOP = 100
LEAST_TRADES = 50

STANDING = """
import json
from assets.metrics.unit_changes import UnitChanges
from assets.metrics import supply
from assets.metrics.pools import BONDING_CURVE, Pools, certainty_counts
from assets.models import Asset, PoolSnapshot
from assets.services.reading.facts import facts_of
from django.utils import timezone
from screener.models import Scorecard

cards = {card.asset_id: card for card in Scorecard.objects.filter(asset__fictional=False).order_by("id")}
facts = facts_of(sorted(cards), now=timezone.now())
pools = Pools.of(facts, supply=supply.measures(facts, changes=UnitChanges.of(facts)))
rows = facts.pools
moved_on = set(rows.loc[(rows["pool_type"] != BONDING_CURVE) & (rows["reserve_usd"] > 0), "asset_id"])
curves = set(rows.loc[rows["pool_type"] == BONDING_CURVE, "asset_id"]) - moved_on

def first(key):
    ranked = sorted((card for card in cards.values() if key(card) is not None), key=key, reverse=True)[:TOP]
    return [{
        "symbol": card.asset.symbol, "value": key(card), "on_curve": card.asset_id in curves,
        "trades": card.figures.get("trades_24h"),
    } for card in ranked]

print(json.dumps({
    "by_score": first(lambda card: card.total),
    "by_liquidity": first(lambda card: card.figures.get("liquidity_usd")),
    "counts": certainty_counts(pools),
}))
"""


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    with replay_server() as url:
        installation = Installation(tmp_path_factory.mktemp("assay"), url)
        installation.manage("migrate", "-v", "0")
        installation.manage("refresh", "--provider", "geckoterminal", "--family", "pools", "--wait")
        return installation.ask(f"TOP = {TOP}\n{STANDING}")


@pytest.mark.parametrize("order", ["by_score", "by_liquidity"])
def test_no_launchpad_token_before_completion_stands_first(standing, order):
    assert len(standing[order]) == TOP
    assert [each for each in standing[order] if each["on_curve"]] == []


@pytest.mark.parametrize("order", ["by_score", "by_liquidity"])
def test_no_pool_that_nobody_trades_stands_first(standing, order):
    assert [each for each in standing[order] if not (each["trades"] or 0) >= LEAST_TRADES] == []


def test_of_how_many_pools_the_depth_is_known(standing):
    counts = standing["counts"]
    total = sum(counts[each] for each in ("known", "bounded", "unknown", "refused"))
    assert total > 4_000
    assert counts["known"] > total / 2
    assert counts["refused"] < total / 10
