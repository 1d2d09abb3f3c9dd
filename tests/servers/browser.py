"""Fixtures of page tests: a real Chromium on a real server, and the accessibility check."""

import os
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.servers import chromium

SERIOUS = frozenset({"serious", "critical"})


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
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "UTC"}


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
