import re
import uuid
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from screener.models import SavedScreen
from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.services.screening.screens import save_screen
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db

SMALL = Screen(condition=parse("market_cap < 100m"), sort="-volume", columns=("price", "volume"))
WORDS = {"q": "market_cap<100m", "sort": "-volume", "columns": "price,volume"}


@pytest.fixture(autouse=True)
def _nothing_kept():
    UNIVERSE.forget()


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana", password="secret-words")


@pytest.fixture
def ben(django_user_model):
    return django_user_model.objects.create_user("ben")


@pytest.fixture
def client(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def small(ana):
    return save_screen(user=ana, name="Small <b>", description="Why <i>", screen=SMALL)


@pytest.fixture
def alpha():
    return make_card(make_asset("Alpha"), figures={"market_cap_usd": 1e6}).asset


def words(address):
    return {word: values[0] for word, values in parse_qs(urlsplit(address).query).items()}


def test_no_screens_yet(client):
    assert "No saved screens yet" in client.get("/screens/").text


# Saving -----------------------------------------------------------------------------


def test_the_screen_of_the_address_is_saved_and_opened(client):
    page = client.get("/screens/new/", WORDS).text
    assert "market_cap &lt; 100m" in page
    assert "24 h volume, from high to low" in page
    assert "Price, 24 h volume" in page
    answer = client.post("/screens/new/?q=market_cap<100m", {"name": "Small", "description": "Why", **WORDS})
    saved = SavedScreen.objects.get()
    assert (saved.name, saved.description, saved.query) == ("Small", "Why", SMALL.query)
    assert (saved.sort, saved.columns) == ("-volume", ["price", "volume"])
    opened = client.get(answer["Location"])
    assert opened["Location"].startswith("/?q=")
    assert words(opened["Location"]) == {**WORDS, "q": SMALL.query, "screen": str(saved.pk)}


def test_words_of_the_filter_panel_are_saved_too(client):
    page = client.get("/screens/new/?tier=micro&q=kind:token").text
    assert "tier:micro" in page
    assert "kind:token" in page


def test_a_stranger_logs_in_and_the_form_is_still_filled(client):
    client.logout()
    answer = client.get("/screens/new/", WORDS)
    assert urlsplit(answer["Location"]).path == "/accounts/login/"
    typed = {"login": "ana", "password": "secret-words", "next": words(answer["Location"])["next"]}
    page = client.post("/accounts/login/", typed, follow=True)
    assert page.request["PATH_INFO"] == "/screens/new/"
    assert "market_cap &lt; 100m" in page.text


def test_who_was_logged_out_meanwhile_finds_the_screen_again(client):
    page = client.get("/screens/new/", WORDS).text
    client.logout()
    back = (
        re.search(r'name="next" value="([^"]*new[^"]*)"', page)[1].replace("&amp;", "&").replace("&lt;", "<")
    )
    answer = client.post("/screens/new/", {"name": "Small", "next": back, **WORDS})
    assert words(words(answer["Location"])["next"]) == WORDS


def test_a_name_that_is_taken_asks_to_replace(client, small):
    typed = {"name": "SMALL <b>", "q": "kind:token"}
    answer = client.post("/screens/new/", typed)
    assert answer.status_code == 422
    assert "You already have a screen named “SMALL &lt;b&gt;”." in answer.text
    assert 'name="replace"' in answer.text
    assert "kind:token" in answer.text
    client.post("/screens/new/", typed | {"replace": "1"})
    small.refresh_from_db()
    assert (small.name, small.query) == ("SMALL <b>", "kind:token")


def test_the_name_of_the_screen_it_came_from_is_suggested(client, ben, small):
    assert 'value="Small &lt;b&gt;"' in client.get("/screens/new/", {**WORDS, "screen": small.pk}).text
    client.force_login(ben)
    assert "Small" not in client.get("/screens/new/", {"screen": small.pk}).text


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"name": ""}, "A screen needs a name."),
        ({"name": "X", "q": "gone_column < 3"}, "There is no field “gone_column”."),
        ({"name": "X", "sort": "gone"}, "can&#x27;t be sorted by “gone”."),
    ],
)
def test_what_makes_no_sense_is_shown_and_stays_typed(client, typed, problem):
    answer = client.post("/screens/new/", typed)
    assert answer.status_code == 422
    assert problem in answer.text
    assert typed.get("q", "").replace("<", "&lt;") in answer.text
    assert SavedScreen.objects.count() == 0


