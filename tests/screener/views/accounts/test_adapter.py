import re
import smtplib

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

PASSWORD = "correct horse battery"


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana", password=PASSWORD)


def log_in(client, *, name="ana", password=PASSWORD, address="198.51.100.1", **more):
    return client.post("/accounts/login/", {"login": name, "password": password, **more}, REMOTE_ADDR=address)


def sign_up(client, name, *, email="", password=PASSWORD):
    fields = {"username": name, "email": email, "password1": password, "password2": password}
    return client.post("/accounts/signup/", fields)


# Log-in -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_stranger_slows_themselves_down_and_nobody_else(client, ana):
    for _ in range(8):
        page = log_in(client, password="wrong wrong wrong")
    assert "Too many failed attempts. Try again in" in page.text
    assert "Too many failed attempts" in log_in(client).text
    assert log_in(client, address="203.0.113.7").status_code == 302


@pytest.mark.django_db
def test_who_has_logged_in_before_is_slowed_by_nobody(client, client_factory, ana):
    log_in(client)
    client.post("/accounts/logout/")
    for place in range(60):
        log_in(client_factory(), password="wrong wrong wrong", address=f"198.51.100.{place}")
    assert "Too many failed attempts" in log_in(client_factory(), address="203.0.113.7").text
    assert log_in(client, address="198.51.100.1").status_code == 302


@pytest.mark.django_db
def test_a_forged_cookie_makes_no_browser_known(client, client_factory, ana):
    for place in range(60):
        log_in(client_factory(), password="wrong wrong wrong", address=f"198.51.100.{place}")
    client.cookies["known-browser"] = "eyIxIjoieCJ9:1abcde:forged"
    assert "Too many failed attempts" in log_in(client).text


@pytest.mark.django_db
def test_nobody_learns_by_a_failed_log_in_whether_there_is_such_an_account(client, ana):
    pages = [log_in(client, name=name, password="wrong wrong wrong") for name in ("ana", "eve")]
    said = {(page.status_code, str(page.context["form"].errors)) for page in pages}
    assert len(said) == 1


@pytest.mark.django_db
def test_a_log_in_needs_no_broker(client, ana, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    assert log_in(client, password="wrong wrong wrong").status_code == 200
    assert log_in(client).status_code == 302


@pytest.mark.django_db
def test_a_session_gets_a_new_key_at_log_in_and_password_change(client, client_factory, ana):
    other = client_factory()
    log_in(other)
    log_in(client)
    before = client.session.session_key
    fields = {
        "oldpassword": PASSWORD,
        "password1": "another horse battery",
        "password2": "another horse battery",
    }
    assert client.post("/accounts/password/change/", fields).status_code == 302
    assert client.session.session_key != before
    assert client.get("/profiles/").status_code == 200
    assert other.get("/profiles/").status_code == 302


@pytest.mark.django_db
def test_a_new_password_needs_the_old_one(client, ana):
    log_in(client)
    fields = {
        "oldpassword": "wrong",
        "password1": "another horse battery",
        "password2": "another horse battery",
    }
    assert client.post("/accounts/password/change/", fields).status_code == 200
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["https://testserver//evil.example", "//evil.example", "/\\evil.example", "https://evil.example/"],
)
def test_a_log_in_leads_to_no_other_site(client, ana, address):
    assert log_in(client, next=address)["Location"] == "/"
    client.post("/accounts/logout/")
    assert log_in(client, next="/notes/?q=x")["Location"] == "/notes/?q=x"


# Sign-up ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_sign_up_is_closed_by_setting(client, settings, django_user_model):
    settings.SIGN_UP_OPEN = False
    assert "Sign-up is closed here" in client.get("/accounts/signup/").text
    sign_up(client, "maria")
    assert not django_user_model.objects.exists()
    assert "/accounts/signup/" not in client.get("/accounts/login/").text


