"""Widths that every page has to fit."""

from playwright.sync_api import Page

WIDTHS = (1440, 360)


def fits(page: Page, width: int) -> None:
    """Nothing sticks out to the right: what is wider scrolls inside its own box."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
