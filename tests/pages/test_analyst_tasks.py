"""Tasks of an analyst's day in a browser, with what each may cost: clicks, keys and pages that are loaded."""

import json
import re
from datetime import timedelta
from functools import partial

import pandas as pd
import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from assets.models import Observation, Payload
from screener.checklist import CRITERIA
from screener.models import Note, Override, SavedScreen, Scorecard, Watchlist
from screener.services.desk.watchlists import create_watchlist
from screener.universe.live import UNIVERSE
from tests.factories.market import observe_market, score

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]

ASSETS = 20


class Analyst:
    """Hands on a page: what they click, which keys they press, how many pages they wait for.

    A text that is typed costs one action for whoever counts actions, and a key a letter.
    """

    def __init__(self, page: Page, address: str) -> None:
        page.goto(address)
        self.page, self.clicks, self.keys, self.typed, self._loads = page, 0, 0, 0, 0
        page.on("load", self._loaded)

    def _loaded(self, _page: Page) -> None:
        self._loads += 1

    @property
    def loads(self) -> int:
        self.page.wait_for_load_state()
        return self._loads

    @property
    def actions(self) -> int:
        return self.clicks + self.typed

    def click(self, place: Locator) -> None:
        self.clicks += 1
        place.click()

    def drag(self, begin: tuple[float, float], end: tuple[float, float]) -> None:
        """With a finger or the mouse, from one place of the page to another; counts as a click."""
        self.clicks += 1
        self.page.mouse.move(*begin)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=4)
        self.page.mouse.up()

    def type(self, place: Locator, text: str) -> None:
        self.typed += 1
        self.keys += len(text)
        place.fill(text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)


@pytest.fixture
def analyst(live_server, ana, as_person):
    now = timezone.now()
    observe_market(range(ASSETS), at=now)
    score(now=now)
    UNIVERSE.forget()
    return lambda address: Analyst(as_person(ana), address)


def rows(page: Page) -> Locator:
    return page.locator("[data-row]")


def test_an_asset_is_found(analyst):
    hands = analyst("/")
    hands.press("/", *"mossford")
    expect(hands.page.get_by_role("option").first).to_contain_text("Mossford")
    hands.press("ArrowDown", "Enter")
    expect(hands.page.get_by_role("heading", level=1)).to_contain_text("Mossford")
    assert (hands.clicks, hands.loads) == (0, 1)
    assert hands.keys <= 11


def test_a_market_is_sorted_by_unlock_pressure(analyst):
    hands = analyst("/")
    hands.click(hands.page.get_by_role("columnheader", name="Unlocks 30 d").get_by_role("link"))
    expect(hands.page).to_have_url(re.compile("sort=-unlock_30d"))
    expect(hands.page.get_by_role("columnheader", name="Unlocks 30 d")).to_have_attribute(
        "aria-sort", "descending"
    )
    assert (hands.clicks, hands.keys, hands.loads) == (1, 0, 0)


def test_a_screen_is_saved_and_shared_in_place(analyst):
    hands = analyst("/?q=kind:token")
    hands.click(hands.page.locator("#saved-summary"))
    hands.type(hands.page.locator("#saved-name"), "Tokens")
    hands.press("Enter")
    expect(hands.page.locator("#saved-summary")).to_contain_text("Tokens")
    assert SavedScreen.objects.get().name == "Tokens"
    assert (hands.clicks, hands.loads) == (1, 0)
    hands.click(hands.page.locator("#saved-summary"))
    hands.click(hands.page.locator("#saved-share").get_by_role("button", name="Share", exact=True))
    expect(hands.page.locator("#saved-share")).to_contain_text("/shared/screens/")
    expect(hands.page).to_have_url(re.compile("kind%3Atoken"))
    assert (hands.clicks, hands.loads) == (3, 0)


