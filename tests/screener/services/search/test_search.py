import pytest
from django.contrib.auth.models import AnonymousUser

from screener.models import Watchlist
from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.services.desk.notes import write_note
from screener.services.screening.screens import save_screen
from screener.services.search.search import search, words_of
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def desk(ana):
    """Everything that Ana owns says quokka."""
    asset = make_asset("Quokka")
    make_card(asset)
    UNIVERSE.forget()
    save_screen(user=ana, name="Quokka screen", screen=Screen(condition=parse("kind:token")))
    Watchlist.objects.create(owner=ana, name="My Quokkas")
    write_note(user=ana, asset=asset, body="Some words before it, and then the quokka\nwas seen again.")
    return asset


def by_group(typed, user):
    return {each.key: [hit.title for hit in each.hits] for each in search(typed, user=user)}


def test_what_a_person_owns_is_found_beside_assets(ana, desk):
    assert by_group("QUOKKA", ana) == {
        "assets": ["Quokka"],
        "screens": ["Quokka screen"],
        "watchlists": ["My Quokkas"],
        "notes": ["Quokka"],
    }


def test_what_is_private_is_found_by_nobody_else(django_user_model, desk):
    others = (
        django_user_model.objects.create_user("ben"),
        django_user_model.objects.create_user("chief", is_staff=True, is_superuser=True),
    )
    for each in (AnonymousUser(), *others):
        assert by_group("quokka", each) == {"assets": ["Quokka"]}


def test_what_was_thrown_away_is_not_found(ana, desk):
    Watchlist.objects.get(owner=ana).soft_delete()
    ana.notes.get().soft_delete()
    ana.savedscreens.get().soft_delete()
    assert by_group("quokka", ana) == {"assets": ["Quokka"]}


def test_a_note_shows_the_passage_that_was_found(ana, desk):
    (group,) = [each for each in search("quokka", user=ana) if each.key == "notes"]
    (hit,) = group.hits
    assert "then the quokka was seen" in hit.detail
    assert hit.address == f"/notes/{ana.notes.get().pk}/"


def test_screens_to_start_from_are_found_by_everybody():
    assert by_group("widely held", AnonymousUser()) == {"screens": ["Widely held"]}


def test_without_words_it_says_where_one_can_go():
    found = by_group("  ", AnonymousUser())
    assert {*found} == {"pages", "actions"}
    assert found["pages"][0] == "Screener"


def test_nothing_is_no_group():
    assert search("no such thing anywhere", user=AnonymousUser()) == ()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("$PEPE", ("pepe",)),
        (" a\x00b  C ", ("ab", "c")),
        ("$", ()),
        ("\ud800x", ("x",)),
        ("ß", ("ss",)),
    ],
)
def test_words_are_folded(typed, words):
    assert words_of(typed) == words


def test_many_assets_are_cut_to_as_many_as_are_asked_for():
    for number in range(12):
        make_card(make_asset(f"Numbat{number:02}"))
    UNIVERSE.forget()
    assert len(by_group("numbat", AnonymousUser())["assets"]) == 8
    (group,) = search("numbat", user=AnonymousUser(), most=50)
    assert len(group.hits) == 12
