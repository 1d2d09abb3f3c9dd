import pytest
from django.core.management import call_command

from screener.models import MarketDay
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


def worked_out(capsys, *words):
    call_command("market", *words)
    return capsys.readouterr().out


def test_the_history_is_worked_out_at_once(capsys):
    make_card(make_asset("One"))
    assert "days of groups are stored" in worked_out(capsys)
    stored = MarketDay.objects.count()
    assert stored > 4 * 700
    MarketDay.objects.update(members=99)
    worked_out(capsys)
    assert 0 < MarketDay.objects.exclude(members=99).count() < 100, "the last days"
    worked_out(capsys, "--all")
    assert not MarketDay.objects.filter(members=99).exists()
    assert MarketDay.objects.count() == stored