def test_three_are_compared(analyst):
    hands = analyst("/")
    hands.press("j", "x", "j", "x", "j", "x")
    expect(hands.page.locator("#tray")).to_contain_text("3 chosen")
    hands.click(hands.page.locator("#tray").get_by_role("link", name="Compare"))
    expect(hands.page.get_by_role("table").first.get_by_role("columnheader")).to_have_count(3)
    assert (hands.clicks, hands.keys, hands.loads) == (1, 6, 1)


def test_a_caution_is_explained(analyst):
    hands = analyst("/assets/worked-example/tokenomics/")
    caution = hands.page.locator(".finding").filter(has_text="caution").first
    hands.click(caution.locator("summary").first)
    expect(caution.locator("details dl").first).to_contain_text("Thresholds")
    assert (hands.clicks, hands.keys, hands.loads) == (1, 0, 0)


def test_a_raw_payload_is_opened_at_the_asset(analyst, as_person):
    """Without a script as well: the address says where, the browser goes there."""
    name = "X_EXAMPLE"
    body = json.dumps([{"symbol": f"S{each}", "x": "y" * 300} for each in range(3_000)] + [{"symbol": name}])
    Observation.objects.update(payload=Payload.keep(body.encode()))
    hands = analyst("/assets/worked-example/tokenomics/")
    finding = hands.page.locator("#tokenomics .finding").filter(
        has=hands.page.locator("a[href*='/data/observations/']")
    )
    hands.click(finding.first.locator("summary").first)
    hands.click(finding.first.locator("a[href*='/data/observations/']").first)
    passage = hands.page.locator("mark#here")
    expect(passage).to_be_in_viewport()
    expect(passage).to_contain_text(name)
    expect(passage).not_to_contain_text("S2999")
    assert (hands.clicks, hands.keys, hands.loads) == (2, 0, 1)


def test_an_answer_is_overridden(analyst):
    hands = analyst("/assets/worked-example/tokenomics/")
    finding = hands.page.locator("#tokenomics .finding").first
    hands.click(finding.get_by_text("Override", exact=True))
    hands.click(finding.get_by_role("radio", name="fail"))
    hands.type(finding.get_by_label("Reason"), "Its figures are of another company.")
    hands.click(finding.get_by_role("button", name="Save"))
    expect(finding).to_contain_text("Its figures are of another company.")
    assert Override.objects.get().state == "fail"
    assert hands.actions <= 4
    assert hands.loads <= 1


def test_a_note_is_written(analyst):
    hands = analyst("/assets/worked-example/?whole=1")
    hands.type(hands.page.locator("#notes textarea"), "Ask the team about the **unlock**")
    hands.click(hands.page.get_by_role("button", name="Add note"))
    expect(hands.page.locator("#notes strong", has_text="unlock")).to_be_visible()
    assert Note.objects.count() == 1
    assert (hands.actions, hands.loads) == (2, 0)


def test_five_symbols_are_pasted(analyst, ana):
    gems = create_watchlist(user=ana, name="Gems")
    hands = analyst(gems.get_absolute_url())
    hands.type(hands.page.get_by_label("Symbols, addresses or CIKs"), "X_TF19 X_HF16, X_EW1\nX_MW2 X_EXAMPLE")
    hands.click(hands.page.get_by_role("button", name="Add", exact=True))
    expect(hands.page.get_by_text("5 assets were added.")).to_be_visible()
    assert hands.actions <= 3
    assert Watchlist.objects.get().entries.count() == 5


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("CSV", pd.read_csv),
        ("Excel", partial(pd.read_excel, engine="openpyxl")),
        ("Parquet", pd.read_parquet),
    ],
)
def test_a_screen_is_taken_into_a_spreadsheet(analyst, tmp_path, name, read):
    """One row of headings and a row an asset: nobody has to say how the file is to be read."""
    hands = analyst("/?q=kind:token&columns=price,market_cap")
    menu = hands.page.locator("#results details.menu").filter(
        has=hands.page.get_by_text("Export", exact=True)
    )
    hands.click(menu.locator("summary"))
    with hands.page.expect_download() as download:
        hands.click(menu.get_by_role("link", name=name))
    download.value.save_as(tmp_path / "screen")
    table = read(tmp_path / "screen")
    assert len(table) == 14
    assert [*table][-2:] == ["price_usd", "market_cap_usd"]
    assert {table[column].dtype.kind for column in ("price_usd", "market_cap_usd")} == {"f"}
    assert pd.to_datetime(table["as_of"]).dt.tz is not None
    assert (hands.clicks, hands.loads) == (2, 0)


