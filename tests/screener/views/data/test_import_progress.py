from unittest.mock import Mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assets.models import Asset, AssetIdentifier, Observation
from assets.services import watching
from assets.services.watching import StoppedError
from assets.sourcing.progress import READING, STORING, report
from screener.views.data.import_progress import new_watch, watched

pytestmark = pytest.mark.django_db

BODY = b"asset,as_of,total\nworked-example,2026-02-01,70000000\n"


@pytest.fixture
def staff(django_user_model, client):
    user = django_user_model.objects.create_user("root", is_staff=True)
    client.force_login(user)
    return user


@pytest.fixture
def posted(rf, staff):
    """A form of this person, as the view gets it."""
    request = rf.post("/data/import/check/", {"watch": new_watch()})
    request.user = staff
    return request


def far(client, request):
    return client.get("/data/import/progress/", {"watch": request.POST["watch"]}).json()


def stop(client, request):
    return client.post("/data/import/stop/", {"watch": request.POST["watch"]})


def test_the_page_that_waits_hears_how_far_it_is(client, posted):
    assert far(client, posted) == {}
    with watched(posted):
        report(READING, 1_500, 50_000)
        assert far(client, posted) == {"done": 1500, "total": 50000, "text": "Rows read: 1,500 of 50,000"}
        report(STORING, 7, 7)
        assert far(client, posted)["text"] == "Rows stored: 7 of 7"


def test_who_waits_can_stop_it_and_try_again_from_the_same_page(client, posted):
    with watched(posted):
        assert stop(client, posted).json() == {"text": "Stopping…"}
        with pytest.raises(StoppedError):
            report(READING, 9, 9)
    with watched(posted):
        report(READING, 9, 9)


def test_nobody_sees_or_stops_what_another_imports(client, posted, django_user_model):
    client.force_login(django_user_model.objects.create_user("other", is_staff=True))
    with watched(posted):
        report(READING, 9, 9)
        assert far(client, posted) == {}
        stop(client, posted)
        report(READING, 9, 9)
    client.force_login(django_user_model.objects.create_user("ana"))
    assert stop(client, posted).status_code == 403
    assert client.get("/data/import/progress/").status_code == 403


@pytest.mark.parametrize("watch", ["", "x", "../../../../../../../..", "a" * 23])
def test_a_name_that_is_none_of_ours_watches_nothing(client, staff, rf, watch):
    request = rf.post("/data/import/check/", {"watch": watch})
    request.user = staff
    with watched(request):
        report(READING, 9, 9)
    assert far(client, request) == {}
    assert stop(client, request).status_code == 200


def test_a_check_that_was_stopped_says_so(client, staff, monkeypatch):
    asset = Asset.objects.create(kind="token", slug="worked-example", name="Worked")
    AssetIdentifier.objects.create(asset=asset, namespace="coingecko", value="worked")
    monkeypatch.setattr(watching, "cache", Mock(**{"get.return_value": "wished"}))
    form = {"sheet": "supply", "evidence_url": "https://example.org/x", "watch": new_watch()}
    file = SimpleUploadedFile("supply.csv", BODY)
    answer = client.post("/data/import/check/", form | {"file": file}, follow=True)
    assert "Stopped as you wished. Nothing was stored." in answer.text
    assert not Observation.objects.exists()
