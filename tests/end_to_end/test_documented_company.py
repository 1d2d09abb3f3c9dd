"""A company all of whose papers can be had: what keyless providers answer of the checklist.

What is recorded of real companies lacks most of the documents that their lists name; this one is invented and
whole. The product asks as for "Fetch what is missing".
"""

from datetime import UTC, datetime

import pytest

from assets.models import Asset, RefreshRun, RefreshStep
from assets.services.refreshing.runs import start_run
from assets.services.refreshing.steps import run_step
from screener.services.scoring.score_assets import score_assets
from tests.end_to_end.answering import Answering
from tests.end_to_end.documented_company import CIK, answers

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
UNANSWERED = {
    "transparency.warnings",  # no list of suspensions and proceedings is read
    "liquidity_depth.zero_volume_days",  # daily bars need a key or accepted terms
    "utility.distance_to_default",
    "utility.price_to_sales",  # a company of its sector alone has no peers
}
IN_ORDER = (
    ("sec_www", "listing"),
    ("sec_data", "fundamentals"),
    ("sec_data", "filings"),
    ("sec_www", "ownership"),
    ("sec_www", "filings"),
    ("sec_www", "market"),
    ("nasdaqtrader", "venue"),
    ("finra", "venue"),
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(monkeypatch, time_machine):
    time_machine.move_to(NOW, tick=False)
    monkeypatch.setenv("ASSAY_CONTACT", "ops@example.org")
    client = Answering(NOW, answers())
    for provider, family in IN_ORDER:
        company = Asset.objects.identified_by("cik", CIK).first()
        asked = {"asset_ids": [company.pk]} if company and (provider, family) not in WALKS else {}
        run = start_run(provider=provider, family=family, **asked)
        while waiting := RefreshStep.objects.filter(run=run, state="waiting").first():
            run_step(step_id=waiting.pk, client=client)
    assert not RefreshRun.objects.exclude(problem="").exists()
    company = Asset.objects.identified_by("cik", CIK).get()
    score_assets([company.pk])
    return company.scorecards.get()


WALKS = {("sec_www", "listing"), ("sec_www", "market"), ("nasdaqtrader", "venue")}


def test_most_of_the_checklist_is_answered_without_a_key(card):
    states = {each["criterion"]: each["state"] for each in card.findings}
    assert {name for name, state in states.items() if state == "unknown"} == UNANSWERED
    assert {each["criterion"] for each in card.findings if each["stale"]} == set()
    assert card.coverage >= 0.80
    assert card.grade == "B", "the gate of warnings can't be verified"
