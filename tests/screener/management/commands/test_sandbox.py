from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assets.models import Asset
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def market(settings, tmp_path):
    settings.STATE_DIR = tmp_path
    make_card(make_asset("Real"))
    make_card(make_asset("One", fictional=True))


def said(*arguments):
    out = StringIO()
    call_command("sandbox", *arguments, stdout=out)
    return out.getvalue()


def test_it_says_what_there_is():
    assert said() == "The sandbox holds 1 invented assets. Nobody wrote anything about them.\n"
    assert Asset.objects.count() == 2


def test_it_removes_and_lets_it_come_back():
    assert "The sandbox is removed: 1 assets" in said("--remove", "--yes")
    assert Asset.objects.get().slug == "real"
    assert "It was removed" in said()
    said("--restore")
    assert "It was removed" not in said()


def test_it_asks_first(monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _question: "")
    with pytest.raises(CommandError, match="Nothing was removed"):
        said("--remove")
    assert Asset.objects.count() == 2
