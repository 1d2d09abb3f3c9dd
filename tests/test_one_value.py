"""One value: card, finding, screen, export, peek and chart say the same of a figure, for every archetype."""

import csv
import io
import math

import pytest

from assets.metrics.measure import MEASURES, measure
from assets.models import Asset
from assets.sandbox.archetypes import ROTATION
from assets.services.reading.facts import facts_of
from screener.checklist.dimensions import CRITERIA
from screener.models import Scorecard
from screener.screens.columns import COLUMNS
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.liquidity import read_liquidity
from screener.services.dossier.sections.selling import read_selling
from screener.universe.live import UNIVERSE
from tests.factories.market import NOW, observe_market, score

pytestmark = pytest.mark.django_db

MEASURED = {each.name for each in MEASURES}
KEYS = {each.heading: each.source for each in COLUMNS if each.source in MEASURED and not each.since}
CHARTED = (
    *("assets/metrics", "assets/models", "assets/providers/sandbox.py", "assets/sandbox", "assets/services"),
    *("screener/charts", "screener/checklist", "screener/services/dossier", "screener/services/scoring"),
)
"""What a chart and its finding are drawn from."""


@pytest.fixture
def market():
    observe_market(range(len(ROTATION)))
    score()
    UNIVERSE.forget()


def measured_now():
    facts = facts_of(list(Asset.objects.values_list("pk", flat=True)), now=NOW)
    return measure(facts, position_usd=5_000)


def cards():
    return Scorecard.objects.select_related("asset").order_by("asset_id")


def exported(client, kind):
    """By slug the row of a CSV of every measured column."""
    response = client.get("/screen/export/", {"q": f"kind:{kind}", "columns": ",".join(KEYS)})
    lines = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")))
    return {line["slug"]: line for line in lines}


@pytest.mark.parametrize("kind", ["token", "equity"])
def test_a_column_of_an_export_is_the_figure_of_the_card(client, market, kind):
    rows = exported(client, kind)
    judged = [each for each in cards() if each.asset.kind == kind]
    assert set(rows) == {each.asset.slug for each in judged}
    for card in judged:
        row = rows[card.asset.slug]
        for key, source in KEYS.items():
            if key in row:
                stated = card.figures.get(source, math.nan)
                shown = float(row[key]) if row[key] else math.nan
                assert shown == pytest.approx(stated, rel=1e-6, nan_ok=True), (key, card)


def test_a_finding_says_what_is_measured(market):
    measured = measured_now()
    for card in cards():
        row = measured.loc[[card.asset_id]]
        for finding in card.findings:
            figure = CRITERIA[finding["criterion"]].columns(row)[0][0]
            said = math.nan if finding["value"] is None else finding["value"]
            if finding["state"] != "n-a":
                assert said == pytest.approx(figure, rel=1e-6, abs=1e-9, nan_ok=True), finding


def test_a_card_holds_what_its_facts_measure(market):
    measured = measured_now().to_dict("index")
    for card in cards():
        stated = {name: value for name, value in measured[card.asset_id].items() if not math.isnan(value)}
        assert {name: value for name, value in card.figures.items() if name in MEASURED} == stated


@pytest.mark.slow(*CHARTED, "assets/metrics/selling")
def test_a_simulated_exit_agrees_with_what_the_card_says_of_leaving(market):
    """The same size, price and days; all venues together lose no more than a round trip through one."""
    sold = 0
    for card in cards():
        section, figures = read_selling(DossierFacts(card.asset, now=NOW)), card.figures
        price, days = figures.get("price_usd", math.nan), figures.get("days_to_exit", math.nan)
        assert section.size_usd == figures["position_usd"]
        assert section.venues.price_usd == pytest.approx(price, nan_ok=True)
        (at_ten,) = [each.days for each in section.days if each.participation_share == 0.10]
        assert (math.nan if at_ten is None else at_ten) == pytest.approx(days, nan_ok=True)
        cost = figures.get("round_trip_cost_share", math.nan)
        if section.sale and not section.sale.outcome.is_least and cost == cost:
            sold += 1
            assert 1 - section.sale.proceeds_share <= cost + 1e-9, card.asset
    assert sold > 20


@pytest.mark.slow(*CHARTED)
def test_the_chart_of_exit_costs_passes_through_the_finding(market):
    drawn = 0
    for card in cards():
        section = read_liquidity(DossierFacts(card.asset, now=NOW))
        cost = card.figures.get("round_trip_cost_share", math.nan)
        points = section.chart.points if section.chart else ()
        own = [each.values["cost"] for each in points if each.values["size"] == card.figures["position_usd"]]
        drawn += bool(own)
        assert own in ([], [pytest.approx(cost, rel=1e-6)]), card.asset
    assert drawn > 5
