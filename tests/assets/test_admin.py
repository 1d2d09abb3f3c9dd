from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from assets.models import Asset, FactRow, MarketSnapshot, Observation, Payload
from screener.models import Scorecard

NOW = datetime(2026, 1, 2, tzinfo=UTC)
OURS = [*apps.get_app_config("assets").get_models(), *apps.get_app_config("screener").get_models()]
APPEND_ONLY = [Observation, Payload, Scorecard, *FactRow.__subclasses__()]


@pytest.fixture
def observation(db):
    return Observation.objects.create(
        provider="sandbox",
        family="market",
        request={},
        payload=Payload.keep(b"{}"),
        http_status=200,
        status="parsed",
        as_of=NOW,
        known_at=NOW,
    )


@pytest.fixture
def snapshot(observation):
    asset = Asset.objects.create(kind="token", slug="alpha", name="Alpha")
    return MarketSnapshot.objects.create(asset=asset, observation=observation, as_of=NOW, known_at=NOW)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_model_is_listed_and_searched(admin_client, snapshot, model):
    assert admin.site.is_registered(model)
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert admin_client.get(address).status_code == 200
    assert admin_client.get(address, {"q": "1"}).status_code == 200


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model.__name__)
def test_what_is_append_only_cannot_be_changed_by_staff(admin_client, rf, admin_user, model):
    request = rf.get("/")
    request.user = admin_user
    registered = admin.site.get_model_admin(model)
    assert registered.has_view_permission(request)
    assert not registered.has_add_permission(request)
    assert not registered.has_change_permission(request)
    assert not registered.has_delete_permission(request)


def test_a_fact_opens_and_neither_saves_nor_deletes(admin_client, snapshot):
    address = f"/admin/assets/marketsnapshot/{snapshot.pk}/"
    assert admin_client.get(f"{address}change/").status_code == 200
    assert admin_client.post(f"{address}change/", {"price_usd": "1"}).status_code == 403
    assert admin_client.post(f"{address}delete/", {"post": "yes"}).status_code == 403


def test_an_asset_with_facts_is_not_deleted_with_them(admin_client, snapshot):
    admin_client.post(f"/admin/assets/asset/{snapshot.asset_id}/delete/", {"post": "yes"})
    assert MarketSnapshot.objects.filter(pk=snapshot.pk).exists()


def test_a_list_of_facts_costs_a_fixed_number_of_queries(
    admin_client, snapshot, django_assert_max_num_queries
):
    for _number in range(10):
        snapshot.pk = None
        snapshot.save()
    with django_assert_max_num_queries(6):
        admin_client.get("/admin/assets/marketsnapshot/")
