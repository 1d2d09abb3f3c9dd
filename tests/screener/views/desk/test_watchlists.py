import pytest
from django.urls import reverse

from assets.models import Asset
from screener.models import Watchlist
from screener.services.desk.watchlists import create_watchlist, set_star, watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


@pytest.fixture
def ben(django_user_model):
    return django_user_model.objects.create_user("ben")


@pytest.fixture
def alpha():
    return Asset.objects.create(kind="token", slug="alpha", name="Alpha <b>", symbol="ALP")


@pytest.fixture
def gems(ana):
    return create_watchlist(user=ana, name="Gems")


@pytest.fixture
def client(client, ana):
    client.force_login(ana)
    return client


def htmx(client, method, address, data=None):
    return getattr(client, method)(address, data or {}, headers={"HX-Request": "true"})


def test_strangers_are_sent_to_log_in_and_back(client):
    client.logout()
    answer = client.get("/watchlists/")
    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next=%2Fwatchlists%2F"


def test_no_lists_yet(client):
    assert "No watchlists yet" in client.get("/watchlists/").text


def test_a_list_is_made_shown_renamed_deleted_and_brought_back(client, ana):
    client.post("/watchlists/", {"name": "  Gems "})
    made = Watchlist.objects.get()
    assert made.name == "Gems"
    assert "Gems" in client.get("/watchlists/").text
    client.post(f"/watchlists/{made.pk}/rename/", {"name": "Stones"})
    page = client.post(f"/watchlists/{made.pk}/delete/", follow=True).text
    assert "“Stones” is deleted." in page
    assert f'action="/watchlists/{made.pk}/restore/"' in page
    assert "csrfmiddlewaretoken" in page
    assert client.get(f"/watchlists/{made.pk}/").status_code == 404
    assert "“Stones” is back." in client.post(f"/watchlists/{made.pk}/restore/", follow=True).text


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "A watchlist needs a name."),
        ("   ", "A watchlist needs a name."),
        ("x" * 81, "The name has 81 characters and may have 80."),
        ("Gems", "You already have a watchlist named “Gems”."),
    ],
)
def test_a_name_that_does_not_fit_is_told_and_stays_typed(client, gems, name, problem):
    other = create_watchlist(user=gems.owner, name="Other")
    for address in ("/watchlists/", f"/watchlists/{other.pk}/rename/"):
        answer = client.post(address, {"name": name})
        assert answer.status_code == 422
        assert problem in answer.text
        assert f'value="{name}"' in answer.text
    assert Watchlist.objects.count() == 2
    other.refresh_from_db()
    assert other.name == "Other"


def test_assets_are_added_and_removed_with_a_way_back(client, gems, alpha):
    client.post(f"/watchlists/{gems.pk}/add/", {"asset": "alpha"})
    client.post(f"/watchlists/{gems.pk}/add/", {"asset": "alpha"})
    assert gems.entries.count() == 1
    page = client.post(f"/watchlists/{gems.pk}/remove/", {"asset": "alpha"}, follow=True).text
    assert gems.entries.count() == 0
    assert '<input type="hidden" name="asset" value="alpha">' in page
    assert client.post(f"/watchlists/{gems.pk}/add/", {"asset": "nothing"}).status_code == 404


@pytest.mark.parametrize("sort", ["name", "-score", "market_cap", "-gates", "added", "nonsense", "-"])
def test_any_sort_is_answered(client, gems, alpha, sort):
    watch(watchlist=gems, asset=alpha)
    answer = client.get(f"/watchlists/{gems.pk}/", {"sort": sort})
    assert answer.status_code == 200
    assert "Alpha &lt;b&gt;" in answer.text


