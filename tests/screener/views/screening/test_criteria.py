import pytest

from screener.checklist import CHECKLIST_VERSION, CRITERIA
from screener.universe.live import UNIVERSE
from screener.universe.rows import ASKED
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db

FIRST, *OTHERS = ASKED["token"]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def market():
    for name, letter in (("Alpha", "p"), ("Beta", "u")):
        states = letter + "n" * len(OTHERS)
        make_card(make_asset(name), states=states, checklist_version=CHECKLIST_VERSION)
    UNIVERSE.forget()


def test_a_page_without_scripts_leads_back_to_the_screen(client):
    page = client.get("/screen/criteria/?q=kind:token&sort=name")
    assert CRITERIA[FIRST].title in page.text
    assert 'href="/?q=kind%3Atoken&amp;sort=name"' in page.text
    assert "hx-boost" not in page.text


def test_the_panel_gets_the_list_alone(client):
    part = client.get("/screen/criteria/?q=alpha", headers=HTMX).text
    assert "<html" not in part
    assert "hx-boost" in part
    assert f"q=alpha+state%3A{FIRST}%3Dpass" in part
    assert "%3Dunknown" not in part, "Beta is not among these"


def test_what_an_answer_leads_to_is_the_screen_with_it(client):
    page = client.get(f"/?q=state:{FIRST}=unknown")
    assert [row.asset.slug for row in page.context["rows"]] == ["beta"]
    assert f'name="{FIRST}" value="unknown"' in page.text


def test_ticks_of_the_panel_become_a_query(client):
    asked = client.get("/", {FIRST: ["unknown", "pass"], "missing": "holders"})
    assert asked.status_code == 302
    assert asked["Location"] == f"/?q=state%3A{FIRST}%3Dunknown%2Cpass+missing%3Aholders"
