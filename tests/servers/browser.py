"""Fixtures of page tests: a real Chromium on a real server, and the accessibility check."""

import os
from collections.abc import Callable, Iterator
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.servers import chromium

SERIOUS = frozenset({"serious", "critical"})
PATIENCE_MS: Final = 60_000
"""How long a page may take on a busy machine; what holds is seen at once."""

EMPTY: Final = '<!doctype html><title>Stays open</title><link rel="icon" href="data:,">'
VISITOR: Final = {"locale": "en-GB", "timezone_id": "UTC"}


expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The installed browser; a missing one fails the test with what to do."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.INSTRUCTION)
    # Chromium refuses its sandbox to root, and containers give it a tiny /dev/shm.
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": path, "args": [*as_root, "--disable-dev-shm-usage", "--disable-gpu"]}


@pytest.fixture
def browser_page(page: Page, live_server) -> Page:
    """A page of the running site: `browser_page.goto("/")`; refused resources and script errors fail."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield page
    assert complaints == []


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    return {**browser_context_args, **VISITOR}


@pytest.fixture(scope="session")
def shared_context(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    """One for all tests: what it has loaded and compiled serves the next one.

    A page stays open, so that the browser's process for the site does as well. The server never hears of it:
    asked for an icon in the middle of a test, it would hand out another token for forms.
    """
    context = browser.new_context(base_url=base_url, **VISITOR)
    stays = context.new_page()
    stays.route("**/*", lambda route: route.fulfill(content_type="text/html", body=EMPTY))
    stays.goto("/")
    yield context
    context.close()


@pytest.fixture
def context(
    shared_context: BrowserContext, browser_context_args: dict[str, object], new_context, base_url: str
) -> Iterator[BrowserContext]:
    """The browser of a visitor who was never here; a test that asks for another kind has one of its own."""
    if browser_context_args != {"base_url": base_url, **VISITOR}:
        yield new_context()
        return
    yield shared_context
    forget(shared_context, base_url)


def forget(context: BrowserContext, address: str) -> None:
    """Close the pages of a test and drop what the site stored."""
    stays, *opened = context.pages
    for page in opened:
        page.close()
    stored = context.new_cdp_session(stays)
    stored.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})
    stored.detach()


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Call with a page: axe must find nothing serious on it."""

    def check(page: Page) -> None:
        found = Axe().run(page).response["violations"]
        serious = [each for each in found if each["impact"] in SERIOUS]
        assert serious == [], "\n".join(
            f"{each['id']} ({each['impact']}): {each['help']}: {[node['html'] for node in each['nodes']]}"
            for each in serious
        )

    return check
