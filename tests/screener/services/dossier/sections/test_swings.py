from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from assets.models import Asset
from assets.sourcing.rows import CandleRow
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.swings import read_swings
from screener.services.scoring.score_assets import score_assets
from screener.universe.live import UNIVERSE
from tests.factories.example import NOW, make_ref, store
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_universe():
    UNIVERSE.forget()


def candles(count):
    """So many days up to yesterday."""
    closes = np.exp(np.cumsum(np.random.default_rng(5).normal(0, 0.05, count))).tolist()
    midnight = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    for number, close in enumerate(closes):
        yield CandleRow(
            asset=make_ref(),
            as_of=midnight - timedelta(days=count - number),
            market="main",
            open_usd=Decimal(str(close)),
            high_usd=Decimal(str(close * 1.03)),
            low_usd=Decimal(str(close * 0.96)),
            close_usd=Decimal(str(close * 1.01)),
            volume_usd=Decimal(1_000),
        )


def read(count):
    store(*candles(count))
    asset = Asset.objects.get()
    score_assets([asset.pk], now=NOW)
    facts = DossierFacts(asset, now=NOW)
    return facts, read_swings(facts)


def test_the_last_day_is_what_the_card_says():
    facts, shown = read(120)
    drawdown, volatility = (
        each.chart.points[-1].values["share"] for each in (shown.drawdown, shown.volatility)
    )
    assert drawdown == pytest.approx(facts.figures["price_drawdown_90d_share"])
    assert volatility == pytest.approx(facts.figures["volatility_daily_share"])
    assert len(shown.drawdown.chart.points) == 90


def test_too_few_days_draw_no_volatility_and_the_page_says_why(client):
    facts, shown = read(10)
    assert shown.drawdown.chart
    assert shown.volatility.chart is None
    section = f"{facts.asset.get_absolute_url()}sections/swings/"
    assert "needs 21 days with trades" in client.get(section, headers={"HX-Request": "true"}).text


def test_the_median_of_enough_peers_is_the_level():
    own = make_asset("Own", sector="Tools")
    make_card(own, figures={"market_cap_usd": 5e6, "volatility_daily_share": 0.01})
    for number in range(9):
        figures = {"market_cap_usd": 5e6, "volatility_daily_share": 0.02 + number / 100}
        make_card(make_asset(f"A{number}", sector="Tools"), figures=figures)
    shown = read_swings(DossierFacts(own, now=NOW))
    assert shown.volatility.figure.median == pytest.approx(0.06)
    assert shown.drawdown.figure.median is None
    assert shown.volatility.chart is None


def test_an_asset_without_a_card_and_prices_has_neither():
    shown = read_swings(DossierFacts(Asset.objects.create(kind="token", slug="bare"), now=NOW))
    assert (shown.drawdown.figure, shown.drawdown.chart) == (None, None)
