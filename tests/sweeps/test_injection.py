"""What somebody sends is taken for what it is: no right, no second value, no template, no header, no path."""

import hashlib
from html import unescape

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.test import Client

from assets.models import Asset, Payload
from screener.models import Note
from tests.sweeps.addresses import STAFF, access_of, every_address, path_of

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
LEAVES = {"account_logout", "erase_account"}
PLAUSIBLE = {
    **{
        "name": "Another",
        "body": "A text.",
        "q": "kind:token",
        "reason": "A reason to keep.",
        "state": "pass",
    },
    **{"expires_on": "2999-01-01", "columns": "price_usd", "account": "50k", "stop": "10%", "kind": "token"},
}


def rights_of(users):
    return {user.username: (user.is_staff, user.is_superuser, user.is_active) for user in users.objects.all()}


def rows_of(user):
    """How many rows each table has of somebody."""
    tables = [
        model for model in apps.get_models() if any(each.name == "owner" for each in model._meta.fields)
    ]
    assert len(tables) > 4
    return {model.__name__: model.objects.filter(owner=user).count() for model in tables}


def test_no_form_takes_a_right_or_an_owner(world, django_user_model):
    """Whatever address it is sent to, beside fields that the form may have."""
    client = Client(raise_request_exception=False)
    client.force_login(world.ana)
    stolen = {name: str(world.bea.pk) for name in ("owner", "owner_id", "user", "user_id", "author")}
    stolen |= dict.fromkeys(("is_staff", "is_superuser", "groups", "user_permissions"), "1") | {
        "is_active": ""
    }
    rights, before, of_bea = rights_of(django_user_model), rows_of(world.ana), rows_of(world.bea)
    for address in every_address():
        if access_of(address) != STAFF and address.key not in LEAVES:
            client.post(path_of(address, world), PLAUSIBLE | stolen)
    assert rights_of(django_user_model) == rights
    assert rows_of(world.bea) == of_bea
    assert sum(rows_of(world.ana).values()) > sum(before.values()), "nothing was taken at all"


def test_nobody_signs_up_as_staff(client, settings, django_user_model):
    settings.SIGN_UP_OPEN = True
    fields = {"username": "maria", "email": "", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", {**fields, "is_staff": "1", "is_superuser": "1"})
    maria = django_user_model.objects.get()
    assert (maria.username, maria.is_staff, maria.is_superuser) == ("maria", False, False)


def test_of_two_equal_parameters_the_last_counts_and_a_form_is_no_address(world):
    client = Client()
    assert client.get("/search/?q=first&q=second").context["typed"] == "second"
    client.force_login(world.ana)
    client.post(f"/assets/{world.asset.slug}/notes/?body=of+the+address", {"body": ["one", "two"]})
    newest = Note.objects.filter(owner=world.ana).latest("pk")
    assert newest.revisions.get().body == "two"


@pytest.mark.parametrize("text", ["{{ 7|add:7 }}{% now 'Y' %}", "${7*7}", "<%= 7*7 %>", "#{7*7}"])
def test_a_text_is_no_template(client, text):
    page = client.get("/search/", {"q": text})
    assert page.context["typed"] == text
    assert text in unescape(page.text)


TEXTS = (
    "𝔘\u0301nic\u00f6de",
    "שלום \u202e עולם",
    "ﷺ 漢字 ｶﾅ",
    "🦆👩‍👩‍👧‍👦🏳️‍🌈",
    "\ufffd\ufeff\u200b",
    "a\u0300 ≠ à",
    "\U0010ffff",
)


def test_any_text_comes_back_as_it_was(client, django_user_model):
    asset = Asset.objects.create(kind="token", slug="alpha", name="Alpha", symbol="ALP")
    client.force_login(django_user_model.objects.create_user("ana"))
    for text in TEXTS:
        client.post(f"/assets/{asset.slug}/notes/", {"body": text})
        assert Note.objects.latest("pk").revisions.get().body == text
        assert text in client.get("/notes/").text


LINES = ("a\nBcc: eve@example.com", "a\r\nBcc: eve@example.com", "a\rBcc: eve@example.com")


@pytest.mark.parametrize("header", ["subject", "to", "from_email", "Reply-To"])
@pytest.mark.parametrize("text", LINES)
def test_no_header_of_a_mail_has_two_lines(header, text):
    given = {"subject": "Hello", "to": ["ana@example.com"], "from_email": "assay@example.com"}
    if header == "Reply-To":
        given["headers"] = {header: text}
    else:
        given[header] = [text] if header == "to" else text
    with pytest.raises(ValueError, match=r"(?i)newline|linefeed|carriage return"):
        EmailMessage(body="Text.", **given).send()
    assert mail.outbox == []


def test_no_address_of_a_stranger_becomes_a_header(client, settings, django_user_model):
    settings.SIGN_UP_OPEN = True
    ana = django_user_model.objects.create_user("ana", password=PASSWORD)
    EmailAddress.objects.create(user=ana, email="ana@example.com", verified=True, primary=True)
    for text in LINES:
        address = f"ana@example.com{text[1:]}"
        client.post("/accounts/password/reset/", {"email": address})
        fields = {
            "username": f"eve{text[1:]}",
            "email": address,
            "password1": PASSWORD,
            "password2": PASSWORD,
        }
        client.post("/accounts/signup/", fields)
    assert mail.outbox == []
    client.post("/accounts/password/reset/", {"email": "ana@example.com"})
    assert [each.to for each in mail.outbox] == [["ana@example.com"]]


NAMES = ("../../../etc/passwd", "/etc/passwd", "..\\..\\evil.csv", "x;reboot.csv", "$(id).csv")


def test_the_name_of_a_file_is_no_path(client, django_user_model, tmp_path, monkeypatch):
    """Its content is kept in the database, by its own hash."""
    monkeypatch.chdir(tmp_path)
    client.force_login(django_user_model.objects.create_user("zoe", is_staff=True))
    for number, name in enumerate(NAMES):
        body = b"asset,as_of,total\nnobody,2026-02-01,%d\n" % number
        file = SimpleUploadedFile("x", body)
        file.__dict__["_name"] = name  # The class itself would keep the last part alone.
        form = {"sheet": "supply", "evidence_url": "https://example.org/", "file": file}
        assert client.post("/data/import/check/", form).status_code == 200
        assert Payload.objects.filter(sha256=hashlib.sha256(body).hexdigest()).exists()
    assert [*tmp_path.rglob("*")] == []
