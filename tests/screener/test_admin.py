import pytest
from django.apps import apps
from django.contrib import admin

from assets.models import Asset
from screener.models import Case, UnscoredAsset
from screener.services.desk.notes import write_note
from tests.factories.scorecards import NOW, make_asset, make_card, make_unrated_card


@pytest.fixture
def note(admin_user):
    asset = Asset.objects.create(kind="token", slug="alpha", name="Alpha")
    return write_note(user=admin_user, asset=asset, body="first")


def test_a_note_is_read_with_its_history_and_not_changed(admin_client, note):
    address = f"/admin/screener/note/{note.pk}/change/"
    assert "first" in admin_client.get(address).text
    assert admin_client.post(address, {"body": "second"}).status_code == 403
    note.refresh_from_db()
    assert note.body == "first"


def test_every_model_is_in_the_admin():
    models = {*apps.get_app_config("assets").get_models(), *apps.get_app_config("screener").get_models()}
    assert {each for each in models if not admin.site.is_registered(each)} == set()


def test_unscored_assets_are_looked_at_and_not_changed(admin_client):
    asset = make_asset("Alpha")
    UnscoredAsset.objects.create(asset=asset, reason="ZeroDivisionError", since=NOW, tried_at=NOW)
    assert "ZeroDivisionError" in admin_client.get("/admin/screener/unscoredasset/?q=alpha").text
    assert admin_client.post(f"/admin/screener/unscoredasset/{asset.pk}/change/", {}).status_code == 403


def test_cases_are_looked_at_and_not_changed(admin_client):
    scanned = make_card(make_asset("Alpha"))
    case = Case.objects.create(
        asset=scanned.asset, scorecard=scanned, scanned_at=NOW, horizon_days=14, due_at=NOW, outcome=True
    )
    assert "Alpha" in admin_client.get("/admin/screener/case/").text
    assert admin_client.post(f"/admin/screener/case/{case.pk}/change/", {}).status_code == 403


@pytest.mark.parametrize("column", ["total", "grade"])
def test_scorecards_that_are_not_rated_come_last_in_both_directions(admin_client, column):
    for name, total, grade in (("Alpha", 20, "E"), ("Beta", 80, "A")):
        make_card(make_asset(name), total, grade=grade)
    make_unrated_card(make_asset("Gamma"))
    place = {"total": 1, "grade": 2}[column]
    orders = []
    for order in (place, -place):
        text = admin_client.get(f"/admin/screener/scorecard/?o={order}").text
        orders.append(sorted(("Alpha", "Beta", "Gamma"), key=lambda name, text=text: text.index(f">{name}")))
        assert ">NR<" in text
    assert [each[-1] for each in orders] == ["Gamma", "Gamma"]
    assert orders[0] != orders[1]
