import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from screener.services.search.places import ACTIONS, PAGES, actions_called, pages_called

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(django_user_model):
    return django_user_model.objects.create_user("reader")


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user("staff", is_staff=True)


def titles(places):
    return [str(each.title) for each in places]


def test_every_place_leads_somewhere():
    for each in (*PAGES, *ACTIONS):
        assert each.address.startswith("/") if each.page else each.press


@pytest.mark.parametrize(
    ("words", "first"), [(["valid"], "Validation"), (["how", "to"], "Query help"), (["thresh"], "Checklist")]
)
def test_pages_are_found_by_title_and_by_what_people_call_them(words, first):
    assert titles(pages_called(words, user=AnonymousUser()))[0] == first


def test_who_may_not_open_a_page_is_not_shown_it(reader, staff):
    assert "Admin" not in titles(pages_called([], user=AnonymousUser()))
    assert "Admin" not in titles(pages_called(["admin"], user=reader))
    assert "Admin" in titles(pages_called(["admin"], user=staff))
    assert titles(pages_called(["notes"], user=AnonymousUser())) == []
    assert titles(actions_called(["log"], user=AnonymousUser(), on_page="")) == ["Log in"]
    assert titles(actions_called(["log"], user=reader, on_page="")) == ["Log out"]
    assert titles(actions_called(["import"], user=reader, on_page="")) == []
    assert titles(actions_called(["import"], user=staff, on_page="")) == ["Import"]


@pytest.mark.parametrize(
    ("on_page", "address"),
    [("/assets/pepe/", "/assets/pepe/notes/"), ("/", "/notes/"), ("/no/such/", "/notes/"), ("x", "/notes/")],
)
def test_a_new_note_is_about_the_asset_whose_page_it_is(reader, on_page, address):
    (note,) = actions_called(["new", "note"], user=reader, on_page=on_page)
    assert note.address == address


def test_each_language_but_the_pages_own():
    with translation.override("es"):
        (english,) = actions_called(["english"], user=AnonymousUser(), on_page="/")
    assert (english.press.form, english.press.value) == ("language-form", "en")
    assert titles(actions_called(["español"], user=AnonymousUser(), on_page="/")) == ["Español"]
