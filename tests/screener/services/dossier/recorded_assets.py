"""Five recorded assets, asked for as the product asks: each scored at the clock of its recordings.

They come from the recordings beside the checkout, through their own local server.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import time_machine

from assets.models import Asset, RefreshStep
from assets.network.http import PacedHttpClient
from assets.network.pacing import LocalPacer
from assets.services.refreshing.runs import start_run
from assets.services.refreshing.steps import run_step
from screener.services.scoring.score_assets import score_assets

SOLANA, COINGECKO, CIK, GATE = "address:solana", "coingecko", "cik", "currency:gate"
PATHS = {
    **{"COINGECKO": "/coingecko/api/v3", "DEFILLAMA": "/defillama", "GATE": "/gate"},
    **{"GECKOTERMINAL": "/geckoterminal/api/v2", "DEXSCREENER": "/dexscreener", "JUPITER": "/jupiter"},
    **{"PUMPFUN": "/pumpfun", "SOLANA_RPC": "/solana-rpc", "RUGCHECK": "/rugcheck"},
    **{"SEC_DATA": "/sec-data", "SEC_WWW": "/sec-www"},
}
"""Where the recordings of each provider are served."""
OF_A_POOL = (
    *(("geckoterminal", family) for family in ("pools", "market", "holders")),
    *(("dexscreener", family) for family in ("market", "pools")),
    *(("jupiter", "market"), ("pumpfun", "market"), ("solana_rpc", "contract"), ("rugcheck", "contract")),
)


@dataclass(frozen=True)
class RecordedAsset:
    """What it is called at its sources, when they were recorded, and who is asked for what."""

    namespace: str
    value: str
    recorded_at: datetime
    asked: tuple[tuple[str, str], ...]

    @property
    def read_at(self) -> datetime:
        return self.recorded_at + timedelta(minutes=3)

    @property
    def asset(self) -> Asset:
        return Asset.objects.identified_by(self.namespace, self.value).get()

    def fetch(self) -> None:
        """Ask everybody at the clock of the recordings, and score it."""
        with time_machine.travel(self.recorded_at, tick=True):
            for provider, family in self.asked:
                self._refresh(provider, family)
            score_assets([self.asset.pk])

    def _refresh(self, provider: str, family: str) -> None:
        name = {"identifiers": [(self.namespace, self.value)]}
        run = start_run(
            provider=provider,
            family=family,
            **({"asset_ids": [self.asset.pk]} if provider == "sec_www" else name),
        )
        client = PacedHttpClient(pacer=LocalPacer(sleep=lambda _seconds: None))
        while waiting := RefreshStep.objects.filter(run=run, state=RefreshStep.State.WAITING).first():
            run_step(step_id=waiting.pk, client=client)
            waiting.refresh_from_db()
            assert waiting.state != RefreshStep.State.WAITING, waiting.problem


OCTOBER = datetime(2026, 10, 8, 15, 38, tzinfo=UTC)
RECORDED_ASSETS = {
    "Solana pool token": RecordedAsset(
        SOLANA, "8ZCmwpW3MtC5UpNcZf7U4HMvRNTo71syU11BDiAFpump", OCTOBER, OF_A_POOL
    ),
    "launchpad token": RecordedAsset(
        SOLANA,
        "EDQRk4ETkyb4qkcGfeVMxK3FsFXava7Q3HFxmpJXpump",
        OCTOBER,
        (("geckoterminal", "holders"), ("solana_rpc", "contract"), ("rugcheck", "contract")),
    ),
    "thin exchange token": RecordedAsset(
        GATE, "FAST", datetime(2021, 4, 22, 12, 13, tzinfo=UTC), (("gate", "books"),)
    ),
    "going-concern filer": RecordedAsset(
        CIK,
        "1677077",
        datetime(2026, 3, 9, 15, tzinfo=UTC),
        (("sec_data", "fundamentals"), ("sec_data", "filings"), ("sec_www", "filings")),
    ),
    "protocol with unlocks": RecordedAsset(
        COINGECKO,
        "optimism",
        datetime(2023, 7, 28, 20, 5, tzinfo=UTC),
        (("coingecko", "market"), ("defillama", "unlocks")),
    ),
}
