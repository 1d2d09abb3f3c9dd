"""The recorded Solana market: what stands first, and how well it is known what can be sold into its pools.

Reads the recordings beside the checkout through their own local server; skipped by name without them.
"""

import gzip
import json
import unicodedata
from collections import defaultdict

import pytest

from tests.end_to_end.installation import RECORDED, REPLAY, SCORING, Installation, replay_server

pytestmark = [*RECORDED, pytest.mark.slow("assets", *SCORING)]

TOP = 100
LEAST_TRADES = 50

STANDING = """
import json
from assets.metrics.pools import BONDING_CURVE, Pools, certainty_counts
from assets.models import Asset, PoolSnapshot
from assets.services.reading.facts import facts_of
from django.utils import timezone
from screener.models import Scorecard

cards = {card.asset_id: card for card in Scorecard.objects.filter(asset__fictional=False).order_by("id")}
facts = facts_of(sorted(cards), now=timezone.now())
pools = Pools.of(facts)
rows = facts.pools
moved_on = set(rows.loc[(rows["pool_type"] != BONDING_CURVE) & (rows["reserve_usd"] > 0), "asset_id"])
curves = set(rows.loc[rows["pool_type"] == BONDING_CURVE, "asset_id"]) - moved_on

def standing(card):
    # As the screener sorts: what is not rated behind all that is, by the least its answers give it.
    rated = card.total is not None
    return [rated, card.total if rated else card.total_low]

def first(key):
    ranked = sorted((card for card in cards.values() if key(card) is not None), key=key, reverse=True)[:TOP]
    return [{
        "symbol": card.asset.symbol, "value": key(card), "on_curve": card.asset_id in curves,
        "trades": card.figures.get("trades_24h"), "name": card.asset.name, "mark": card.asset.likeness,
        "names": [[each.namespace, each.value] for each in card.asset.identifiers.all()],
    } for card in ranked]

print(json.dumps({
    "by_score": first(standing),
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
        installation.refresh_coingecko("coingecko")
        return installation.ask(f"TOP = {TOP}\n{STANDING}")


@pytest.mark.parametrize("order", ["by_score", "by_liquidity"])
def test_no_launchpad_token_before_completion_stands_first(standing, order):
    assert len(standing[order]) == TOP
    assert [each for each in standing[order] if each["on_curve"]] == []


@pytest.mark.parametrize("order", ["by_score", "by_liquidity"])
def test_no_pool_that_nobody_trades_stands_first(standing, order):
    assert [each for each in standing[order] if not (each["trades"] or 0) >= LEAST_TRADES] == []


# Imitations -----------------------------------------------------------------------------

COINGECKO = REPLAY.parents[1] / "data" / "providers" / "coingecko" / "dashbrd"
ODD_LETTERS = {"\u0430": "a", "\u0435": "e", "\u043e": "o", "\u0440": "p", "\u0441": "c", "\u0445": "x"}


def plain(text):
    """Its letters and digits alone, small and Latin: not the product's own reading of it."""
    letters = (each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())
    return "".join(ODD_LETTERS.get(each, each) for each in letters)


@pytest.fixture(scope="module")
def listed():
    """The ranked coins as CoinGecko lists them: by symbol and by name, their contracts on Solana."""
    ranked = {each["id"] for each in json.loads((COINGECKO / "coins_markets.json").read_text())}
    with gzip.open(COINGECKO / "coins_list.json.gz") as body:
        coins = json.load(body)
    contracts = {each["platforms"].get("solana") for each in coins} - {None, ""}
    owners = {"symbol": defaultdict(list), "name": defaultdict(list)}
    for each in coins:
        if each["id"] in ranked:
            for field, found in owners.items():
                found[plain(each[field])].append(each["id"])
    return owners, contracts


def copied(token, owners):
    """The ranked coins whose symbol or name it bears."""
    return sorted(
        {
            coin
            for field, found in owners.items()
            if len(plain(token[field])) > 1
            for coin in found.get(plain(token[field]), ())
        }
    )


@pytest.mark.parametrize("order", ["by_score", "by_liquidity"])
def test_no_imitation_stands_first_without_its_mark(standing, listed, order, record_property):
    owners, contracts = listed
    genuine, imitations, others = [], [], []
    for token in standing[order]:
        addresses = {value for namespace, value in token["names"] if namespace == "address:solana"}
        kind = genuine if addresses & contracts else imitations if copied(token, owners) else others
        kind.append(token)
    record_property(order, f"{len(imitations)} imitations, {len(genuine)} listed, {len(others)} others")
    assert imitations, "the recorded market has some"
    assert [each["symbol"] for each in imitations if not each["mark"]] == []
    assert [each["symbol"] for each in genuine if each["mark"]] == []


def test_who_bears_no_name_of_a_large_coin_is_not_marked(standing, listed):
    """The marks among the first, read one by one: TRUMP (2025) is not in the listing of 2023."""
    owners, _contracts = listed
    marked = [
        plain(token["symbol"])
        for order in ("by_score", "by_liquidity")
        for token in standing[order]
        if token["mark"] and not copied(token, owners)
    ]
    assert set(marked) <= {"trump"}


def test_of_how_many_pools_the_depth_is_known(standing):
    counts = standing["counts"]
    total = sum(counts[each] for each in ("known", "bounded", "unknown", "refused"))
    assert total > 4_000
    assert counts["known"] > total / 2
    assert counts["refused"] < total / 10
