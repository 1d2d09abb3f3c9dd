"""The address of the metrics, which is there with `ASSAY_METRICS` alone, and so in no other sweep."""

import importlib.util
import sys

import pytest
from django.test import Client
from django.urls import clear_url_caches, converters

from screener import urls

pytestmark = pytest.mark.django_db

METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
ROLES = ("stranger", "ana", "zoe")


@pytest.fixture
def with_metrics(settings, monkeypatch):
    """The URL configuration as a server has it that was started with the setting."""
    settings.ASSAY_METRICS, settings.METRICS_DIR = True, None
    monkeypatch.delitem(converters.REGISTERED_CONVERTERS, "tab")
    spec = importlib.util.spec_from_file_location("urls_with_metrics", urls.__file__)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setitem(sys.modules, spec.name, module)
    settings.ROOT_URLCONF = spec.name
    clear_url_caches()
    converters.get_converters.cache_clear()
    yield
    monkeypatch.undo()
    clear_url_caches()
    converters.get_converters.cache_clear()


def client_of(role, world, **more):
    client = Client(raise_request_exception=False, **more)
    if role != "stranger":
        client.force_login(getattr(world, role))
    return client


@pytest.mark.parametrize("role", ROLES)
def test_without_the_setting_there_is_none(world, role):
    client = client_of(role, world)
    assert {getattr(client, method)("/metrics").status_code for method in METHODS} == {404}


@pytest.mark.parametrize("role", ROLES)
def test_with_it_whoever_reaches_it_may_read_and_nothing_else(world, with_metrics, role):
    """It asks nobody who they are: proxies keep strangers away from it (tests/test_proxy.py)."""
    client = client_of(role, world)
    statuses = {method: getattr(client, method)("/metrics").status_code for method in METHODS}
    assert statuses == {method: 200 if method in ("get", "head") else 405 for method in METHODS}


def test_no_form_of_another_site_is_taken(world, with_metrics):
    client = client_of("zoe", world, enforce_csrf_checks=True)
    assert client.post("/metrics", headers={"Origin": "https://evil.example"}).status_code == 403


def test_it_has_figures_and_no_names(world, with_metrics):
    page = client_of("stranger", world).get("/metrics")
    assert "assay_" in page.text
    assert [name for name in ("ana", "bea", "zoe", world.asset.slug) if f'"{name}"' in page.text] == []
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