def test_other_peoples_lists_do_not_exist(client, ben, alpha):
    theirs = create_watchlist(user=ben, name="Theirs")
    watch(watchlist=theirs, asset=alpha)
    assert "Theirs" not in client.get("/watchlists/").text
    assert client.get(f"/watchlists/{theirs.pk}/").status_code == 404
    for verb in ("rename", "delete", "restore", "add", "remove"):
        answer = client.post(f"/watchlists/{theirs.pk}/{verb}/", {"name": "Mine", "asset": "alpha"})
        assert answer.status_code == 404
    theirs.refresh_from_db()
    assert (theirs.name, theirs.deleted_at, theirs.entries.count()) == ("Theirs", None, 1)


@pytest.mark.parametrize("verb", ["rename", "delete", "restore", "add", "remove"])
def test_changes_are_posts(client, gems, verb):
    assert client.get(f"/watchlists/{gems.pk}/{verb}/").status_code == 405


def test_a_star_without_javascript_leads_back_to_where_it_was_pressed(client, ana, alpha):
    answer = client.post("/assets/alpha/star/", {"watched": "1", "next": "/?sort=-total"})
    assert (answer.status_code, answer.url) == (302, "/?sort=-total")
    assert Watchlist.objects.get().entries.count() == 1
    answer = client.post("/assets/alpha/star/", {"watched": "0", "next": "https://evil.example/"})
    assert answer.url == "/assets/alpha/"
    assert Watchlist.objects.get().entries.count() == 0


def test_a_star_with_htmx_swaps_itself(client, alpha):
    answer = htmx(client, "post", "/assets/alpha/star/")
    assert answer.status_code == 200
    assert 'aria-pressed="true"' in answer.text
    assert "<html" not in answer.text
    assert 'aria-pressed="false"' in htmx(client, "post", "/assets/alpha/star/").text


def test_a_stranger_with_htmx_is_taken_to_the_log_in_page(client, alpha):
    client.logout()
    answer = client.post(
        "/assets/alpha/star/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/?page=2"}
    )
    assert answer.headers["HX-Redirect"] == f"{reverse('account_login')}?next=%2F%3Fpage%3D2"
    assert not Watchlist.objects.exists()


def test_an_unknown_asset_has_no_star(client):
    assert client.post("/assets/nothing/star/").status_code == 404
    assert not Watchlist.objects.exists()


def test_lists_of_an_asset_are_chosen(client, ana, ben, gems, alpha):
    theirs = create_watchlist(user=ben, name="Theirs")
    set_star(user=ana, asset=alpha)
    page = client.get("/assets/alpha/watchlists/").text
    assert f'value="{gems.pk}"' in page.replace("\n", " ")
    assert "Theirs" not in page
    answer = client.post("/assets/alpha/watchlists/", {"in": [theirs.pk], "name": "New"})
    assert (answer.status_code, answer.url) == (302, "/assets/alpha/")
    assert [each.name for each in Watchlist.objects.filter(entries__asset=alpha)] == ["New"]


def test_a_new_list_of_a_taken_name_changes_nothing_and_keeps_the_choice(client, ana, gems, alpha):
    answer = client.post("/assets/alpha/watchlists/", {"in": [gems.pk], "name": "Gems"})
    assert answer.status_code == 422
    assert "You already have a watchlist named “Gems”." in answer.text
    assert "checked" in answer.text
    assert gems.entries.count() == 0


def test_the_chooser_as_a_fragment(client, gems, alpha):
    answer = htmx(client, "post", "/assets/alpha/watchlists/", {"in": [gems.pk]})
    assert "Saved." in answer.text
    assert 'hx-swap-oob="innerHTML:[data-page-star]"' in answer.text
    assert 'aria-pressed="true"' in answer.text
    assert "<html" not in answer.text
    assert gems.entries.count() == 1


def test_long_lists_are_paged(client, gems):
    for number in range(101):
        asset = Asset.objects.create(kind="token", slug=f"a{number:03}", name=f"Asset {number:03}")
        watch(watchlist=gems, asset=asset)
    assert "Asset 100" not in client.get(f"/watchlists/{gems.pk}/?sort=name").text
    assert "Asset 100" in client.get(f"/watchlists/{gems.pk}/?sort=name&page=3").text
    assert client.get(f"/watchlists/{gems.pk}/?page=nonsense").status_code == 200
