"""Mails that tell people what was changed about their account (ASVS 2.2.3, 2.5.5)."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
ADDRESS = "ana@example.com"


@pytest.fixture
def ana(client, django_user_model):
    """Who has given the password again a moment ago."""
    user = django_user_model.objects.create_user("ana", password=PASSWORD, email=ADDRESS)
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=True)
    client.post("/accounts/login/", {"login": "ana", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert mail.outbox == []
    return user


def warnings_sent():
    return {(*each.to, each.subject.rpartition("] ")[2]) for each in mail.outbox}


@pytest.mark.django_db(transaction=True)
def test_a_factor_that_is_set_up_is_told(client, ana):
    """The mail goes once it is stored."""
    form = client.get("/accounts/2fa/totp/activate/").context["form"]
    code = format_hotp_value(hotp_value(form.secret, int(time.time()) // 30))
    assert client.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    assert Authenticator.objects.filter(user=ana, type=Authenticator.Type.TOTP).exists()
    assert (ADDRESS, "Authenticator App Activated") in warnings_sent()
    assert form.secret not in "".join(each.body for each in mail.outbox)


def test_a_factor_that_is_taken_away_is_told(client, ana):
    TOTP.activate(ana, generate_totp_secret())
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert not Authenticator.objects.filter(user=ana).exists()
    assert warnings_sent() == {(ADDRESS, "Authenticator App Deactivated")}


def test_a_new_address_is_told_to_the_one_before(client, ana):
    EmailAddress.objects.create(user=ana, email="new@example.com", verified=True)
    client.post("/accounts/email/", {"action_primary": "", "email": "new@example.com"})
    ana.refresh_from_db()
    assert ana.email == "new@example.com"
    assert warnings_sent() == {(ADDRESS, "Email Changed")}


def test_an_address_that_is_removed_is_told(client, ana):
    EmailAddress.objects.create(user=ana, email="old@example.com", verified=True)
    client.post("/accounts/email/", {"action_remove": "", "email": "old@example.com"})
    assert [*EmailAddress.objects.values_list("email", flat=True)] == [ADDRESS]
    assert {to for to, _subject in warnings_sent()} == {ADDRESS}
