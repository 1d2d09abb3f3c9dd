"""Names of accounts: who did something is said to staff, and to nobody else."""

import pytest
from django.test import Client
from django.utils import timezone

from assets.models import Observation, RefreshRun
from assets.services.ruling import rulings_on
from assets.services.undoing import undo_import
from screener.services.scoring.score_assets import score_assets
from tests.factories.sheets import import_sheet
from tests.screener.services.dossier.questioned_supply import asset_of_questioned_supply

pytestmark = pytest.mark.django_db

NAME = "zephyrine"
SUPPLY = b"asset,as_of,total\n%b,2026-02-01,70000000\n"


@pytest.fixture
def zephyrine(django_user_model):
    return django_user_model.objects.create_user(NAME, is_staff=True)


@pytest.fixture
def readers(django_user_model, zephyrine):
    """A client of each who may look: a stranger, somebody with an account, and staff."""
    found = {role: Client() for role in ("stranger", "reader", "staff")}
    found["reader"].force_login(django_user_model.objects.create_user("bea"))
    found["staff"].force_login(zephyrine)
    return found


@pytest.fixture
def asset(zephyrine):
    """With a ruling, an import and a refresh of hers."""
    found = asset_of_questioned_supply()
    staff = Client()
    staff.force_login(zephyrine)
    address = f"/assets/{found.slug}/rulings/supply/circulating/"
    assert staff.post(address, {"choice": "keep", "reason": "The explorer says so."}).status_code == 302
    import_sheet(SUPPLY % found.slug.encode(), "supply", zephyrine, now=timezone.now())
    RefreshRun.objects.create(
        provider="sandbox",
        family="market",
        created_at=timezone.now(),
        progressed_at=timezone.now(),
        started_by=zephyrine,
    )
    score_assets([found.pk])
    return found


def addresses_about(asset):
    yield f"/assets/{asset.slug}/?whole=1"
    yield f"/assets/{asset.slug}/history/"
    yield from ("/data/", "/data/failed/", "/data/missing/", "/changes/", "/")
    for run in RefreshRun.objects.all():
        yield f"/data/runs/{run.pk}/"
    for observation in Observation.objects.all():
        yield f"/data/observations/{observation.pk}/"
        yield f"/data/observations/{observation.pk}/payload/"


def named_at(client, asset):
    """Where her name stands, apart from her own menu."""
    menu = f'title="{NAME}"', f'<span class="who">{NAME}</span>'
    found = set()
    for address in addresses_about(asset):
        page = client.get(address)
        text = b"".join(page).decode() if page.streaming else page.content.decode()
        for each in menu:
            text = text.replace(each, "")
        if NAME in text:
            found.add(address)
    return found


@pytest.mark.parametrize("is_undone", [False, True], ids=["made", "undone"])
def test_who_did_it_is_said_to_staff_alone(readers, asset, zephyrine, is_undone):
    runs = RefreshRun.objects.filter(started_by=zephyrine)
    assert runs.count() == 3
    if is_undone:
        for run in runs.filter(provider="analyst"):
            undo_import(run=run, user=zephyrine)
    else:
        assert len(rulings_on(asset)) == 1
    assert named_at(readers["stranger"], asset) == set()
    assert named_at(readers["reader"], asset) == set()
    assert {f"/data/runs/{run.pk}/" for run in runs} <= named_at(readers["staff"], asset)
