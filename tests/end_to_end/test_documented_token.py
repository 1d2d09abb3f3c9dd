"""A token of a pool whose every keyless answer can be had: what they answer of the checklist.

What is recorded of real tokens on EVM chains lacks all trade, and of those on Solana most of the rest; this
one is invented and whole.
"""

from datetime import UTC, datetime

import pytest

from assets.models import Asset, RefreshRun, RefreshStep
from assets.services.refreshing.runs import start_run
from assets.services.refreshing.steps import run_step
from screener.services.operation.coverage import read_coverage
from screener.services.scoring.score_assets import score_assets
from screener.universe.live import UNIVERSE
from tests.end_to_end.answering import Answering
from tests.end_to_end.documented_token import TOKEN, answers

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
UNANSWERED = {
    "utility.price_of_revenue",  # DefiLlama lists no protocol of it
    "transparency.audit",
    "transparency.team",  # CoinPaprika lists no coin of it
    "transparency.roadmap",  # it names no repository
    "transparency.paid_promotion",  # DexScreener's orders are not read here
}
IN_ORDER = (
    *(("geckoterminal", family) for family in ("pools", "market", "holders")),
    ("goplus", "contract"),
    *(("blockscout", family) for family in ("contract", "holders", "usage", "pools")),
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(time_machine):
    time_machine.move_to(NOW, tick=False)
    UNIVERSE.forget()
    client = Answering(NOW, answers(NOW))
    for provider, family in IN_ORDER:
        run = start_run(provider=provider, family=family, identifiers=[("address:base", TOKEN)])
        while waiting := RefreshStep.objects.filter(run=run, state="waiting").first():
            run_step(step_id=waiting.pk, client=client)
    assert not RefreshRun.objects.exclude(problem="").exists()
    token = Asset.objects.identified_by("address:base", TOKEN).get()
    score_assets([token.pk])
    yield token.scorecards.get()
    UNIVERSE.forget()


def test_most_of_the_checklist_is_answered_without_a_key(card):
    states = {each["criterion"]: each["state"] for each in card.findings}
    assert {name for name, state in states.items() if state == "unknown"} == UNANSWERED
    assert {each["criterion"] for each in card.findings if each["stale"]} == set()
    assert card.coverage >= 0.75
    assert card.grade, "it is rated"


def test_it_is_a_pool_token_whose_contract_was_read(card):
    (dex, _listed, _company) = read_coverage().read
    assert (dex.assets, dex.median_coverage) == (1, card.coverage)
