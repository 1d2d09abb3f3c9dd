import pytest

from assets.identity.likeness import SAME
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def quokka():
    asset = make_asset("Quokka <b>", slug="quokka", symbol="QUO", likeness=SAME)
    make_card(asset)
    UNIVERSE.forget()
    return asset


def test_the_page_of_results_links_to_what_was_found(client, quokka):
    page = client.get("/search/", {"q": "quo"}).content.decode()
    assert 'href="/assets/quokka/"' in page
    assert "Quokka &lt;b&gt;" in page
    assert "⚠ another" in page


def test_the_page_presses_buttons_of_the_header_without_scripts(client):
    page = client.get("/search/", {"q": "dark"}).content.decode()
    assert '<button class="link" form="theme-form" name="theme" value="dark">' in page


def test_the_page_says_what_can_be_found_where_nothing_was(client):
    page = client.get("/search/", {"q": "no such"}).content.decode()
    assert "Nothing is called “no such”" in page
    assert "CIK" in page


def test_options_of_the_list_lead_on_or_press(client, quokka):
    options = client.get("/search/suggest/", {"q": "quo", "on": "/"}).content.decode()
    assert 'data-address="/assets/quokka/"' in options
    assert "<html" not in options
    assert 'data-address="/search/?q=quo"' in options
    assert 'data-form="theme-form"' in client.get("/search/suggest/", {"q": "dark"}).content.decode()


@pytest.mark.parametrize("typed", ["", "x" * 10_000, "%", "_", "\\", "'; --", "\ufffd", "0x" + "f" * 300])
def test_whatever_is_typed_has_an_answer(client, typed):
    for address in ("/search/", "/search/suggest/"):
        assert client.get(address, {"q": typed}).status_code == 200
