"""Who looks at the pages."""

import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page

from tests.factories.world import make_world
from tests.servers.waiting import until


@pytest.fixture(scope="session")
def base_url(live_server) -> Iterator[str]:
    """Where `goto("/")` leads. It stands before the plugin's own fixture, which pytest warns of.

    The server stops when all that the browser asked is answered: its threads share one connection to the
    database, and who closes it later than the server stopped may not.
    """
    yield live_server.url
    until(
        lambda: not any("process_request" in each.name for each in threading.enumerate()), "the last answer"
    )


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def scripted(request) -> bool:
    """A test that asks for it looks at the page with scripts, and without them."""
    return request.param


@pytest.fixture
def browser_context_args(browser_context_args, request):
    if "scripted" not in request.fixturenames:
        return browser_context_args
    return {**browser_context_args, "java_script_enabled": request.getfixturevalue("scripted")}


@pytest.fixture
def ana(django_user_model, live_server) -> User:
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def world(live_server, django_user_model, universe_at_rest) -> SimpleNamespace:
    """One of everything that an address can be about."""
    return make_world(django_user_model)


@pytest.fixture
def as_person(browser_page: Page, live_server) -> Callable[[User], Page]:
    """The browser, logged in as this person."""

    def log_in(person: User) -> Page:
        client = Client()
        client.force_login(person)
        session = client.cookies["sessionid"].value
        browser_page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return browser_page

    return log_in
