"""Each keyless provider at its own rate against its recorded twin, which answers 429 over the vendor's limit.

Reads the recordings beside the checkout through their own local server; skipped by name without them.
"""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from assets.network.http import PacedHttpClient
from assets.network.pacing import LocalPacer, PacingError
from assets.providers import PROVIDERS
from assets.sourcing.contract import Need, ProviderError, UnsupportedError
from tests.end_to_end.installation import REPLAY, replay_server

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not REPLAY.exists(), reason="the recorded provider data is not beside the checkout"),
    pytest.mark.slow("assets/providers", "assets/network"),
]

PATHS = {
    "gate": "/gate",
    "kraken": "/kraken",
    "binance": "/binance",
    "coingecko": "/coingecko/api/v3",
    "geckoterminal": "/geckoterminal/api/v2",
    "dexscreener": "/dexscreener",
    "dexscreener_orders": "/dexscreener",
    "jupiter": "/jupiter",
    "pumpfun": "/pumpfun",
    "coinpaprika": "/coinpaprika/v1",
    "sourcify": "/sourcify",
    "honeypot": "/honeypot",
    "rugcheck": "/rugcheck",
    "solana_rpc": "/solana-rpc",
    "goplus": "/goplus",
    "defillama": "/defillama",
    "github": "/github",
    "sec_data": "/sec-data",
    "sec_frames": "/sec-data",
    "sec_www": "/sec-www",
    "nasdaqtrader": "/nasdaqtrader",
    "finra": "/finra",
    "cboe": "/cboe",
    "nasdaq_api": "/nasdaq-api",
    "stooq": "/stooq",
}
NOT_RECORDED = {"analyst", "sandbox", "kucoin", "mexc", "blockscout"}
"""Our own, without a recorded twin, or of one host a chain (Blockscout)."""
NODES = "evm_rpc_"
LEAST_S, LONGEST_S = 10.0, 65.0
KNOWN_AS = (
    (("coingecko", "bitcoin"),),
    (("coingecko", "bitcoin"), ("github", "pygithub/pygithub")),
    (("coinpaprika", "btc-bitcoin"),),
    (("cik", "320193"),),
    (("share:us", "AAPL"),),
    (("currency:gate", "FAST"),),
    (("currency:kraken", "XBT"),),
    (("currency:binance", "NKN"),),
)
CONTRACTS = (
    ("solana", "8ZCmwpW3MtC5UpNcZf7U4HMvRNTo71syU11BDiAFpump"),
    ("ethereum", "0x84fa8f52e437ac04107ec1768764b2b39287cb3e"),
)


def keyless():
    return [each for each in PROVIDERS if not each.needs_key and each.name not in NOT_RECORDED]


def path_of(name):
    return f"/evm-rpc/{name.removeprefix(NODES)}" if name.startswith(NODES) else PATHS.get(name, "")


class CountingPacer(LocalPacer):
    """Hears what was refused for being too often, which passes, and nothing of what it refuses for good."""

    def __init__(self):
        super().__init__()
        self.went, self.refused = [], 0

    def claim(self, name, rate):
        delay_s = super().claim(name, rate)
        self.went += [time.monotonic()] if not delay_s else []
        return delay_s

    def hold(self, name, seconds):
        self.refused += 1
        super().hold(name, seconds)

    def failed(self, name):
        self.refused += 1
        super().failed(name)


def first_request(provider):
    """Any call of its own; a chain's node is asked about a contract there."""
    chains = [each.removeprefix("address:") for each in provider.namespaces if each.startswith("address:")]
    contracts = [(f"address:{chain}", address) for chain, address in CONTRACTS if chain in chains]
    contracts = contracts or [(f"address:{chain}", CONTRACTS[1][1]) for chain in chains[:1]]
    for family in provider.families:
        for known in (None, *((each,) for each in contracts), *KNOWN_AS):
            try:
                return provider.requests(Need(family=family, identifiers=known, limit=1))[0]
            except (UnsupportedError, IndexError):
                continue
    raise AssertionError(provider.name)


class Walk:
    """One provider, asked as often as its rate allows through a window and what begins the next one."""

    def __init__(self, kind, base_url):
        self.provider = kind(base_url=base_url + path_of(kind.name), accepted=bool(kind.terms))
        self.pacer, self.rate = CountingPacer(), kind.rate
        self.request, self.client = first_request(self.provider), PacedHttpClient(pacer=self.pacer)

    def ask(self):
        """Whether its turn came."""
        try:
            self.provider.fetch(self.request, self.client)
        except PacingError:
            return False
        except ProviderError:
            return True  # What it says about this call; a limit would have held the pacer.
        return True

    def go(self):
        ends_at = time.monotonic() + min(max(self.rate.per_s * 1.05 + 2, LEAST_S), LONGEST_S)
        for _number in range(round(self.rate.calls * max(1.2, LEAST_S / self.rate.per_s))):
            if time.monotonic() > ends_at or self.pacer.due_in(self.provider.name, self.rate) > LONGEST_S:
                break
            if not self.ask():
                break

    def most_within(self, seconds):
        moments = self.pacer.went
        return max(sum(first <= each <= first + seconds for each in moments) for first in moments)


def test_every_keyless_provider_is_walked():
    assert [each.name for each in keyless() if not path_of(each.name)] == []


def test_none_is_told_that_it_asks_too_often(monkeypatch):
    """Orders are asked of the same host as pairs, which counts them apart; its twin counts both as one.

    Each is asked once beforehand: what certificates and recordings take to be read the first time would
    bunch the calls of all others, and no rate is about that.
    """
    monkeypatch.setenv("ASSAY_CONTACT", "ops@example.org")
    with replay_server("--enforce-limits") as url, replay_server("--enforce-limits") as url_of_orders:
        hosts = {"dexscreener_orders": url_of_orders}
        walks = {each.name: Walk(each, hosts.get(each.name, url)) for each in keyless()}
        for name, each in walks.items():
            assert each.ask(), name
        with ThreadPoolExecutor(len(walks)) as threads:
            list(threads.map(Walk.go, walks.values()))
    assert {name: each.pacer.refused for name, each in walks.items() if each.pacer.refused} == {}
    for name, each in walks.items():
        if LEAST_S <= each.rate.per_s <= LONGEST_S:  # a second is too short for a busy computer to fill
            assert each.most_within(each.rate.per_s + 1) >= 0.9 * each.rate.calls, name
