"""Every page at every width: nothing sticks out, nothing is cut off, what is pressed is large enough, and
axe finds nothing. Names are as long as they come, and partly written from right to left."""

from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from types import SimpleNamespace

import pytest
from django.test import Client
from playwright.sync_api import Route

from assets.models import Asset
from tests.sweeps.addresses import EVERYBODY, STAFF, access_of, every_address, path_of

pytestmark = [
    pytest.mark.page,
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow(
        *("static", "templates", "tests/pages", "tests/sweeps", "screener/views", "screener/words")
    ),
]

WIDTHS = (1440, 1024, 768, 360)
PAPER = (703, 1032)
"""What A4 has between its margins, upright and across, in CSS pixels."""

PRINTED = ("screener", "asset", "compare", "checklist", "watchlist")
READ_BY_THEIR_OWN_TESTS = ("screener", "asset", "compare", "checklist", "glossary", "validation", "data")
"""Large pages, which axe need not read twice."""

LONG = "Grand-Amalgamated-" + "Consolidated" * 4 + " (عملة البيت)"
LONG_WORD = "0x" + "5aAeb6053F3E94C9b9A09f33669435E7" * 3

FAULTS = """() => {
  const BOXES = "[type=hidden], [type=checkbox], [type=radio]";
  const TARGETS = `button, summary, select, nav a, .button, input:not(${BOXES})`;
  const page = document.documentElement;
  const shown = (each) => each.checkVisibility({ visibilityProperty: true }) && each.getClientRects().length
    && !each.closest(".visually-hidden, .skip, svg, [aria-hidden]");
  const named = (each) => `${each.tagName} ${each.className} ${each.textContent.trim().slice(0, 40)}`;
  const found = page.scrollWidth > page.clientWidth ? [`the page is ${page.scrollWidth} wide`] : [];
  for (const each of document.body.querySelectorAll("*")) {
    const { overflowX, textOverflow } = getComputedStyle(each);
    const isClipped = /hidden|clip/.test(overflowX) && textOverflow !== "ellipsis";
    if (isClipped && each.scrollWidth > each.clientWidth + 1 && each.textContent.trim() && shown(each)) {
      found.push(`cut off: ${named(each)}`);
    }
    if (!each.matches(TARGETS) || !shown(each)) continue;
    const { width, height } = each.getBoundingClientRect();
    if (Math.min(width, height) < 23.9) found.push(`${width} by ${height} is small: ${named(each)}`);
  }
  return found;
}"""

CUT_OFF = """() => {
  const page = document.documentElement;
  const useless = document.querySelectorAll("nav:not(.paging), form, button, .site-head");
  const shown = [...useless].filter((each) => each.checkVisibility());
  return [
    ...(page.scrollWidth > page.clientWidth ? [`it is ${page.scrollWidth} wide`] : []),
    ...shown.map((each) => `${each.tagName} ${each.className} is shown`),
    ...(document.querySelector(".printed").checkVisibility() ? [] : ["it does not say where it is from"]),
  ];
}"""


def stretch(world: SimpleNamespace) -> None:
    """Names of any length and direction."""
    Asset.objects.filter(pk=world.asset.pk).update(name=LONG, symbol="عملة")
    for owned in (world.screen, world.profile, world.watchlist, world.column_set):
        type(owned).objects.filter(pk=owned.pk).update(name=LONG)
    world.note.revisions.update(body=f"{LONG}\n\n`{LONG_WORD}`")


def pages(world: SimpleNamespace) -> Iterator[tuple[str, str, str]]:
    """Name, path and page of every address that answers with one."""
    clients = {person: Client() for person in (None, world.ana, world.zoe)}
    for person in (world.ana, world.zoe):
        clients[person].force_login(person)
    for address in every_address():
        if address.is_admins:
            continue
        access = access_of(address)
        is_log_in = access == EVERYBODY and address.key.startswith("account_")
        person = None if is_log_in else world.zoe if access == STAFF else world.ana
        path = path_of(address, world)
        answer = clients[person].get(path)
        # What an address for forms says when it is opened is the same page everywhere.
        is_refused = answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        if not answer.streaming and not is_refused and b"</body>" in answer.content:
            yield address.key, path, answer.content.decode()


def give(text: str, route: Route) -> None:
    route.fulfill(body=text, content_type="text/html")


def test_every_page_fits_every_width(as_person, world, live_server, accessible):
    stretch(world)
    page = as_person(world.ana)  # Who is asked for what a page loads by itself.
    page.emulate_media(color_scheme="dark")
    found, seen = [], 0
    for key, path, text in pages(world):
        page.route(live_server.url + path, partial(give, text))
        page.goto(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{path} at {width}: {fault}" for fault in page.evaluate(FAULTS)]
        if key in PRINTED:
            page.emulate_media(media="print")
            for width in PAPER:
                page.set_viewport_size({"width": width, "height": 900})
                found += [f"{path} on paper {width} wide: {fault}" for fault in page.evaluate(CUT_OFF)]
            page.emulate_media(media="screen")
        if key not in READ_BY_THEIR_OWN_TESTS:
            accessible(page)
        seen += 1
    assert seen > 40
    assert found == [], "\n".join(found)