def test_an_address_that_makes_no_sense_is_told_and_can_be_mended(client):
    page = client.get("/screens/new/?q=gone_column<3&sort=gone").text
    assert "There is no field “gone_column”." in page
    assert "be sorted by “gone”." in page
    assert "gone_column&lt;3" in page


# Mine -------------------------------------------------------------------------------


def test_the_list_tells_what_matches_and_what_is_new(client, small, alpha):
    page = client.get("/screens/").text
    assert "market_cap &lt; 100m" in page
    assert "asset matches" in page
    assert "Not opened yet" in page
    client.get(f"/screens/{small.pk}/")
    assert "Nothing new since" in client.get("/screens/").text
    make_card(make_asset("Beta"), figures={"market_cap_usd": 2e6})
    UNIVERSE.forget()
    page = client.get("/screens/").text
    assert "assets match" in page
    assert '<a href="/assets/beta/"><bdi>Beta</bdi></a>' in page
    assert '<a href="/assets/alpha/">' not in page


def test_a_name_from_outside_is_escaped_everywhere(client, small):
    small.share()
    for address in ("/screens/", f"/screens/{small.pk}/edit/", f"/shared/screens/{small.share_token}/"):
        text = client.get(address).text
        assert not re.search("<b>|<i>", text)
        assert "Small &lt;b&gt;" in text


def test_a_screen_is_edited(client, small):
    page = client.get(f"/screens/{small.pk}/edit/").text
    assert "market_cap &lt; 100m" in page
    typed = {"name": "Other", "description": "", "q": "kind:token", "sort": "-score", "columns": ""}
    assert client.post(f"/screens/{small.pk}/edit/", typed)["Location"] == "/screens/"
    small.refresh_from_db()
    assert (small.name, small.query, small.columns) == ("Other", "kind:token", [])


def test_an_edited_screen_does_not_take_the_name_of_another(client, ana, small):
    save_screen(user=ana, name="Other", screen=Screen())
    answer = client.post(f"/screens/{small.pk}/edit/", {"name": "other", "q": ""})
    assert answer.status_code == 422
    assert "You already have a screen named “other”." in answer.text
    assert 'name="replace"' not in answer.text
    assert "Edit “Small &lt;b&gt;”" in answer.text


def test_a_question_that_can_no_longer_be_read_is_shown_and_mended(client, small, alpha):
    SavedScreen.objects.update(query="gone_column < 3")
    page = client.get("/screens/").text
    assert "There is no field “gone_column”." in page
    assert "gone_column &lt; 3" in page
    assert "Mend it" in page
    assert client.get(f"/screens/{small.pk}/")["Location"] == f"/screens/{small.pk}/edit/"
    answer = client.get(f"/screens/{small.pk}/edit/")
    assert (answer.status_code, "There is no field “gone_column”." in answer.text) == (200, True)
    client.post(f"/screens/{small.pk}/edit/", {"name": "Small", "q": "market_cap < 3"})
    assert words(client.get(f"/screens/{small.pk}/")["Location"])["q"] == "market_cap < 3"


def test_a_column_that_went_away_leaves_the_question_as_it_was(client, small, alpha):
    SavedScreen.objects.update(columns=["price", "gone"])
    assert "There is no column “gone”." in client.get("/screens/").text
    assert words(client.get(f"/screens/{small.pk}/")["Location"])["columns"] == "price,gone"
    assert "There is no column “gone”." in client.get(f"/screens/{small.pk}/edit/").text


