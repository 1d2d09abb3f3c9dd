import pytest

PAGES = (
    "/",
    "/watchlists/",
    "/notes/",
    "/profiles/",
    "/data/",
    "/accounts/data/",
    "/query/complete/?q=t",
    "/nowhere/",
)


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_what_is_shown_to_somebody_is_kept_nowhere(client, django_user_model, address):
    client.force_login(django_user_model.objects.create_user("ana"))
    assert "no-store" in client.get(address).headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/accounts/signup/", "/admin/", "/accounts/password/reset/"]
)
def test_pages_about_accounts_are_kept_nowhere(client, address):
    assert "no-store" in client.get(address).headers["Cache-Control"]


@pytest.mark.django_db
def test_pages_of_everybody_may_be_kept(client):
    assert "no-store" not in client.get("/glossary/").headers.get("Cache-Control", "")