@pytest.mark.django_db
def test_a_name_that_is_taken_is_refused_in_the_words_of_any_other(client, ana, settings):
    settings.SIGN_UP_OPEN = True
    refusals = {
        tuple(sign_up(client, name).context["form"].errors["username"]) for name in ("ana", "admin", "аna")
    }
    assert refusals == {("This name can't be taken. Choose another one.",)}


@pytest.mark.django_db
def test_an_address_that_is_taken_is_not_told(client, client_factory, ana, settings, django_user_model):
    settings.SIGN_UP_OPEN = True
    EmailAddress.objects.create(user=ana, email="ana@example.com", verified=True, primary=True)
    taken, free = (
        sign_up(client_factory(), name, email=email)
        for name, email in (("maria", "ana@example.com"), ("lopez", "free@example.com"))
    )
    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert ana.emailaddress_set.filter(verified=True).exists()


@pytest.mark.django_db
def test_a_name_is_kept_in_its_plain_form(client, settings, django_user_model):
    settings.SIGN_UP_OPEN = True
    sign_up(client, "ｍａｒｉａ")
    assert django_user_model.objects.get().username == "maria"


@pytest.mark.django_db
def test_who_signs_up_agrees_to_what_is_kept(client, settings):
    settings.SIGN_UP_OPEN = True
    page = client.get("/accounts/signup/")
    assert "By signing up you agree that this is kept." in page.text
    assert 'href="/privacy/"' in page.text
    assert not page.context["form"].fields["email"].required


# Mail -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_forgotten_password_tells_nobody_who_has_an_account(client, ana):
    EmailAddress.objects.create(user=ana, email="ana@example.com", verified=True, primary=True)
    pages = [
        client.post("/accounts/password/reset/", {"email": f"{name}@example.com"}) for name in ("ana", "eve")
    ]
    assert {(page.status_code, page["Location"]) for page in pages} == {
        (302, "/accounts/password/reset/done/")
    }
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_a_mail_server_that_is_gone_is_an_outage(client, ana, monkeypatch):
    def refuse(*_args, **_more):
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    page = client.post("/accounts/password/reset/", {"email": "ana@example.com"})
    assert page.status_code == 503
    assert "The mail server does not answer." in page.text


@pytest.mark.django_db
def test_a_warning_is_sent_of_what_was_changed(client, ana):
    EmailAddress.objects.create(user=ana, email="ana@example.com", verified=True, primary=True)
    log_in(client)
    new = "another horse battery"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert [each.to for each in mail.outbox] == [["ana@example.com"]]
    assert new not in mail.outbox[0].body


@pytest.mark.django_db
def test_a_warning_that_can_not_be_sent_undoes_nothing(client, ana, monkeypatch):
    def refuse(*_args, **_more):
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    EmailAddress.objects.create(user=ana, email="ana@example.com", verified=True, primary=True)
    log_in(client)
    new = "another horse battery"
    page = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert page.status_code == 302
    ana.refresh_from_db()
    assert ana.check_password(new)


@pytest.mark.django_db
def test_a_link_for_a_new_password_works_once(client, client_factory, ana):
    EmailAddress.objects.create(user=ana, email="ana@example.com", verified=True, primary=True)
    client.post("/accounts/password/reset/", {"email": "ana@example.com"})
    link = re.search(r"http://testserver(\S+/password/reset/key/\S+)", mail.outbox[0].body)[1]
    new = {"password1": "another horse battery", "password2": "another horse battery"}
    form = client.get(link, follow=True)
    assert client.post(form.request["PATH_INFO"], new).status_code == 302
    ana.refresh_from_db()
    assert ana.check_password("another horse battery")
    again = client_factory()
    form = again.get(link, follow=True)
    again.post(
        form.request["PATH_INFO"], {"password1": "third horse battery!", "password2": "third horse battery!"}
    )
    ana.refresh_from_db()
    assert ana.check_password("another horse battery")
