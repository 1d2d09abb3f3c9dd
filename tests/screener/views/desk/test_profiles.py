import uuid

import pytest
from django.utils import timezone

from screener.checklist import DIMENSIONS
from screener.checklist.profiles import Changes
from screener.models import Preference, Profile
from screener.services.desk.preferences import set_profile
from screener.services.desk.profiles import create_profile
from screener.universe.live import UNIVERSE
from screener.universe.ranking import RANKINGS
from tests.factories.example import fill_example

pytestmark = pytest.mark.django_db

DIMENSION, *_OTHERS = DIMENSIONS
CRITERION = next(each for each in DIMENSION.criteria if each.weight != 3)


@pytest.fixture(autouse=True)
def _nothing_kept():
    UNIVERSE.forget()
    RANKINGS.forget()


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def ben(django_user_model):
    return django_user_model.objects.create_user("ben")


@pytest.fixture
def client(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def careful(ana):
    return create_profile(user=ana, name="Careful <b>", changes=Changes(dimension_weights={DIMENSION.id: 77}))


def test_no_profiles_yet(client):
    assert "No profiles yet" in client.get("/profiles/").text


def test_strangers_are_sent_to_log_in(client):
    client.logout()
    answer = client.get("/profiles/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=%2Fprofiles%2F")


def test_a_profile_is_made_edited_deleted_and_brought_back(client):
    assert client.get("/profiles/new/").status_code == 200
    typed = {"name": "Mine", f"dimension-{DIMENSION.id}": "33", f"weight-{CRITERION.id}": "3"}
    answer = client.post("/profiles/new/", typed, follow=True)
    made = Profile.objects.get()
    assert (made.dimension_weights, made.criterion_weights) == ({DIMENSION.id: 33}, {CRITERION.id: 3})
    assert made.thresholds == {}, "an empty field takes the checklist's own"
    assert "“Mine” is saved." in answer.text
    assert 'value="33"' in client.get(f"/profiles/{made.pk}/edit/").text
    client.post(f"/profiles/{made.pk}/edit/", {"name": "Other", "description": "Why"})
    made.refresh_from_db()
    assert (made.name, made.description, made.dimension_weights) == ("Other", "Why", {})
    page = client.post(f"/profiles/{made.pk}/delete/", follow=True).text
    assert "“Other” is deleted." in page
    assert f'action="/profiles/{made.pk}/restore/"' in page
    assert client.get(f"/profiles/{made.pk}/").status_code == 404
    assert "“Other” is back." in client.post(f"/profiles/{made.pk}/restore/", follow=True).text


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"name": ""}, "A profile needs a name."),
        ({"name": "Careful <b>"}, "You already have a profile named “Careful &lt;b&gt;”."),
        ({"name": "X", f"dimension-{DIMENSION.id}": "-1"}, "a number from 0 to 100"),
        ({"name": "X", f"dimension-{DIMENSION.id}": "nan"}, "a number from 0 to 100"),
        ({"name": "X", f"weight-{CRITERION.id}": "9"}, "is 0 (it does not count), 1, 2 or 3"),
        ({"name": "X"} | {f"dimension-{each.id}": "0" for each in DIMENSIONS}, "Nothing counts for assets"),
    ],
)
def test_what_does_not_fit_is_shown_and_stays_typed(client, careful, typed, problem):
    answer = client.post("/profiles/new/", typed)
    assert answer.status_code == 422
    assert problem in answer.text
    assert Profile.objects.count() == 1


def test_a_copy_is_another_profile_under_a_free_name(client, careful):
    client.post(f"/profiles/{careful.pk}/copy/")
    copy = Profile.objects.exclude(pk=careful.pk).get()
    assert (copy.name, copy.dimension_weights) == ("Careful <b> (2)", {DIMENSION.id: 77})
    assert copy.share_token != careful.share_token


def test_a_name_from_outside_is_escaped_everywhere(client, careful):
    for address in ("/profiles/", f"/profiles/{careful.pk}/", f"/profiles/{careful.pk}/edit/"):
        text = client.get(address).text
        assert "<b>" not in text
        assert "Careful &lt;b&gt;" in text


def test_whoever_has_the_address_reads_and_who_is_logged_in_copies(client, careful, ben):
    address = f"/profiles/shared/{careful.share_token}/"
    client.logout()
    assert "Log in to copy" in client.get(address).text
    assert client.post(f"{address}copy/").status_code == 302
    assert Profile.objects.count() == 1
    client.force_login(ben)
    assert "77" in client.get(address).text
    client.post(f"{address}copy/")
    assert Profile.objects.of(ben).get().dimension_weights == {DIMENSION.id: 77}
    careful.soft_delete()
    assert client.get(address).status_code == 404
    assert client.get(f"/profiles/shared/{uuid.uuid4()}/").status_code == 404


