import pytest
from django.test import Client

from assets.models import Observation, SupplySnapshot
from assets.services.ruling import rulings_on
from assets.services.undoing import undo_import
from screener.models import Scorecard
from screener.services.scoring.replay_scorecards import replay_scorecards
from screener.services.scoring.score_assets import score_assets
from tests.screener.services.dossier.questioned_supply import asset_of_questioned_supply

pytestmark = pytest.mark.django_db

REASON = "The explorer <b>says</b> so."


@pytest.fixture
def asked():
    return asset_of_questioned_supply()


@pytest.fixture
def root(django_user_model, client):
    user = django_user_model.objects.create_user("root", is_staff=True)
    client.force_login(user)
    return user


def address(asset, field="circulating", family="supply"):
    return f"/assets/{asset.slug}/rulings/{family}/{field}/"


def questions(asset):
    return Scorecard.objects.filter(asset=asset).latest("pk").questioned.get("facts", [])


@pytest.mark.parametrize(
    ("choice", "value", "expected"), [("keep", "", 100), ("witness-1", "", 900), ("other", "450.5", 450.5)]
)
def test_a_ruling_counts_until_it_is_undone(asked, root, client, choice, value, expected):
    assert questions(asked)
    answer = client.post(address(asked), {"choice": choice, "value": value, "reason": REASON})
    assert answer.status_code == 302
    assert answer["Location"].endswith("#conflicts")
    row = SupplySnapshot.objects.get(provider="analyst")
    assert (float(row.circulating), row.total, row.maximum) == (expected, None, None)
    assert Observation.objects.get(provider="analyst").remarks
    score_assets([asked.pk])
    assert not questions(asked)
    [ruled] = rulings_on(asked)
    assert (ruled.author, ruled.reason, ruled.field) == ("root", REASON, "circulating")
    page = client.get(f"/assets/{asked.slug}/?whole=1").content.decode()
    assert "was ruled by root" in page
    assert "The explorer &lt;b&gt;says&lt;/b&gt; so." in page
    run = f"/data/runs/{ruled.run.pk}/"
    assert "Undo this ruling" in client.get(run).content.decode()
    assert "Ruling on one figure" in client.get("/data/import/").content.decode()
    undo_import(run=ruled.run, user=root)
    assert "has undone this ruling" in client.get(run).content.decode()
    score_assets([asked.pk])
    assert questions(asked)
    assert rulings_on(asked) == []
    replays = [*replay_scorecards(Scorecard.objects.all())]
    assert len(replays) >= 3
    assert not [each for each in replays if each.differences]


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ({"choice": "keep"}, "Say why"),
        ({"reason": "A reason to keep."}, "Choose one of the values"),
        ({"choice": "other", "reason": "A reason to keep."}, "Write the value that counts"),
        ({"choice": "other", "value": "many", "reason": "A reason to keep."}, "This is no number"),
        ({"choice": "other", "value": "-1", "reason": "A reason to keep."}, "can&#x27;t be negative"),
        ({"choice": "other", "value": "NaN", "reason": "A reason to keep."}, "This is no number"),
    ],
)
def test_bad_input_is_answered_at_the_form_and_loses_nothing(asked, root, client, sent, answer):
    said = client.post(address(asked), sent)
    page = said.content.decode()
    assert said.status_code == 422
    assert answer in page
    assert all(each in page for each in sent.values())
    assert not SupplySnapshot.objects.filter(provider="analyst").exists()


def test_the_same_twice_is_once(asked, root, client):
    for _press in range(2):
        client.post(address(asked), {"choice": "keep", "reason": REASON})
    assert SupplySnapshot.objects.filter(provider="analyst").count() == 1
    assert Observation.objects.filter(provider="analyst").count() == 1


def test_for_others_there_is_no_form_and_no_address(asked, client, django_user_model):
    sent = {"choice": "keep", "reason": REASON}
    assert client.post(address(asked), sent).status_code == 404
    client.force_login(django_user_model.objects.create_user("ana"))
    assert client.post(address(asked), sent).status_code == 404
    page = client.get(f"/assets/{asked.slug}/?whole=1").content.decode()
    assert "questioned" in page
    assert "/rulings/" not in page


def test_a_form_of_another_site_is_refused(asked, root):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(root)
    assert strict.post(address(asked), {"choice": "keep", "reason": REASON}).status_code == 403


def test_staff_see_the_form_at_the_figure(asked, root, client):
    page = client.get(f"/assets/{asked.slug}/?whole=1").content.decode()
    assert f'action="{address(asked)}"' in page
    assert "Keep what the source says" in page


def test_a_figure_that_is_not_questioned_leads_back_to_the_page(asked, root, client):
    sent = {"choice": "keep", "reason": REASON}
    assert client.post(address(asked, "price_usd", "market"), sent).status_code == 302
    assert not Observation.objects.filter(provider="analyst").exists()
