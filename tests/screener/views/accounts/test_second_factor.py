import pytest


@pytest.mark.django_db
@pytest.mark.parametrize(("needed", "status"), [("off", 200), ("admin", 200), ("staff", 302)])
def test_where_staff_need_a_second_factor(admin_client, settings, needed, status):
    settings.STAFF_SECOND_FACTOR = needed
    page = admin_client.get("/data/import/")
    assert page.status_code == status
    assert page.headers.get("Location") in (None, "/accounts/2fa/")


@pytest.mark.django_db
def test_a_factor_is_set_up_with_a_picture_the_policy_allows(client, django_user_model):
    django_user_model.objects.create_user("ana", password="correct horse battery")
    client.post("/accounts/login/", {"login": "ana", "password": "correct horse battery"})
    assert (
        client.get("/accounts/2fa/totp/activate/").headers["Location"].startswith("/accounts/reauthenticate/")
    )
    client.post("/accounts/reauthenticate/", {"password": "correct horse battery"})
    page = client.get("/accounts/2fa/totp/activate/")
    assert '<img class="qr" src="data:image/svg+xml' in page.text
    assert "data:" in page.headers["Content-Security-Policy"].partition("img-src")[2].partition(";")[0]
    assert "<script>" not in page.text
