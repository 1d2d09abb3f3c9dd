"""Recorded lists of Nasdaq and FINRA: what is known of a share's venue, against the body that it rests on."""

import gzip
import json

import pytest

from tests.assets.providers.answers import RECORDED as BODIES
from tests.end_to_end.installation import RECORDED, SCORING, Installation, replay_server
from tests.end_to_end.scan import REFRESH, Card

pytestmark = [*RECORDED, pytest.mark.slow("assets", *SCORING)]

APPLE, TICKER = "320193", "AAPL"
PATHS = {"NASDAQTRADER": "/nasdaqtrader", "FINRA": "/finra", "SEC_WWW": "/sec-www"}
VENUES = """
import json
from assets.models import Asset, VenueSnapshot
rows = VenueSnapshot.objects.filter(asset=Asset.objects.identified_by("cik", {cik!r}).get()).order_by("pk")
print(json.dumps([
    [each.provider, each.venue, each.tier, each.financial_status, each.halt_code,
     str(each.short_interest_on or ""), int(each.short_interest_shares or 0)]
    for each in rows
]))
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    with replay_server() as url:
        made = Installation(tmp_path_factory.mktemp("assay"), url)
        made.env |= {f"ASSAY_{name}_URL": url + path for name, path in PATHS.items()}
        made.manage("migrate", "-v", "0")
        made.ask(REFRESH.format(walks=[("sec_www", "listing", 10)], named=[]))
        lists = [("nasdaqtrader", "venue", None)]
        made.silent = made.ask(REFRESH.format(walks=lists, named=[("finra", "venue", "share:us", TICKER)]))
        yield made


def test_no_list_makes_assets_of_what_it_holds(installation):
    assert installation.silent == []
    assert installation.ask("from assets.models import Asset; print(Asset.objects.count())") == 10


def test_a_share_has_its_market_its_status_and_what_is_sold_short(installation):
    rows = installation.ask(VENUES.format(cik=APPLE))
    (call,) = json.loads((BODIES / "finra/api/short_interest.json").read_text())
    newest = max(
        (each for each in json.loads(call["text"]) if each["symbolCode"] == TICKER),
        key=lambda each: each["settlementDate"],
    )
    assert sorted(rows) == [
        ["finra", "", "", "", "", newest["settlementDate"], newest["currentShortPositionQuantity"]],
        ["nasdaqtrader", "", "", "", "none", "", 0],
        ["nasdaqtrader", "Nasdaq Global Select Market", "exchange", "normal", "", "", 0],
    ]


def test_a_finding_of_the_venue_rests_on_the_directory(installation):
    card = Card.of(installation, "cik", APPLE)
    assert card.value("liquidity_depth.venue") == 0
    bodies = {card.answers[each][2] for each in card.findings["liquidity_depth.venue"]["observations"]}
    directory = gzip.decompress(
        (BODIES / "nasdaqtrader/symdir/2025-07-21/nasdaqlisted.txt.gz").read_bytes()
    ).decode()
    assert directory in bodies
    # The only list that is recorded is older than a week: nothing is said of the days since.
    assert card.findings["transparency.threshold_list"]["state"] == "unknown"
