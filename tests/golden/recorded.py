"""Eight assets as their providers answered, each judged at the moment of its recording.

The bodies lie beside the checkout and are read from there; nothing of them stands here.
"""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from assets.models import Asset
from assets.providers import configured
from assets.sourcing.contract import Need, Provider, RawObservation
from assets.sourcing.rows import Identifier
from screener.models import Scorecard
from screener.services.scoring.score_assets import score_assets
from tests.assets.providers.answers import recorded
from tests.factories.market import observe

GVR: Final = "0x84fa8f52e437ac04107ec1768764b2b39287cb3e"
JUPITER: Final = "JUPyiwrYJFskUPiHa7hkeR8VUtAeFoSYbKedZNsDvCN"
GARY: Final = "8ZCmwpW3MtC5UpNcZf7U4HMvRNTo71syU11BDiAFpump"


def body_of(path: str) -> Any:
    """A recorded JSON body; the test is skipped by name without it."""
    return json.loads(recorded(path))


def answer(
    provider: Provider | str, family: str, body: Any, *, at: datetime, identifier: Identifier | None = None
) -> None:
    """Store what this provider's answer to its first request for the family says."""
    asked = configured(provider) if isinstance(provider, str) else provider
    request = asked.requests(Need(family=family, identifiers=(identifier,) if identifier else None))[0]
    raw = RawObservation(
        provider=asked.name,
        request=request,
        status_code=200,
        body=body if isinstance(body, bytes) else json.dumps(body).encode(),
        fetched_at=at,
    )
    observe(*asked.parse(raw).rows, family=family, at=at, provider=asked.name)


def coin_of_2017(name: str) -> dict[str, Any]:
    """A row of the whole market of 2017-12-06, in the words of CoinGecko's markets."""
    with io.StringIO(recorded("coinmarketcap/coinmarketcap_2017-12-06.csv").decode(), newline="") as file:
        row = next(each for each in csv.DictReader(file) if each["id"] == name)
    numbers = {
        "current_price": "price_usd",
        "market_cap": "market_cap_usd",
        "total_volume": "24h_volume_usd",
        "circulating_supply": "available_supply",
        "total_supply": "total_supply",
        "max_supply": "max_supply",
        "price_change_percentage_24h": "percent_change_24h",
    }
    at = datetime.fromtimestamp(float(row["last_updated"]), UTC)
    figures = {ours: float(row[theirs]) if row[theirs] else None for ours, theirs in numbers.items()}
    return {
        "id": row["id"],
        "symbol": row["symbol"],
        "name": row["name"],
        "last_updated": at.isoformat(),
        **figures,
    }


def skycoin() -> datetime:
    at = datetime(2017, 12, 6, 9, tzinfo=UTC)
    answer("coingecko", "market", [coin_of_2017("skycoin")], at=at)
    return at


def listed_polygon() -> dict[str, Any]:
    """Its row of the list of all coins."""
    coins = body_of("coingecko/dashbrd/coins_markets.json")
    return next(each for each in coins if each["id"] == "matic-network")


def polygon() -> datetime:
    at = datetime(2023, 7, 28, 20, 5, tzinfo=UTC)  # the coin was answered at 19:35, the list at 20:03
    answer("coingecko", "market", [listed_polygon()], at=at)
    for family in ("disclosure", "books"):
        answer(
            "coingecko",
            family,
            body_of("coingecko/dashbrd/coins_matic.json"),
            at=at,
            identifier=("coingecko", "matic-network"),
        )
    return at


def gary() -> datetime:
    at = datetime(2026, 10, 8, 12, tzinfo=UTC)
    known_as = ("address:solana", GARY)
    answer(
        "dexscreener",
        "pools",
        body_of("dexscreener/recent/token_pairs_gary.json"),
        at=at,
        identifier=known_as,
    )
    return at


def grove() -> datetime:
    at = datetime(2024, 6, 3, 12, tzinfo=UTC)
    body = body_of("goplus/token_security_eth_grove_gvr.json")
    answer("goplus", "contract", body, at=at, identifier=("address:ethereum", GVR))
    return at


def jupiter() -> datetime:
    at = datetime(2025, 6, 3, 12, tzinfo=UTC)
    body = body_of("goplus/token_security_solana_jup.json")
    answer("goplus", "contract", body, at=at, identifier=("address:solana", JUPITER))
    return at


def apple() -> datetime:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    path = "sec_edgar/companyfacts/CIK0000320193_apple.json.gz"
    answer("sec_data", "fundamentals", recorded(path), at=at, identifier=("cik", "320193"))
    return at


def alzamend() -> datetime:
    at = datetime(2026, 3, 7, 12, tzinfo=UTC)
    known_as = ("cik", "1677077")
    reports = recorded("sec_data/api/xbrl/companyfacts/CIK0001677077.json.gz")
    answer("sec_data", "fundamentals", reports, at=at, identifier=known_as)
    filings = recorded("sec_edgar/submissions/CIK0001677077.json")
    answer("sec_data", "filings", filings, at=at, identifier=known_as)
    return at


def ink() -> datetime:
    recording = body_of("orderbooks/gateio/07_currency_pair_INK_USDT_limit_100_with_id_true.json")
    at = datetime.fromtimestamp(recording["received_at"], UTC)
    answer("gate", "books", recording["body"], at=at, identifier=("currency:gate", "INK"))
    return at


ASSETS: Final[dict[str, Callable[[], datetime]]] = {
    each.__name__: each for each in (skycoin, polygon, gary, grove, jupiter, apple, alzamend, ink)
}


def scorecard_of(name: str) -> Scorecard:
    """The card of this asset as it was recorded."""
    at = ASSETS[name]()
    score_assets(Asset.objects.values_list("pk", flat=True), now=at)
    return Scorecard.objects.select_related("asset").latest("id")
