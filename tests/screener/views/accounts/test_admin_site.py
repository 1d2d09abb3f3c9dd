import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

PASSWORD = "correct horse battery"


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_superuser("zoe", password=PASSWORD)


@pytest.fixture
def guarded(settings):
    settings.STAFF_SECOND_FACTOR = "admin"


def log_in(client, **more):
    return client.post("/accounts/login/", {"login": "zoe", "password": PASSWORD, **more})


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_strangers_go_to_the_log_in_of_everybody(client, db):
    page = client.get("/admin/", follow=True)
    assert page.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2F"
    assert client.post("/admin/login/", {"username": "zoe", "password": PASSWORD}).status_code == 302


def test_the_admin_leads_to_no_other_site(client, staff):
    log_in(client)
    assert client.get("/admin/login/?next=https://testserver//evil.example").headers["Location"] == "/admin/"


def test_readers_are_refused(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("ana"))
    page = client.get("/admin/", follow=True)
    assert page.status_code == 403
    assert "Only staff can do this." in page.text


def test_staff_need_a_second_factor(client, staff, guarded):
    log_in(client)
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/2fa/")
    assert client.get("/admin/screener/scorecard/").status_code == 302


def test_a_session_from_before_the_factor_shows_it_first(client, staff, guarded):
    log_in(client)
    secret = generate_totp_secret()
    TOTP.activate(staff, secret)
    page = client.get("/admin/", follow=True)
    assert page.redirect_chain[-1][0] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"
    page = client.post(
        "/accounts/2fa/reauthenticate/?next=/admin/", {"code": code_of(secret), "next": "/admin/"}
    )
    assert page.headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_log_in_with_both_factors_reaches_the_admin(client, staff, guarded):
    secret = generate_totp_secret()
    TOTP.activate(staff, secret)
    page = log_in(client, next="/admin/")
    assert page.headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/admin/").status_code == 302
    page = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert page.headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_code_counts_once(client, client_factory, staff, guarded):
    secret = generate_totp_secret()
    TOTP.activate(staff, secret)
    code = code_of(secret)
    for each, status in ((client, 302), (client_factory(), 200)):
        log_in(each)
        assert each.post("/accounts/2fa/authenticate/", {"code": code}).status_code == status


def test_accounts_are_touched_after_the_password_was_given_again(client, staff):
    client.force_login(staff)
    assert client.get("/admin/screener/watchlist/").status_code == 200
    for address in ("/admin/auth/user/", f"/admin/auth/user/{staff.pk}/change/", "/admin/mfa/authenticator/"):
        assert client.get(address).headers["Location"].startswith("/accounts/reauthenticate/?next=")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/admin/auth/user/").status_code == 200


def test_there_is_one_page_for_a_new_password(client, staff):
    client.force_login(staff)
    assert client.get("/admin/password_change/").headers["Location"] == "/accounts/password/change/"
