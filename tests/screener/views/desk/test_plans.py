import csv
from io import StringIO

import pytest
from django.urls import reverse

from screener.models import Plan
from tests.factories.example import fill_example

pytestmark = pytest.mark.django_db

TERMS = {"account": "50k", "stop": "15%", "steps": "2"}


@pytest.fixture
def asset():
    return fill_example()


@pytest.fixture
def ana(client, django_user_model):
    user = django_user_model.objects.create_user("ana")
    client.force_login(user)
    return user


def save(client, asset, **changes):
    return client.post(reverse("plan_save", args=[asset.slug]), TERMS | changes)


def test_a_plan_is_saved_from_the_page_of_the_asset(client, ana, asset):
    page = client.get(f"{asset.get_absolute_url()}?account=50k&stop=15%25&whole=1").text
    assert f'action="{reverse("plan_save", args=[asset.slug])}"' in page
    assert '<input type="hidden" name="stop" value="15%">' in page
    answer = save(client, asset)
    plan = Plan.objects.get(owner=ana)
    assert answer["Location"] == reverse("plan", args=[plan.pk])
    shown = client.get(answer["Location"]).text
    assert "The plan is saved. Nothing was ordered." in shown
    assert "not all gates were clear, so all of it" in shown
    assert f"{asset.get_absolute_url()}plan/?account=50k&amp;risk=1%25&amp;stop=15%25" in shown


def test_terms_that_buy_nothing_save_nothing(client, ana, asset):
    for changes in ({"account": ""}, {"account": "lots"}, {"stop": "900"}):
        answer = save(client, asset, **changes)
        assert answer["Location"] == f"{asset.get_absolute_url()}plan/#plan"
    assert not Plan.objects.exists()
    assert "nothing to save" in client.get(asset.get_absolute_url()).text


def test_a_stranger_is_asked_to_log_in(client, asset):
    page = client.get(f"{asset.get_absolute_url()}?account=50k&stop=15%25&whole=1").text
    assert "Log in to save the plan." in page
    assert save(client, asset).status_code == 302
    assert not Plan.objects.exists()


def test_the_list_has_the_mix_and_the_next_plan_says_what_it_does_to_it(client, ana, asset):
    assert "No plans yet" in client.get(reverse("plans")).text
    save(client, asset)
    page = client.get(reverse("plans")).text
    assert "All plans together" in page
    assert "no later price" in page
    section = client.get(f"{asset.get_absolute_url()}?account=50k&stop=15%25&whole=1").text
    assert "With my saved plans" in section


def test_a_deleted_plan_comes_back(client, ana, asset):
    save(client, asset)
    plan = Plan.objects.get()
    client.post(reverse("plan_delete", args=[plan.pk]))
    assert reverse("plan_restore", args=[plan.pk]) in client.get(reverse("plans")).text
    assert client.get(reverse("plan", args=[plan.pk])).status_code == 404
    client.post(reverse("plan_restore", args=[plan.pk]))
    assert client.get(reverse("plan", args=[plan.pk])).status_code == 200


def test_plans_of_others_are_not_there(client, ana, asset, django_user_model):
    save(client, asset)
    pk = Plan.objects.get().pk
    client.force_login(django_user_model.objects.create_user("bea"))
    assert client.get(reverse("plan", args=[pk])).status_code == 404
    assert client.post(reverse("plan_delete", args=[pk])).status_code == 404
    assert client.post(reverse("plan_restore", args=[pk])).status_code == 404
    assert "Worked Example" not in client.get(reverse("plans")).text
    assert "Worked Example" not in client.get(reverse("plans_export")).text


def test_the_export_has_each_order_and_no_formula(client, ana, asset):
    asset.name = '=HYPERLINK("x")'
    asset.save()
    save(client, asset)
    rows = [*csv.DictReader(StringIO(client.get(reverse("plans_export")).text))]
    assert [row["order"] for row in rows] == ["1", "2"]
    assert rows[0]["asset"].startswith("'=")
    assert float(rows[0]["amount_usd"]) == pytest.approx(
        float(rows[0]["price_usd"]) * float(rows[0]["units"])
    )