def test_exits_of_25k_are_seen(analyst):
    hands = analyst("/")
    hands.click(hands.page.get_by_role("link", name="Position"))
    hands.type(hands.page.get_by_label("Position"), "25k")
    hands.press("Enter")
    expect(hands.page.get_by_role("columnheader", name=re.compile(r"Round trip.*\$25"))).to_be_visible()
    assert hands.actions <= 2


GOING_CONCERN = "transparency.going_concern"


def test_a_going_concern_and_a_short_runway_are_asked_for_without_typing(analyst):
    hands = analyst("/?q=kind:equity")
    panel = hands.page.locator("#filters")
    hands.click(panel.locator("summary", has_text="Criteria"))
    hands.click(panel.locator(f"[id='answer-{GOING_CONCERN.replace('.', '-')}-fail']"))
    chosen = panel.locator(f"input[name='{GOING_CONCERN}']")
    expect(chosen.first).to_be_checked()
    hands.click(chosen.locator("xpath=self::*[@value='pass']"))
    expect(hands.page).to_have_url(re.compile("going_concern%3Dfail%2Cpass"))
    hands.click(panel.locator("summary", has_text="Cash runway"))
    bars = panel.locator("#histogram-runway").bounding_box()
    hands.drag((bars["x"] + 2, bars["y"] + 8), (bars["x"] + bars["width"] * 0.44, bars["y"] + 8))
    expect(hands.page).to_have_url(re.compile(r"runway\+%3C\+24mo"))
    expect(hands.page.locator("#results .chip.active", has_text="Cash runway")).to_be_visible()
    assert (hands.clicks, hands.keys, hands.loads) == (5, 0, 0)


def test_whose_holders_nobody_knows_is_asked_for_by_the_panel(analyst):
    hands = analyst("/?q=kind:token")
    panel = hands.page.locator("#filters")
    count = panel.locator("#unknown-top10_adj").inner_text()
    unknown = panel.get_by_role("checkbox", name=re.compile("Unknown"))
    hands.click(unknown.and_(panel.locator("[value=top10_adj]")))
    expect(hands.page).to_have_url(re.compile("missing%3Atop10_adj"))
    expect(hands.page.locator("#results .count strong")).to_have_text(count)
    assert (hands.clicks, hands.keys, hands.loads) == (1, 0, 0)


def test_what_changed_on_a_watchlist_is_one_click_away(analyst, ana):
    """Ten days ago one of its assets had another grade, and a criterion another answer."""
    newest = Scorecard.objects.filter(grade__gt="").select_related("asset").first()
    (finding, *others) = newest.findings
    before = {**finding, "state": "fail" if finding["state"] != "fail" else "pass", "stale": False}
    newest.pk, newest.grade = None, "A" if newest.grade != "A" else "B"
    newest.findings, newest.scored_at = [before, *others], newest.scored_at - timedelta(days=10)
    newest.save(force_insert=True)
    latest = Scorecard.objects.filter(asset=newest.asset).earliest("pk")
    latest.pk = None
    latest.save(force_insert=True)
    gems = create_watchlist(user=ana, name="Gems")
    gems.entries.create(asset=newest.asset)
    hands = analyst(gems.get_absolute_url())
    hands.click(hands.page.get_by_role("link", name="What changed"))
    expect(hands.page.get_by_text("1 of 1 asset changed")).to_be_visible()
    expect(hands.page.locator(".versions")).to_contain_text(CRITERIA[finding["criterion"]].title)
    assert (hands.clicks, hands.keys, hands.loads) == (1, 0, 1)
