import pytest
from django.core.management import CommandError, call_command


def test_18000_coins_fit_into_the_free_calls(db, capsys):
    supposed = ("--assets", "18000", "--watched", "50", "--screened", "500")
    call_command("schedule", "--dry-run", "--provider", "coingecko", *supposed)
    found = capsys.readouterr().out
    used, _of, calls = found.split("CoinGecko: ")[1].split()[:3]
    assert float(used) <= float(calls) == 330
    assert "market        all            18,000         86.4        20 h" in found
    assert "It fits the budget" in found


def test_without_dry_run_it_starts_what_is_due(db, capsys, settings):
    settings.ASSAY_REFRESH = ["none"]
    call_command("schedule")
    assert capsys.readouterr().out == "Nothing is due at none.\n"


def test_an_unknown_provider_is_refused(db):
    with pytest.raises(CommandError, match="no provider 'gecko'"):
        call_command("schedule", "--dry-run", "--provider", "gecko")
