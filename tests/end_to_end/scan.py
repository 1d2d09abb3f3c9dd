"""A scan of what is recorded: one installation, every provider that has something, and its scorecards."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.end_to_end.installation import Installation

GVR = "0x84fa8f52e437ac04107ec1768764b2b39287cb3e"
BUNTBALL = "ASKDeiVmcNbndq1C7CL1CLmRiao8CoDsjFnPLPTvyvhW"
JUPITER = "JUPyiwrYJFskUPiHa7hkeR8VUtAeFoSYbKedZNsDvCN"
PAIRED = (
    "3Y1SCEJABneLzJ1KL7f6jp5NyP7wxjtqmAy5qKAVpump",
    "3SwWxAKdbeYH2H8ENPhFAXbQ9zCCjaMyc2MnFkaXpump",
    "DppWLLeBgn49Poy15Jqq8vewEEtSrMBQNzKKzYgZpump",
)
APPLE = "320193"
MARVELL = "1835632"

PATHS = {
    "COINGECKO": "/coingecko-2017/api/v3",
    "DEXSCREENER": "/dexscreener",
    "GOPLUS": "/goplus",
    "DEFILLAMA": "/defillama",
    "GATE": "/gate",
    "BINANCE": "/binance",
    "SEC_DATA": "/sec-data",
    "SEC_WWW": "/sec-www",
}
"""Where the recordings of each provider are served; GeckoTerminal's the installation knows itself."""

WALKS = [("coingecko", "market", None), ("geckoterminal", "pools", 200), ("sec_www", "listing", 40)]

NAMED = [
    *(("dexscreener", family, "address:solana", each) for each in PAIRED for family in ("market", "pools")),
    ("goplus", "contract", "address:ethereum", GVR),
    ("goplus", "contract", "address:solana", JUPITER),
    *(("gate", "books", "currency:gate", code) for code in ("OMG", "NANO", "INK", "FAST", "DIS")),
    ("binance", "books", "currency:binance", "NKN"),
    *(("sec_data", "filings", "cik", cik) for cik in (MARVELL, "1677077", "310522")),
    *(("sec_data", "fundamentals", "cik", cik) for cik in (MARVELL, APPLE, "1640147", "1997711")),
    *(("defillama", "unlocks", "coingecko", name) for name in ("uniswap", "ondo-finance", "velo", "tezos")),
]
"""What is asked by name: (provider, family, namespace, value)."""

REFRESH = """
import json
from assets.models import RefreshRun
from assets.services.refreshing.runs import start_run
from screener.supervisor import local_services
from tests.servers.waiting import until

def wait():
    until(lambda: not RefreshRun.objects.filter(state="running").exists(), "the end of the runs")

with local_services():
    for provider, family, limit in {walks!r}:
        start_run(provider=provider, family=family, limit=limit)
    wait()
    for provider, family, namespace, value in {named!r}:
        start_run(provider=provider, family=family, identifiers=[(namespace, value)])
    wait()
runs = RefreshRun.objects.values_list("provider", "family", "state", "rows_stored", "problem")
print(json.dumps([run for run in runs if run[2] != "done" or not (run[3] or run[1] == "listing")]))
"""

CARDS = """
import json
from assets.models import Asset
from screener.checklist.dimensions import CRITERIA
from screener.models import Scorecard
cards = Scorecard.objects.latest_of_each_asset().select_related("asset")
scan = {"assets": Asset.objects.count(), "cards": []}
scan["criteria"] = {kind: [each.id for each in CRITERIA.values() if kind in each.kinds]
                    for kind in ("token", "equity")}
for card in cards.order_by("asset_id"):
    scan["cards"].append({
        "asset": card.asset_id, "kind": card.asset.kind, "findings": card.findings, "figures": card.figures,
        "dimensions": card.dimensions, "scores": [card.total, card.total_low, card.total_high, card.coverage],
        "gates": card.gates_open, "observations": card.observations, "scored_at": card.scored_at.isoformat(),
    })
print(json.dumps(scan))
"""

CARD = """
import json
from assets.models import Asset, Observation
card = Asset.objects.identified_by({namespace!r}, {value!r}).get().scorecards.first()
observations = Observation.objects.select_related("payload").filter(pk__in=card.observations)
print(json.dumps({{
    "findings": card.findings, "figures": card.figures, "gates": card.gates_open,
    "unverified": card.gates_unverified, "scored_at": card.scored_at.isoformat(),
    "answers": [[each.pk, each.provider, each.family, each.payload.body.decode()] for each in observations],
}}))
"""


def scan(installation: Installation) -> list[Any]:
    """Refresh everything above and score it; a run that failed or brought nothing is given back."""
    for name, path in PATHS.items():
        installation.env[f"ASSAY_{name}_URL"] = installation.replay_url + path
    problems: list[Any] = installation.ask(REFRESH.format(walks=WALKS, named=NAMED))
    return problems


@dataclass(frozen=True)
class Card:
    """One scorecard, with the bodies of the observations that it rests on."""

    findings: Mapping[str, Mapping[str, Any]]
    figures: Mapping[str, float]
    gates: list[str]
    unverified: list[str]
    scored_at: datetime
    answers: Mapping[int, tuple[str, str, str]]

    @classmethod
    def of(cls, installation: Installation, namespace: str, value: str) -> "Card":
        card = installation.ask(CARD.format(namespace=namespace, value=value))
        return cls(
            findings={each["criterion"]: each for each in card["findings"]},
            figures=card["figures"],
            gates=card["gates"],
            unverified=card["unverified"],
            scored_at=datetime.fromisoformat(card["scored_at"]),
            answers={pk: (provider, family, body) for pk, provider, family, body in card["answers"]},
        )

    def value(self, criterion: str) -> float | None:
        shown: float | None = self.findings[criterion]["value"]
        return shown

    def states(self) -> dict[str, str]:
        return {criterion: each["state"] for criterion, each in self.findings.items()}

    def bodies(self, criterion: str) -> list[Any]:
        """The stored answers that a finding names."""
        return [json.loads(self.answers[each][2]) for each in self.findings[criterion]["observations"]]

    def is_aged(self, as_of: datetime, days: float) -> bool:
        return self.scored_at - as_of > timedelta(days=days)