def test_a_screen_is_deleted_and_brought_back(client, small):
    page = client.post(f"/screens/{small.pk}/delete/", follow=True).text
    assert "“Small &lt;b&gt;” is deleted." in page
    assert f'action="/screens/{small.pk}/restore/"' in page
    assert client.get(f"/screens/{small.pk}/").status_code == 404
    assert "is back." in client.post(f"/screens/{small.pk}/restore/", follow=True).text


def test_one_opens_first_until_it_does_not(client, small):
    assert "opens first" in client.post(f"/screens/{small.pk}/default/", {"chosen": "1"}, follow=True).text
    assert "opens first" not in client.post(f"/screens/{small.pk}/default/", follow=True).text


@pytest.mark.parametrize("action", ["", "edit/"])
def test_screens_of_others_are_not_read(client, ben, small, action):
    client.force_login(ben)
    assert client.get(f"/screens/{small.pk}/{action}").status_code == 404
    assert "Small" not in client.get("/screens/").text


@pytest.mark.parametrize("action", ["edit", "delete", "restore", "default", "share"])
def test_screens_of_others_are_not_changed(client, ben, small, action):
    client.force_login(ben)
    assert client.post(f"/screens/{small.pk}/{action}/", {"name": "X"}).status_code == 404
    client.logout()
    assert client.post(f"/screens/{small.pk}/{action}/").status_code == 302
    small.refresh_from_db()
    assert (small.name, small.deleted_at) == ("Small <b>", None)


def test_many_screens_stand_on_several_pages_and_ask_no_more(
    client, ana, alpha, django_assert_max_num_queries
):
    for number in range(25):
        save_screen(user=ana, name=f"Mine {number:02}", screen=SMALL)
    UNIVERSE.table()
    with django_assert_max_num_queries(6):
        page = client.get("/screens/").text
    assert "Page 1 of 2" in page
    assert "Mine 24" in client.get("/screens/?page=2").text


# Shared -----------------------------------------------------------------------------


def test_whoever_has_the_address_reads_and_who_is_logged_in_copies(client, ben, small, alpha):
    page = client.post(f"/screens/{small.pk}/share/", {"shared": "1"}, follow=True).text
    small.refresh_from_db()
    address = f"/shared/screens/{small.share_token}/"
    assert f"http://testserver{address}" in page
    client.logout()
    page = client.get(address).text
    assert "asset matches" in page
    assert "Log in to save a copy." in page
    assert "ana" not in re.sub(r"<[^>]*>", "", page).split(), "whose it is does not concern strangers"
    assert client.post(f"{address}copy/").status_code == 302
    client.force_login(ben)
    assert "q=market_cap" in client.get(address).text
    client.post(f"{address}copy/")
    assert SavedScreen.objects.of(ben).get().query == small.query


def test_an_address_dies_with_its_screen_or_when_it_is_taken_back(client, small):
    small.share()
    address = f"/shared/screens/{small.share_token}/"
    client.post(f"/screens/{small.pk}/delete/")
    assert client.get(address).status_code == 404
    client.post(f"/screens/{small.pk}/restore/")
    assert client.get(address).status_code == 200
    client.post(f"/screens/{small.pk}/share/")
    assert client.get(address).status_code == 404
    assert client.post(f"{address}copy/").status_code == 404
    assert client.get(f"/shared/screens/{uuid.uuid4()}/").status_code == 404


def test_a_shared_question_that_can_t_be_read_is_no_error(client, small):
    small.share()
    SavedScreen.objects.update(query="gone_column < 3")
    page = client.get(f"/shared/screens/{small.share_token}/").text
    assert "There is no field “gone_column”." in page
    assert "Open in the screener" not in page


# In place -----------------------------------------------------------------------------