def test_other_peoples_profiles_do_not_exist(client, ben):
    theirs = create_profile(user=ben, name="Theirs")
    assert "Theirs" not in client.get("/profiles/").text
    for verb in ("", "ranks/", "edit/"):
        assert client.get(f"/profiles/{theirs.pk}/{verb}").status_code == 404
    for verb in ("edit", "copy", "delete", "restore"):
        assert client.post(f"/profiles/{theirs.pk}/{verb}/", {"name": "Mine"}).status_code == 404
    assert client.post("/profiles/choose/", {"profile": theirs.pk}).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.name, theirs.deleted_at) == ("Theirs", None)


@pytest.mark.parametrize("verb", ["copy", "delete", "restore"])
def test_changes_are_posts(client, careful, verb):
    assert client.get(f"/profiles/{careful.pk}/{verb}/").status_code == 405


def test_a_chosen_profile_stands_beside_the_score_until_it_is_taken_back(client, ana, careful):
    asset = fill_example()
    client.post("/profiles/choose/", {"profile": careful.pk})
    assert "under “Careful &lt;b&gt;”" in client.get(asset.get_absolute_url()).text
    client.post("/profiles/choose/", {})
    assert Preference.objects.get().profile is None
    assert "under “Careful" not in client.get(asset.get_absolute_url()).text


def test_a_profile_of_the_address_stands_beside_the_score(client, ana, ben, careful):
    address = fill_example().get_absolute_url()
    assert "under “Careful" in client.get(address, {"profile": careful.pk}).text
    theirs = create_profile(user=ben, name="Theirs")
    assert client.get(address, {"profile": theirs.pk}).status_code == 404
    assert client.get(address, {"profile": "nonsense"}).status_code == 200


def test_a_deleted_profile_counts_no_more(client, ana, careful):
    set_profile(user=ana, profile=careful)
    careful.soft_delete()
    assert "under “Careful" not in client.get(fill_example().get_absolute_url()).text


def test_ranks_come_as_a_page_and_as_a_fragment(client, careful):
    fill_example()
    page = client.get(f"/profiles/{careful.pk}/ranks/")
    assert "No asset changes its rank." in page.text
    assert "<html" in page.text
    fragment = client.get(f"/profiles/{careful.pk}/ranks/", headers={"HX-Request": "true"})
    assert "<html" not in fragment.text
    assert "of 1 assets" in fragment.text


def test_a_universe_that_is_too_large_is_told(client, careful, monkeypatch):
    monkeypatch.setattr("screener.universe.ranking.MOST_ASSETS", 0)
    fill_example()
    assert "There are more assets than" in client.get(f"/profiles/{careful.pk}/ranks/").text


def test_changes_that_no_longer_fit_are_told(client, careful):
    Profile.objects.update(criterion_weights={"old.gone": 1}, edited_at=timezone.now())
    assert "There is no “old.gone” any more." in client.get(f"/profiles/{careful.pk}/").text


@pytest.mark.parametrize(
    ("address", "most"), [("/profiles/", 6), ("/profiles/{pk}/", 6), ("/profiles/{pk}/ranks/", 9)]
)
def test_pages_keep_to_their_queries(client, careful, django_assert_max_num_queries, address, most):
    fill_example()
    with django_assert_max_num_queries(most):
        assert client.get(address.format(pk=careful.pk)).status_code == 200


def test_a_link_is_replaced_and_withdrawn(client, django_user_model):
    owner = django_user_model.objects.create_user("eva")
    client.force_login(owner)
    shown = Profile.objects.create(owner=owner, name="Hers")
    for wanted, status in (("1", 200), ("new", 404), ("", 404)):
        before = shown.share_token
        assert client.post(f"/profiles/{shown.pk}/share/", {"shared": wanted}).status_code == 302
        shown.refresh_from_db()
        assert client.get(f"/profiles/shared/{before or shown.share_token}/").status_code == status


def test_size_tiers_of_a_profile_are_saved_shown_and_kept(client, ana):
    page = client.get("/profiles/new/")
    assert "Market cap below which each tier ends" in page.text
    fields = {field.html_name: field.value() for field in page.context["tiers"]}
    done = client.post("/profiles/new/", {"name": "Mine", **fields, "tier-token-micro": "30m"}, follow=True)
    mine = Profile.objects.get(name="Mine")
    assert mine.size_tiers["token"]["micro"] == 30e6
    assert "equity" not in mine.size_tiers
    assert "Token tiers" in done.text
    assert "Micro &lt; $30" in done.text
    edited = client.get(f"/profiles/{mine.pk}/edit/")
    assert edited.context["tiers"]["tier-token-micro"].value() == "30m"


def test_size_tiers_out_of_order_are_not_saved(client, ana):
    done = client.post("/profiles/new/", {"name": "Mine", "tier-token-micro": "30b"})
    assert done.status_code == 422
    assert "It is not saved yet" in done.text
    assert "Each limit must be above the one before it." in done.text
    assert not Profile.objects.exists()
