import pytest
from django.contrib.auth.models import User

from assets.models import Asset
from screener.models import SandboxRemoval
from screener.services.desk.notes import write_note
from screener.services.operation.remove_sandbox import continue_removal
from screener.views.data import sandbox as view
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = User.objects.create_user("stella", is_staff=True)
    client.force_login(person)
    return person


@pytest.fixture
def tasks(monkeypatch):
    sent = []
    monkeypatch.setattr(view.remove_sandbox, "delay", lambda: sent.append("remove"))
    return sent


@pytest.fixture(autouse=True)
def state(settings, tmp_path):
    settings.STATE_DIR = tmp_path


def test_what_would_go_is_told_first(client, staff):
    invented = make_asset("One", fictional=True)
    write_note(user=staff, asset=invented, body="x")
    page = client.get("/data/sandbox/").content.decode()
    assert "It holds 1 asset." in page
    assert "1 note" in page
    assert "of 1 person" in page


def test_it_is_removed_when_that_is_confirmed(client, staff, tasks):
    make_card(make_asset("One", fictional=True))
    client.post("/data/sandbox/remove/")
    assert tasks == []
    client.post("/data/sandbox/remove/", {"confirmed": "yes"})
    assert tasks == ["remove"]
    assert SandboxRemoval.objects.get().asked_by == staff
    assert "is being removed" in client.get("/data/sandbox/").content.decode()
    continue_removal()
    assert "The sandbox is removed: 1 asset." in client.get("/data/sandbox/").content.decode()
    assert not Asset.objects.exists()


def test_others_can_not(client):
    client.force_login(User.objects.create_user("ana"))
    assert client.get("/data/sandbox/").status_code == 403
    assert client.post("/data/sandbox/remove/", {"confirmed": "yes"}).status_code == 403
    assert not SandboxRemoval.objects.exists()