@pytest.fixture
def kept(client, django_user_model):
    ana = django_user_model.objects.create_user("in-place")
    client.force_login(ana)
    for name in ("Alpha", "Beta"):
        make_card(make_asset(f"In{name}"), 60)
    UNIVERSE.forget()
    return save_screen(user=ana, name="Kept", screen=Screen(condition=parse("kind:token")))


def test_the_page_says_whether_the_screen_has_changed_since_it_was_saved(client, kept):
    assert "changed since saved" not in client.get(f"/?q=kind:token&screen={kept.pk}").text
    page = client.get(f"/?q=kind:token&sort=price&screen={kept.pk}")
    assert "changed since saved" in page.text
    for address in [heading["address"] for heading in page.context["columns"] if heading["address"]]:
        assert f"screen={kept.pk}" in address
    other = client.get("/?q=kind:token&sort=price&screen=99999")
    assert "changed since saved" not in other.text


def test_it_is_updated_from_the_page_and_the_page_stays(client, kept):
    here = f"/?q=kind:equity&sort=price&columns=price&page=2&screen={kept.pk}"
    answer = client.post(f"/screens/{kept.pk}/update/", {"next": here}, headers={"HX-Request": "true"})
    assert parse_qs(urlsplit(answer["Location"]).query) == parse_qs(urlsplit(here).query)
    kept.refresh_from_db()
    assert (kept.query, kept.sort, kept.columns) == ("kind:equity", "price", ["price"])
    wrong = client.post(f"/screens/{kept.pk}/update/", {"next": "/?q=mcap<5&sort=colour"})
    assert wrong.status_code == 302
    kept.refresh_from_db()
    assert kept.query == "kind:equity"


def test_it_is_saved_and_renamed_in_place_or_it_is_said_why_not(client, kept):
    htmx = {"HX-Request": "true"}
    words = {"q": "kind:token", "sort": "price", "next": "/?q=kind:token&sort=price&page=3"}
    made = client.post("/screens/new/", words | {"name": "New"}, headers=htmx)
    new = SavedScreen.objects.get(name="New")
    assert made["Location"] == f"/?q=kind%3Atoken&sort=price&page=3&screen={new.pk}" or parse_qs(
        urlsplit(made["Location"]).query
    ) == {"q": ["kind:token"], "sort": ["price"], "page": ["3"], "screen": [str(new.pk)]}
    taken = client.post("/screens/new/", words | {"name": "New"}, headers=htmx)
    assert taken.status_code == 422
    assert taken["HX-Retarget"] == "#saved-problem"
    assert "Replace it" in taken.text
    taken = client.post(f"/screens/{kept.pk}/rename/", words | {"name": "New"}, headers=htmx)
    assert taken.status_code == 422
    assert "You already have a screen named “New”." in taken.text
    assert "Replace it" not in taken.text
    client.post(f"/screens/{kept.pk}/rename/", words | {"name": ""})
    assert "A screen needs a name. Type one." in client.get("/?q=").text
    assert client.post(f"/screens/{kept.pk}/rename/", words | {"name": "Better"}).status_code == 302
    kept.refresh_from_db()
    assert kept.name == "Better"


def test_an_answer_to_saving_shows_the_menu_and_the_list_anew(client, kept):
    headers = {"HX-Request": "true", "HX-Trigger": "saved-new"}
    page = client.get(f"/?q=kind:token&screen={kept.pk}", headers=headers)
    assert 'id="presets" class="presets" hx-swap-oob="true"' in page.text
    assert "★ <bdi>Kept</bdi>" in page.text


def test_a_shared_page_shows_its_rows_to_anybody(client, kept):
    kept.share()
    kept.refresh_from_db()
    stranger = Client()
    page = stranger.get(f"/shared/screens/{kept.share_token}/")
    assert "InAlpha" in page.text
    assert "InBeta" in page.text
    assert 'aria-label="Pages"' not in page.text
    stranger.post("/screen/chosen/", {"asset": "inalpha"})
    assert "1 chosen" in stranger.get(f"/shared/screens/{kept.share_token}/").text
