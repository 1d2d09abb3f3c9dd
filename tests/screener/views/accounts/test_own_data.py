import json

import pytest

from assets.models import Asset
from screener.models import Note, Watchlist
from screener.services.desk.notes import write_note

PASSWORD = "correct horse battery"


@pytest.fixture
def ana(client, django_user_model):
    user = django_user_model.objects.create_user("ana", password=PASSWORD)
    client.post("/accounts/login/", {"login": "ana", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return user


def test_all_of_it_can_be_taken_along(client, ana):
    asset = Asset.objects.create(kind="token", slug="alpha", name="Alpha")
    write_note(user=ana, asset=asset, body="my own words")
    page = client.get("/accounts/data/export/")
    assert page.headers["Content-Disposition"].startswith("attachment")
    found = json.loads(page.content)
    assert found["account"]["username"] == "ana"
    assert "my own words" in str(found["note"])
    assert client.session.session_key not in page.text
    assert ana.password not in page.text


def test_it_is_asked_for_the_password_first(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("ana", password=PASSWORD))
    for address in ("/accounts/data/export/", "/accounts/data/erase/"):
        assert client.get(address).headers["Location"].startswith("/accounts/reauthenticate/")


def test_who_writes_their_name_is_erased(client, ana, django_user_model):
    Watchlist.objects.create(owner=ana, name="Mine")
    assert client.post("/accounts/data/erase/", {"username": "eve"}).status_code == 422
    assert client.post("/accounts/data/erase/", {"username": "ana"}).status_code == 302
    assert not django_user_model.objects.exists()
    assert not Watchlist.objects.exists()
    assert not Note.objects.exists()
    assert client.get("/profiles/").status_code == 302


def test_the_last_who_can_look_after_the_server_stays(client, ana, django_user_model):
    django_user_model.objects.update(is_superuser=True)
    page = client.post("/accounts/data/erase/", {"username": "ana"}, follow=True)
    assert "This is the last account" in page.text
    assert django_user_model.objects.exists()


@pytest.mark.django_db
def test_everybody_can_read_what_is_kept(client):
    assert "a hash of your password" in client.get("/privacy/").text
