import pytest

from screener.models import Preference
from screener.screens.position import PositionSize
from screener.services.desk.preferences import set_position
from tests.factories.example import fill_example

pytestmark = pytest.mark.django_db


def test_a_theme_is_kept_in_a_cookie_and_rendered(client):
    answer = client.post("/theme/", {"theme": "dark", "next": "/data/"})
    assert (answer.status_code, answer["Location"]) == (302, "/data/")
    assert answer.cookies["theme"].value == "dark"
    assert b'data-theme="dark"' in client.get("/").content


@pytest.mark.parametrize("theme", ["", "pink", "<script>"])
def test_any_other_theme_is_that_of_the_system(client, theme):
    client.cookies["theme"] = "dark"
    answer = client.post("/theme/", {"theme": theme})
    assert answer.cookies["theme"].value == ""
    assert b"data-theme" not in client.get("/").content


def test_a_theme_leads_to_no_other_site(client):
    assert client.post("/theme/", {"theme": "dark", "next": "https://example.com/"})["Location"] == "/"


def test_looking_at_it_changes_nothing(client):
    assert client.get("/theme/").status_code == 405


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


def test_a_strangers_position_is_kept_in_a_cookie_and_counts(client):
    asset = fill_example()
    answer = client.post("/position/", {"position": "2000000", "next": asset.get_absolute_url()})
    assert (answer.status_code, answer["Location"]) == (302, asset.get_absolute_url())
    assert answer.cookies["position"].value == "2m"
    page = client.get(asset.get_absolute_url()).text
    assert "for your position of $2\u202fM" in page
    assert "The stored score is for a position of $5,000." in page
    assert client.post("/position/", {"position": ""}).cookies["position"].value == ""
    assert "for your position" not in client.get(asset.get_absolute_url()).text


def test_a_persons_position_is_kept_with_the_account(client, ana):
    client.force_login(ana)
    answer = client.post("/position/", {"position": "2000000"})
    assert "position" not in answer.cookies
    assert Preference.objects.get().position_usd == 2_000_000
    assert 'value="2m"' in client.get("/position/").text
    client.post("/position/", {"position": ""})
    assert Preference.objects.get().position_usd is None


@pytest.mark.parametrize("cookie", ["x", "-1", "1e10", "99999999999", "5k EUR", ""])
def test_a_cookie_that_makes_no_sense_is_none(client, cookie):
    asset = fill_example()
    client.cookies["position"] = cookie
    assert "for your position" not in client.get(asset.get_absolute_url()).text


@pytest.mark.parametrize("typed", ["0", "x", "1000000001"])
def test_a_position_that_makes_no_sense_is_told_and_stays_typed(client, typed):
    answer = client.post("/position/", {"position": typed})
    assert answer.status_code == 422
    assert "whole US dollars from 1" in answer.text
    assert f'value="{typed}"' in answer.text
    assert "position" not in answer.cookies


def test_the_size_is_typed_in_the_signs_of_the_language(client, ana):
    client.force_login(ana)
    set_position(user=ana, position=PositionSize(usd=1_500_000))
    assert 'value="1.5m"' in client.get("/position/").text
    client.cookies["django_language"] = "es"
    page = client.get("/position/").text
    assert 'value="1,5m"' in page
    client.post("/position/", {"position": "1,5m"})
    assert Preference.objects.get().position_usd == 1_500_000


def test_units_are_kept_in_place_of_dollars(client, ana):
    client.force_login(ana)
    for typed in ("25k", "1m units"):
        client.post("/position/", {"position": typed})
    told = Preference.objects.get()
    assert (told.position_usd, told.position_units) == (None, 1e6)


def test_a_position_leads_to_no_other_site(client):
    answer = client.post("/position/", {"position": "9", "next": "https://example.com/"})
    assert answer["Location"] == "/"
