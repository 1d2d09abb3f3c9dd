"""Who looks at the pages."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page


@pytest.fixture(scope="session")
def base_url(live_server) -> str:
    """Where `goto("/")` leads. It stands before the plugin's own fixture, which pytest warns of."""
    return live_server.url


@pytest.fixture
def ana(django_user_model, live_server) -> User:
    return django_user_model.objects.create_user("ana")


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
