import pytest
from django.core.management import CommandError, call_command

from assets.models import MarketSnapshot, RefreshRun, RefreshStep
from assets.network.http import PacedHttpClient
from assets.network.pacing import LocalPacer
from assets.services.refreshing import runs, steps


@pytest.fixture
def filled(db, monkeypatch):
    monkeypatch.setattr("assets.tasks.run_steps.delay", lambda **_kwargs: None)
    monkeypatch.setattr("screener.tasks.score_waiting.delay", lambda: None)
    runs.start_run(provider="sandbox", family="market", limit=5)
    steps.run_step(step_id=RefreshStep.objects.get().pk, client=PacedHttpClient(pacer=LocalPacer()))


def test_answers_are_read_again_without_a_trace_when_nothing_changed(filled, capsys):
    before = MarketSnapshot.objects.count()
    call_command("reparse", "--provider", "sandbox", "--since", "2020-01-01")
    assert "0 rows are new or different, 0 answers can't be read, 0 scores." in capsys.readouterr().out
    assert MarketSnapshot.objects.count() == before > 0
    assert RefreshRun.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--provider", "gecko", "--since", "2020-01-01"), "no provider 'gecko'"),
        (("--provider", "sandbox", "--since", "yesterday"), "not a day like"),
    ],
)
def test_what_makes_no_sense_is_refused(db, arguments, why):
    with pytest.raises(CommandError, match=why):
        call_command("reparse", *arguments)
