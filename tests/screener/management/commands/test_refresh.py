import pytest
from django.core.management import CommandError, call_command

from assets.models import Asset, RefreshRun
from assets.services.refreshing.runs import start_run
from screener.management.commands import refresh


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "Say what to refresh"),
        (["--provider", "coingeko"], "There is no provider 'coingeko'"),
        (["--family", "weather"], "There is no family 'weather'"),
        (["--provider", "coingecko", "--family", "filings"], "coingecko has no filings"),
        (["--provider", "sandbox", "--limit", "0"], "not a whole number above 0"),
        (["--provider", "sandbox", "--asset", "nobody"], "There is no asset 'nobody'"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(db, arguments, why):
    with pytest.raises(CommandError, match=why):
        call_command("refresh", *arguments)
    assert not RefreshRun.objects.exists()


@pytest.fixture
def planned(monkeypatch):
    """The runs that the command starts, without a broker."""
    started = []

    def start(**asked):
        run = start_run(**asked)
        started.append((run.provider, run.family, run.limit))
        return run

    monkeypatch.setattr(refresh, "start_run", start)
    monkeypatch.setattr("assets.tasks.run_steps.delay", lambda **_kwargs: None)
    return started


def test_a_provider_alone_means_all_its_families_in_order(db, planned, capsys):
    call_command("refresh", "--provider", "sandbox", "--limit", "3")
    assert planned[:3] == [("sandbox", "listing", 3), ("sandbox", "market", 3), ("sandbox", "pools", 3)]
    assert ": Sandbox · Listing" in capsys.readouterr().out


def test_one_asset_is_asked_for_by_its_identifiers(db, planned):
    asset = Asset.objects.create(kind="token", slug="worked-example")
    asset.identifiers.create(namespace="sandbox", value="asset-0")
    call_command("refresh", "--provider", "sandbox", "--family", "holders", "--asset", "worked-example")
    assert RefreshRun.objects.get().asset == asset


def test_what_a_provider_refuses_is_told_and_the_command_fails(db, planned, capsys):
    with pytest.raises(CommandError, match="Not everything was refreshed"):
        call_command("refresh", "--provider", "coingecko", "--family", "books")
    assert "no known asset" in capsys.readouterr().err


@pytest.mark.broker
def test_waiting_shows_the_end_of_the_run(worker, capsys):
    call_command("refresh", "--provider", "sandbox", "--family", "market", "--limit", "5", "--wait")
    assert "done: 1 of 1 call, " in capsys.readouterr().out


def test_all_walks_first_and_leaves_out_who_cannot_be_asked(db, planned, capsys, monkeypatch):
    monkeypatch.setenv("ASSAY_SANDBOX_ASSETS", "3")
    call_command("refresh", "--all", "--limit", "3")
    assert ("sandbox", "market", 3) in planned
    assert planned.index(("coingecko", "market", 3)) < len(planned)
    assert {"sandbox", "coingecko", "geckoterminal"} <= {provider for provider, *_rest in planned}
    assert "coingecko books: There is nothing to ask" in capsys.readouterr().err


def test_all_and_a_name_contradict_each_other(db):
    with pytest.raises(CommandError, match="or --all"):
        call_command("refresh", "--all", "--provider", "sandbox")
